"""Projects have their sheets: activities with their own targets, and what came out of them."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
        ("organization", "0002_audit_events_never_change"),
        ("strategy", "0004_limits_of_the_bands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalProjectSheet",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=4000, verbose_name="purpose")),
                ("notes", models.TextField(blank=True, max_length=4000, verbose_name="notes")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="indicators.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organization.person",
                        verbose_name="who answers for the project",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sheet of a project",
                "verbose_name_plural": "historical sheets of the projects",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProjectSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=4000, verbose_name="purpose")),
                ("notes", models.TextField(blank=True, max_length=4000, verbose_name="notes")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_sheets",
                        to="indicators.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_sheets",
                        to="strategy.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="organization.person",
                        verbose_name="who answers for the project",
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet of a project",
                "verbose_name_plural": "sheets of the projects",
                "ordering": ["plan", "indicator"],
            },
        ),
        migrations.CreateModel(
            name="ProjectActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("printed", models.CharField(blank=True, max_length=80, verbose_name="as printed")),
                (
                    "availability",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("not_foreseen", "not foreseen in the year"),
                            ("not_filled", "not filled in"),
                            ("not_available", "not available"),
                            ("monitoring", "monitoring"),
                        ],
                        default="not_filled",
                        max_length=16,
                        verbose_name="availability",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("percent", "percentage"),
                            ("money", "amount in euro"),
                            ("date", "date"),
                            ("yes_no", "yes or no"),
                            ("range", "range"),
                            ("text", "words"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            (None, "none"),
                            ("at_least", "at least"),
                            ("at_most", "at most"),
                            ("by", "by the date"),
                        ],
                        max_length=12,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "number_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number, upper end",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="date")),
                ("is_yes", models.BooleanField(blank=True, null=True, verbose_name="yes")),
                (
                    "head_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people"),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="weight",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_activities",
                        to="organization.person",
                        verbose_name="who answers for the activity",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="strategy.projectsheet",
                        verbose_name="project sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity of a project",
                "verbose_name_plural": "activities of the projects",
                "ordering": ["sheet", "position"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProjectActivity",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("printed", models.CharField(blank=True, max_length=80, verbose_name="as printed")),
                (
                    "availability",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("not_foreseen", "not foreseen in the year"),
                            ("not_filled", "not filled in"),
                            ("not_available", "not available"),
                            ("monitoring", "monitoring"),
                        ],
                        default="not_filled",
                        max_length=16,
                        verbose_name="availability",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("percent", "percentage"),
                            ("money", "amount in euro"),
                            ("date", "date"),
                            ("yes_no", "yes or no"),
                            ("range", "range"),
                            ("text", "words"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            (None, "none"),
                            ("at_least", "at least"),
                            ("at_most", "at most"),
                            ("by", "by the date"),
                        ],
                        max_length=12,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "number_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number, upper end",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="date")),
                ("is_yes", models.BooleanField(blank=True, null=True, verbose_name="yes")),
                (
                    "head_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people"),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="weight",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organization.person",
                        verbose_name="who answers for the activity",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.projectsheet",
                        verbose_name="project sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical activity of a project",
                "verbose_name_plural": "historical activities of the projects",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ActivityResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("printed", models.CharField(blank=True, max_length=80, verbose_name="as printed")),
                (
                    "availability",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("not_foreseen", "not foreseen in the year"),
                            ("not_filled", "not filled in"),
                            ("not_available", "not available"),
                            ("monitoring", "monitoring"),
                        ],
                        default="not_filled",
                        max_length=16,
                        verbose_name="availability",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("percent", "percentage"),
                            ("money", "amount in euro"),
                            ("date", "date"),
                            ("yes_no", "yes or no"),
                            ("range", "range"),
                            ("text", "words"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            (None, "none"),
                            ("at_least", "at least"),
                            ("at_most", "at most"),
                            ("by", "by the date"),
                        ],
                        max_length=12,
                        verbose_name="comparison",
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "number_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=20,
                        null=True,
                        verbose_name="number, upper end",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="date")),
                ("is_yes", models.BooleanField(blank=True, null=True, verbose_name="yes")),
                (
                    "head_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people"),
                ),
                ("measured_on", models.DateField(verbose_name="measured on")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "recorded_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="recorded by"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="strategy.projectactivity",
                        verbose_name="activity of a project",
                    ),
                ),
            ],
            options={
                "verbose_name": "result of an activity",
                "verbose_name_plural": "results of the activities",
                "ordering": ["activity", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("availability", "stated"), _negated=True),
                                ("kind", ""),
                                ("day__isnull", True),
                                ("is_yes__isnull", True),
                                ("number__isnull", True),
                                ("number_to__isnull", True),
                            ),
                            models.Q(
                                ("availability", "stated"),
                                ("day__isnull", True),
                                ("is_yes__isnull", True),
                                ("kind__in", ["number", "percent", "money"]),
                                ("number__isnull", False),
                                ("number_to__isnull", True),
                            ),
                            models.Q(
                                ("availability", "stated"),
                                ("day__isnull", True),
                                ("is_yes__isnull", True),
                                ("kind", "range"),
                                ("number__isnull", False),
                                ("number_to__gte", models.F("number")),
                                ("number_to__isnull", False),
                            ),
                            models.Q(
                                ("availability", "stated"),
                                ("day__isnull", False),
                                ("is_yes__isnull", True),
                                ("kind", "date"),
                                ("number__isnull", True),
                                ("number_to__isnull", True),
                            ),
                            models.Q(
                                ("availability", "stated"),
                                ("day__isnull", True),
                                ("is_yes__isnull", False),
                                ("kind", "yes_no"),
                                ("number__isnull", True),
                                ("number_to__isnull", True),
                            ),
                            models.Q(
                                ("availability", "stated"),
                                ("kind", "text"),
                                ("day__isnull", True),
                                ("is_yes__isnull", True),
                                ("number__isnull", True),
                                ("number_to__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="strategy_activityresult_typed_columns_match_kind",
                        violation_error_message="The value does not match its kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("availability", "not_filled"),
                            models.Q(
                                ("availability", "stated"),
                                models.Q(("kind", "text"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="strategy_activityresult_is_a_value_or_taken_back",
                        violation_error_message="A result is a value, or is left empty.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="projectsheet",
            constraint=models.UniqueConstraint(
                fields=("plan", "indicator"),
                name="strategy_projectsheet_once_per_plan_and_indicator",
                violation_error_message="This project already has its sheet in this plan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.UniqueConstraint(
                fields=("sheet", "name"),
                name="strategy_projectactivity_name_once_per_sheet",
                violation_error_message="This project already has an activity of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="strategy_projectactivity_has_a_name",
                violation_error_message="An activity needs a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="strategy_projectactivity_ends_after_it_starts",
                violation_error_message="An activity ends on or after the day it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)),
                name="strategy_projectactivity_weight_above_zero",
                violation_error_message="A weight is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("availability", "stated"), _negated=True),
                        ("kind", ""),
                        ("day__isnull", True),
                        ("is_yes__isnull", True),
                        ("number__isnull", True),
                        ("number_to__isnull", True),
                    ),
                    models.Q(
                        ("availability", "stated"),
                        ("day__isnull", True),
                        ("is_yes__isnull", True),
                        ("kind__in", ["number", "percent", "money"]),
                        ("number__isnull", False),
                        ("number_to__isnull", True),
                    ),
                    models.Q(
                        ("availability", "stated"),
                        ("day__isnull", True),
                        ("is_yes__isnull", True),
                        ("kind", "range"),
                        ("number__isnull", False),
                        ("number_to__gte", models.F("number")),
                        ("number_to__isnull", False),
                    ),
                    models.Q(
                        ("availability", "stated"),
                        ("day__isnull", False),
                        ("is_yes__isnull", True),
                        ("kind", "date"),
                        ("number__isnull", True),
                        ("number_to__isnull", True),
                    ),
                    models.Q(
                        ("availability", "stated"),
                        ("day__isnull", True),
                        ("is_yes__isnull", False),
                        ("kind", "yes_no"),
                        ("number__isnull", True),
                        ("number_to__isnull", True),
                    ),
                    models.Q(
                        ("availability", "stated"),
                        ("kind", "text"),
                        ("day__isnull", True),
                        ("is_yes__isnull", True),
                        ("number__isnull", True),
                        ("number_to__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="strategy_projectactivity_typed_columns_match_kind",
                violation_error_message="The value does not match its kind.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("availability", "stated"), models.Q(("kind", "text"), _negated=True)
                ),
                name="strategy_projectactivity_target_can_be_measured",
                violation_error_message="An activity needs a target that can be measured.",
            ),
        ),
    ]
