"""Polarities confirmed in bulk, all or none."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from indicators.enums import Polarity
from indicators.models import Target
from organization.models import AuditEvent
from strategy.operations.polarity import PolarityChoice, confirm_polarities
from strategy.reports.polarity import polarity_report, polarity_state
from tests import factories

HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER


@pytest.fixture
def indicator(tree):
    made = tree.row("1a").indicator
    year = tree.plan.first_year
    for later, printed in enumerate(["10", "20", "monitoraggio"]):
        factories.target(indicator=made, cycle=year, year=year + later, printed=printed)
    return made


def was(indicator) -> str:
    return polarity_state(Target.objects.filter(indicator=indicator).comparable())


def stored(indicator) -> list[tuple[str, bool]]:
    targets = Target.objects.filter(indicator=indicator).order_by("year")
    return [(target.polarity, target.is_polarity_confirmed) for target in targets]


def test_every_figure_of_the_plan_is_confirmed(tree, planner, indicator):
    count = confirm_polarities(
        tree.plan, choices={indicator.pk: PolarityChoice(LOWER, was(indicator))}, by=planner
    )

    assert count == 1
    assert stored(indicator)[:2] == [(LOWER, True), (LOWER, True)]
    assert stored(indicator)[2][1] is False
    act = AuditEvent.objects.latest("pk")
    assert (act.verb, list(act.after)) == ("polarities.confirmed", [indicator.name])


def test_confirmed_already_leaves_no_act(tree, planner, indicator):
    choices = {indicator.pk: PolarityChoice(HIGHER, was(indicator))}
    confirm_polarities(tree.plan, choices=choices, by=planner)
    before = AuditEvent.objects.count()

    assert confirm_polarities(tree.plan, choices=choices, by=planner) == 0
    assert AuditEvent.objects.count() == before


def test_a_choice_made_by_others_meanwhile_stops_all(tree, planner, indicator):
    other = tree.row("2a").indicator
    factories.target(indicator=other, cycle=tree.plan.first_year)
    seen = was(indicator)
    Target.objects.filter(indicator=indicator).update(polarity=LOWER)

    with pytest.raises(ValidationError) as refusal:
        confirm_polarities(
            tree.plan,
            choices={
                indicator.pk: PolarityChoice(HIGHER, seen),
                other.pk: PolarityChoice(HIGHER, was(other)),
            },
            by=planner,
        )

    assert refusal.value.code == "stale"
    assert stored(other) == [(HIGHER, False)]


def test_a_confirmation_made_meanwhile_is_not_overturned(tree, planner, indicator):
    seen = was(indicator)
    first = {indicator.pk: PolarityChoice(HIGHER, seen)}
    confirm_polarities(tree.plan, choices=first, by=planner)

    with pytest.raises(ValidationError) as refusal:
        confirm_polarities(
            tree.plan, choices={indicator.pk: PolarityChoice(LOWER, seen)}, by=planner
        )

    assert refusal.value.code == "stale"
    assert stored(indicator)[0] == (HIGHER, True)


def test_years_that_differ_are_made_one(tree, planner, indicator):
    Target.objects.filter(indicator=indicator, printed="20").update(polarity=LOWER)
    line = polarity_report(tree.plan, shows_all=False).lines[0]

    confirm_polarities(
        tree.plan, choices={indicator.pk: PolarityChoice(HIGHER, line.was)}, by=planner
    )

    assert stored(indicator)[:2] == [(HIGHER, True), (HIGHER, True)]


def test_what_the_plan_does_not_show_is_left_alone(tree, planner):
    stranger = factories.indicator()
    factories.target(indicator=stranger, cycle=tree.plan.first_year)

    choices = {stranger.pk: PolarityChoice(LOWER, HIGHER)}

    assert confirm_polarities(tree.plan, choices=choices, by=planner) == 0
    assert stored(stranger) == [(HIGHER, False)]


def test_only_planning(tree, bergamo, indicator):
    with pytest.raises(PermissionDenied):
        confirm_polarities(
            tree.plan,
            choices={indicator.pk: PolarityChoice(LOWER, HIGHER)},
            by=bergamo.user("oiv"),
        )

    assert stored(indicator)[0] == (HIGHER, False)
