"""The figures computed for indicators of the plan, and what planning decides of them."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from indicators.models import Actual, Indicator
from organization.models import AuditEvent
from pola.enums import DayState, EquipmentKind
from pola.measures import (
    ACCESSES,
    DAYS,
    EFFECTIVE_SHARE,
    NAMES,
    PCS,
    TRAINED_SHARE,
    Counts,
    figures,
    normalised,
)
from pola.models import FigureDecision
from pola.operations.figures import accept_figure, decline_figure
from pola.reports.figures import counts_at, has_undecided, measured_on, proposed_figures
from strategy.operations.computed import ComputedFigure, take_computed
from tests import factories

DAY = datetime.date
TODAY, MARCH = DAY(2021, 4, 12), DAY(2021, 3, 31)
PAGE = "/lavoro-agile/monitoraggio/valori/"
BARE = {"measured_on": MARCH, "employees": 87, "potential": 72, "effective": 43, "days": 1083}


@pytest.fixture
def lived(bergamo, settings):
    """Somebody worked remotely in January and twice in March."""
    settings.DEMO_DATE = TODAY
    held = factories.agreement()
    decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
    for day in (DAY(2021, 1, 12), DAY(2021, 3, 2), MARCH):
        factories.agile_day(agreement=held, day=day, state=DayState.APPROVED, **decided)
    return held


def proposed(bergamo, name: str):
    found = proposed_figures(bergamo.plan, today=TODAY)
    return next(one for one in found if one.figure.name == name)


def read(one) -> dict[str, object]:
    return {"indicator_id": one.indicator.pk, "printed": one.figure.printed}


# Computed


def test_figures_state_their_arithmetic() -> None:
    with translation.override("en"):
        found = {one.name: one for one in figures(Counts(**BARE, agile_workers=43))}

    assert list(found) == list(NAMES[:3])
    share = found[EFFECTIVE_SHARE]
    assert (share.printed, share.numerator, share.denominator) == ("59,7% (43 dip.)", 43, 72)
    assert share.arithmetic == (
        "43 (people who worked remotely at least one day of the month) / "
        "72 (employees who can work remotely on 31.3.2021)"
    )
    assert found[DAYS].printed == "1.083"


def test_registers_add_training_and_equipment() -> None:
    counts = Counts(**BARE, agile_workers=40, trained=30, pcs=42, vpn=48, vdi=24)

    found = {one.name: one.printed for one in figures(counts)}

    assert list(found) == list(NAMES)
    assert (found[TRAINED_SHARE], found[PCS], found[ACCESSES]) == ("75,0%", "42", "72")


def test_nothing_is_said_of_a_share_of_nobody() -> None:
    none = BARE | {"potential": 0, "employees": 0}

    assert [one.name for one in figures(Counts(**none, agile_workers=0, trained=0))] == [DAYS]


def test_every_name_is_an_indicator_of_the_plan(bergamo) -> None:
    known = {normalised(name) for name in Indicator.objects.values_list("name", flat=True)}

    assert {normalised(name) for name in NAMES} <= known


def test_counts_come_from_agreements_days_and_registers(lived) -> None:
    bare = counts_at(MARCH)
    assert (bare.effective, bare.days, bare.agile_workers) == (1, 3, 1)
    assert (bare.trained, bare.pcs, bare.vpn, bare.vdi) == (None, None, None, None)

    factories.training_attendance(
        person=lived.person, course=factories.training_course(held_on=DAY(2021, 2, 1))
    )
    factories.training_attendance(course=factories.training_course(held_on=DAY(2019, 2, 1)))
    factories.equipment(person=lived.person, kind=EquipmentKind.PC, delivered_on=DAY(2021, 1, 1))

    full = counts_at(MARCH)
    assert (full.trained, full.pcs, full.vpn, full.vdi) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("held_on", "trained"),
    [(DAY(2020, 3, 31), None), (DAY(2020, 4, 1), 1), (MARCH, 1), (DAY(2021, 4, 1), None)],
)
def test_training_counts_for_a_year_to_the_day(lived, held_on, trained) -> None:
    course = factories.training_course(held_on=held_on)
    factories.training_attendance(person=lived.person, course=course)

    assert counts_at(MARCH).trained == trained


def test_figures_are_those_of_the_last_month_gone_by_of_the_plan(bergamo) -> None:
    assert measured_on(bergamo.plan, TODAY) == MARCH
    assert measured_on(bergamo.plan, DAY(2021, 1, 20)) is None
    assert proposed_figures(bergamo.plan, today=DAY(2021, 1, 20)) == ()
    assert has_undecided(bergamo.plan, today=DAY(2021, 1, 20)) is False


@pytest.mark.parametrize("people", [1, 3])
def test_proposing_costs_the_same_with_more_days(
    bergamo, lived, django_assert_num_queries, people
) -> None:
    for _number in range(people):
        factories.agile_day(day=DAY(2021, 3, 3))

    with django_assert_num_queries(12):
        found = proposed_figures(bergamo.plan, today=TODAY)

    assert [one.figure.name for one in found] == list(NAMES[:3])
    assert {one.is_open for one in found} == {True}


# Decided


def test_a_figure_that_is_accepted_is_the_result_of_its_indicator(bergamo, lived) -> None:
    planner = bergamo.user("pianificazione")
    one = proposed(bergamo, EFFECTIVE_SHARE)

    made = accept_figure(bergamo.plan, by=planner, **read(one))

    actual = Actual.objects.current().get(indicator=one.indicator, year=2021)
    assert (actual.printed, actual.measured_on, actual.note) == (
        one.figure.printed,
        MARCH,
        made.arithmetic,
    )
    assert (actual.numerator_value, actual.denominator_value) == (
        one.figure.numerator,
        one.figure.denominator,
    )
    assert made.actual == actual
    event = AuditEvent.objects.about(bergamo.plan).filter(verb="figure.accepted").get()
    assert event.after == {one.indicator.name: one.figure.printed}
    again = proposed(bergamo, EFFECTIVE_SHARE)
    assert (again.is_open, again.decision, again.actual) == (False, made, actual)


def test_a_figure_that_moves_is_proposed_anew_and_supersedes(bergamo, lived) -> None:
    planner = bergamo.user("pianificazione")
    first = accept_figure(bergamo.plan, by=planner, **read(proposed(bergamo, DAYS)))
    decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
    factories.agile_day(agreement=lived, day=DAY(2021, 3, 9), state=DayState.APPROVED, **decided)
    with pytest.raises(ValidationError) as refused:
        accept_figure(
            bergamo.plan, indicator_id=first.indicator_id, printed=first.printed, by=planner
        )
    assert refused.value.code == "stale"
    one = proposed(bergamo, DAYS)
    assert (one.is_open, one.figure.printed) == (True, "4")

    second = accept_figure(bergamo.plan, by=planner, **read(one))

    first.actual.refresh_from_db()
    assert (first.actual.is_current, second.actual.supersedes) == (False, first.actual)


def test_a_figure_is_declined_with_a_reason(bergamo, lived) -> None:
    planner = bergamo.user("pianificazione")
    one = proposed(bergamo, DAYS)
    with pytest.raises(ValidationError) as refused:
        decline_figure(bergamo.plan, reason=" ", by=planner, **read(one))
    assert set(refused.value.error_dict) == {"reason"}

    made = decline_figure(bergamo.plan, reason="Mancano i giorni.", by=planner, **read(one))

    assert (made.is_accepted, made.actual) == (False, None)
    assert not Actual.objects.filter(indicator=one.indicator, year=2021).exists()
    assert proposed(bergamo, DAYS).decided_word != one.decided_word
    assert has_undecided(bergamo.plan, today=TODAY) is False


@pytest.mark.parametrize("username", ["oiv", "personale", "segretario", "dipendente"])
def test_only_planning_decides(bergamo, lived, client, username) -> None:
    one = proposed(bergamo, DAYS)
    with pytest.raises(PermissionDenied):
        accept_figure(bergamo.plan, by=bergamo.user(username), **read(one))
    client.force_login(bergamo.user(username))

    assert client.get(PAGE).status_code == 403
    assert not FigureDecision.objects.visible_to(factories.user()).exists()


def test_a_computed_figure_asks_for_planning_and_a_plan_in_force(bergamo) -> None:
    figure = ComputedFigure(
        indicator_id=Indicator.objects.first().pk,
        measured_on=MARCH,
        printed="50%",
        numerator=Decimal(1),
        denominator=Decimal(2),
    )
    told = {"note": "1 / 2", "at": datetime.datetime.now(datetime.UTC)}
    with pytest.raises(PermissionDenied):
        take_computed(bergamo.plan, figure, by=bergamo.user("oiv"), **told)
    with pytest.raises(ValidationError) as refused:
        take_computed(factories.plan(), figure, by=bergamo.user("pianificazione"), **told)
    assert refused.value.code == "state"


# The page


def test_planning_decides_on_one_page(bergamo, lived, client) -> None:
    client.force_login(bergamo.user("pianificazione"))
    (first, _reason), (second, _reason), *_others = client.get(PAGE).context["open"]
    key = first.indicator.pk

    done = client.post(PAGE, {"act": f"accept-{key}", f"printed-{key}": first.figure.printed})
    assert done.status_code == 302
    stale = client.post(PAGE, {"act": f"accept-{key}", f"printed-{key}": first.figure.printed})
    assert (stale.status_code, bool(stale.context["error"])) == (409, True)
    key = second.indicator.pk
    typed = {"act": f"decline-{key}", f"printed-{key}": second.figure.printed}
    refused = client.post(PAGE, typed)
    assert (refused.context["asked"], bool(refused.context["field_error"])) == (key, True)
    client.post(PAGE, typed | {f"reason-{key}": "Dato\0 parziale."})

    page = client.get(PAGE)
    decided = [one.decided_word for one in proposed_figures(bergamo.plan, today=TODAY)[:2]]
    assert decided == ["accettato", "non accettato"]
    assert [one.is_accepted for one in page.context["decided"]] == [False, True]
    assert "Dato parziale." in page.content.decode()
    assert "ha accettato" not in page.content.decode()
    assert client.post(PAGE, {"act": "other"}).status_code == 400
    assert has_undecided(bergamo.plan, today=TODAY) is False


def test_a_refusal_keeps_what_was_typed_in_every_row(bergamo, lived, client) -> None:
    client.force_login(bergamo.user("pianificazione"))
    keys = [one.indicator.pk for one, _reason in client.get(PAGE).context["open"]][:2]
    typed = {f"reason-{keys[0]}": "Dato <b>parziale</b>.", f"reason-{keys[1]}": ""}

    refused = client.post(PAGE, {"act": f"decline-{keys[1]}", **typed})

    assert refused.context["asked"] == keys[1]
    assert "Dato &lt;b&gt;parziale&lt;/b&gt;.</textarea>" in refused.content.decode()


def test_the_page_teaches_when_there_is_nothing(bergamo, client, settings) -> None:
    settings.DEMO_DATE = DAY(2021, 1, 20)
    client.force_login(bergamo.user("pianificazione"))

    assert client.get(PAGE).content.decode().count('class="cp-empty"') == 1
