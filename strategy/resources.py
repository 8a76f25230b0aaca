"""The branches of the plan and the tables of figures as CSV and XLSX of the administration."""

from __future__ import annotations

from import_export import fields

from organization.reference_data import Named, ReferenceMeta
from strategy.administration import PartResource
from strategy.models import Action, Perspective, Plan, ReferenceRow, ReferenceTable
from strategy.models import StrategicObjective as Objective


class PerspectiveResource(PartResource):
    plan = fields.Field("plan", column_name="plan", widget=Named(Plan, "first_year"))

    class Meta(ReferenceMeta):
        model = Perspective
        import_id_fields = ["plan", "chart", "name"]
        fields = ["plan", "chart", "name", "position"]


class ObjectiveResource(PartResource):
    plan_path = "perspective.plan"
    plan = fields.Field("perspective__plan__first_year", column_name="plan", readonly=True)
    chart = fields.Field("perspective__chart", column_name="chart", readonly=True)
    perspective = fields.Field(
        "perspective",
        column_name="perspective",
        widget=Named(Perspective, "name", plan__first_year="plan", chart="chart"),
    )

    class Meta(ReferenceMeta):
        model = Objective
        import_id_fields = ["perspective", "name"]
        fields = [
            "plan",
            "chart",
            "perspective",
            "code",
            "name",
            "map_name",
            "mission",
            "position",
        ]
        export_order = fields


class ActionResource(PartResource):
    plan_path = "objective.perspective.plan"
    plan = fields.Field(
        "objective__perspective__plan__first_year", column_name="plan", readonly=True
    )
    chart = fields.Field("objective__perspective__chart", column_name="chart", readonly=True)
    perspective = fields.Field(
        "objective__perspective__name", column_name="perspective", readonly=True
    )
    objective = fields.Field(
        "objective",
        column_name="objective",
        widget=Named(
            Objective,
            "name",
            perspective__plan__first_year="plan",
            perspective__chart="chart",
            perspective__name="perspective",
        ),
    )

    class Meta(ReferenceMeta):
        model = Action
        import_id_fields = ["objective", "name"]
        fields = ["plan", "chart", "perspective", "objective", "name", "position"]
        export_order = fields


class ReferenceRowResource(PartResource):
    plan_path = "table.plan"
    plan = fields.Field("table__plan__first_year", column_name="plan", readonly=True)
    table = fields.Field(
        "table",
        column_name="table",
        widget=Named(ReferenceTable, "slug", plan__first_year="plan"),
    )

    class Meta(ReferenceMeta):
        model = ReferenceRow
        import_id_fields = ["table", "position"]
        fields = ["plan", "table", "position", "level", "cells"]
        export_order = fields
