"""Indicators made, described anew, retired, taken back, deleted."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from indicators.models import Indicator, Source, Target
from organization.models import AuditEvent
from strategy.operations.indicators import (
    change_indicator,
    create_indicator,
    delete_indicator,
    indicator_fingerprint,
    resume_indicator,
    retire_indicator,
)
from tests import factories


def last_act() -> AuditEvent:
    return AuditEvent.objects.order_by("-pk").first()


def test_an_indicator_is_made_on_a_dashboard(tree, planner):
    source = factories.source(name="Kronos di prova")

    made = create_indicator(
        tree.strategic,
        action=tree.actions["1a"],
        fields={"name": "N. prove", "source": source, "numerator": "prove", "denominator": "anni"},
        by=planner,
    )

    assert (made.name, made.source, made.is_ratio) == ("N. prove", source, True)
    assert [row.indicator for row in tree.strategic.rows.all()] == [made]
    acts = AuditEvent.objects.order_by("-pk").values_list("verb", "after")[:2]
    assert acts[1] == (
        "indicator.created",
        {
            "name": "N. prove",
            "source": "Kronos di prova",
            "numerator": "prove",
            "denominator": "anni",
        },
    )
    assert acts[0][0] == "row.added"


@pytest.mark.parametrize("name", ["Registro di prova", " registro  DI prova "])
def test_a_source_is_named_once(tree, planner, name):
    factories.source(name="Registro di prova")

    made = create_indicator(
        tree.strategic,
        action=tree.actions["1a"],
        fields={"name": "N. prove"},
        new_source=name,
        by=planner,
    )

    assert made.source.name == "Registro di prova"
    assert Source.objects.filter(name__iexact="registro di prova").count() == 1


def test_a_new_source_enters_the_list(tree, planner):
    made = create_indicator(
        tree.strategic,
        action=tree.actions["1a"],
        fields={"name": "N. prove"},
        new_source="Archivio mai visto",
        by=planner,
    )

    assert made.source == Source.objects.get(name="Archivio mai visto")


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x", "denominator": "anni"}])
def test_what_is_not_well_said_is_refused_whole(tree, planner, fields):
    with pytest.raises(ValidationError):
        create_indicator(
            tree.strategic,
            action=tree.actions["1a"],
            fields=fields,
            new_source="Mai salvata",
            by=planner,
        )

    assert not Source.objects.filter(name="Mai salvata").exists()
    assert tree.strategic.rows.count() == 0


def test_an_indicator_is_described_anew(tree, planner):
    indicator = tree.row("1a").indicator
    source = factories.source(name="Pareto di prova")

    changed = change_indicator(
        indicator, plan=tree.plan, fields={"source": source, "is_project": True}, by=planner
    )

    assert (changed.name, changed.source, changed.is_project) == (indicator.name, source, True)
    assert (last_act().before, last_act().after) == (
        {"source": str(indicator.source)},
        {"source": "Pareto di prova", "is_project": True},
    )


def test_the_same_words_leave_no_act(tree, planner):
    indicator = tree.row("1a").indicator
    before = AuditEvent.objects.count()

    change_indicator(indicator, plan=tree.plan, fields={"name": indicator.name}, by=planner)

    assert AuditEvent.objects.count() == before


def test_nothing_is_written_over_what_was_not_seen(tree, planner):
    indicator = tree.row("1a").indicator
    seen = indicator_fingerprint(indicator)
    change_indicator(indicator, plan=tree.plan, fields={"name": "di altri"}, was=seen, by=planner)

    with pytest.raises(ValidationError) as refusal:
        change_indicator(indicator, plan=tree.plan, fields={"name": "mio"}, was=seen, by=planner)

    assert refusal.value.code == "stale"
    indicator.refresh_from_db()
    assert indicator.name == "di altri"


def test_a_retired_indicator_leaves_the_plan_and_keeps_its_values(tree, planner):
    row = tree.row("1a")
    tree.row("2a", on=tree.service, indicator=row.indicator)
    elsewhere = factories.dashboard_row(indicator=row.indicator)
    factories.actual(indicator=row.indicator)

    retired = retire_indicator(row.indicator, plan=tree.plan, reason=" Non serve. ", by=planner)

    assert retired.retired_on is not None
    assert list(retired.rows.all()) == [elsewhere]
    assert retired.actuals.count() == 1
    assert (last_act().verb, last_act().note) == ("indicator.retired", "Non serve.")
    assert last_act().before["dashboards"] == ", ".join([tree.strategic.title, tree.service.title])


def test_why_must_be_said(tree, planner):
    row = tree.row("1a")

    with pytest.raises(ValidationError):
        retire_indicator(row.indicator, plan=tree.plan, reason=" ", by=planner)

    assert tree.order() == ["1a"]


def test_retired_twice_keeps_the_first_day(tree, planner):
    indicator = factories.indicator(retired_on="2020-02-03")

    retired = retire_indicator(indicator, plan=tree.plan, reason="Ancora.", by=planner)

    assert retired.retired_on.isoformat() == "2020-02-03"


def test_a_retired_indicator_is_taken_back(tree, planner):
    indicator = factories.indicator(retired_on="2020-02-03")

    assert resume_indicator(indicator, plan=tree.plan, by=planner).retired_on is None
    assert (last_act().verb, last_act().before) == (
        "indicator.resumed",
        {"retired_on": "2020-02-03"},
    )
    before = AuditEvent.objects.count()
    resume_indicator(indicator, plan=tree.plan, by=planner)
    assert AuditEvent.objects.count() == before


def test_what_nobody_would_miss_is_deleted(tree, planner):
    indicator = tree.row("1a").indicator
    factories.target(indicator=indicator, cycle=tree.plan.first_year)
    pk = indicator.pk

    delete_indicator(indicator, plan=tree.plan, by=planner)

    assert not Indicator.objects.filter(pk=pk).exists()
    assert tree.order() == []
    assert Target.history.filter(indicator_id=pk).latest().history_type == "-"
    assert (last_act().verb, last_act().before["dashboards"]) == (
        "indicator.deleted",
        tree.strategic.title,
    )


@pytest.mark.parametrize("use", ["result", "row", "target", "sheet"])
def test_what_is_used_elsewhere_is_not_deleted(tree, planner, use):
    indicator = tree.row("1a").indicator
    if use == "result":
        factories.actual(indicator=indicator)
    if use == "row":
        factories.dashboard_row(indicator=indicator)
    if use == "target":
        factories.target(indicator=indicator, cycle=tree.plan.first_year + 1)
    if use == "sheet":
        indicator.is_project = True
        indicator.save()
        factories.project_sheet(plan=tree.plan, indicator=indicator)

    with pytest.raises(ValidationError) as refusal:
        delete_indicator(indicator, plan=tree.plan, by=planner)

    assert refusal.value.code == "used"
    assert tree.order() == ["1a"]


def test_what_others_removed_meanwhile_is_said(tree, planner):
    gone = tree.row("1a").indicator
    delete_indicator(gone, plan=tree.plan, by=planner)
    gone.pk = 999_999_999

    with pytest.raises(ValidationError) as refusal:
        change_indicator(gone, plan=tree.plan, fields={"name": "x"}, by=planner)

    assert refusal.value.code == "gone"


def test_without_a_denominator_nothing_is_a_share(tree, planner):
    indicator = factories.indicator(numerator="prove", denominator="anni", is_share=True)

    changed = change_indicator(
        indicator, plan=tree.plan, fields={"numerator": "", "denominator": ""}, by=planner
    )

    assert (changed.denominator, changed.is_share) == ("", False)


def test_only_planning(tree, bergamo):
    indicator = tree.row("1a").indicator

    with pytest.raises(PermissionDenied):
        retire_indicator(
            indicator, plan=tree.plan, reason="Perché sì.", by=bergamo.user("dirigente")
        )

    assert tree.order() == ["1a"]
