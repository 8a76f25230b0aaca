"""Whose figures a person enters, and which ones are asked of a unit in a period."""

import datetime

import pytest

from indicators.enums import TargetKind
from organization.enums import Role, UnitKind
from organization.models import Unit, User
from strategy.enums import DashboardKind
from strategy.monitoring_enums import EntryKind, EntryState, RecordingState
from strategy.reports.desks import desk_for, desks_of, heads_acted_for
from strategy.reports.recording import load_sheet, token_of
from tests import factories
from tests.strategy.recording import READY, TODAY

DECEMBER = datetime.date(2024, 12, 31)


def account(user: User) -> User:
    """The same account without what it remembers of the request."""
    return User.objects.get(pk=user.pk)


def desks(user: User) -> list[tuple[str, str]]:
    found = desks_of(account(user), on=TODAY)
    return [(desk.key, str(desk.acted_for or "")) for desk in found]


# Whose figures


def test_a_head_sits_at_the_desk_of_the_service_and_its_offices(service):
    [desk] = desks_of(service.head, on=TODAY)

    assert (desk.unit, desk.acted_for, desk.key) == (service.unit, None, "registro-imprese")
    offices = set(service.unit.children.values_list("pk", flat=True))
    assert desk.unit_ids == {service.unit.pk} | offices


def test_who_stands_above_sits_at_the_own_desk_first(service, bergamo):
    found = desks(bergamo.user("dirigente"))

    assert [key for key, _head in found] == [
        "area-dirigente",
        "registro-imprese",
        "sportelli-polifunzionali",
        "regolazione-mercato",
    ]
    assert found[0][1] == ""
    assert found[1][1] == str(service.head.person)


def test_a_substitute_sits_at_the_desk_of_the_head(service, bergamo):
    substitute = bergamo.user("dipendente")
    factories.delegation(
        unit=service.unit,
        head=service.head.person,
        delegate=substitute.person,
        starts_on=TODAY,
        ends_on=TODAY,
    )

    assert desks(substitute) == [("registro-imprese", str(service.head.person))]


def test_planning_sits_at_the_desk_of_what_nobody_supplies(service):
    [desk] = desks_of(service.planner, on=TODAY)

    assert (desk.unit, desk.key, desk.unit_ids) == (None, "pianificazione", frozenset())


@pytest.mark.parametrize("username", ["dipendente", "oiv", "personale", "amministratore"])
def test_the_others_have_no_desk(service, bergamo, username):
    assert desks(bergamo.user(username)) == []


def test_a_unit_below_without_head_has_nobody_to_act_for(service, bergamo):
    service.unit.appointments.filter(role=Role.UNIT_HEAD).update(ends_on=datetime.date(2024, 1, 1))

    found = dict(desks(bergamo.user("dirigente")))

    assert found["registro-imprese"] == ""


def test_for_whom_a_figure_is_entered(service, bergamo, django_assert_num_queries):
    head, dirigente = account(service.head), account(bergamo.user("dirigente"))
    head.held_posts  # noqa: B018 - asked before the count
    office = Unit.objects.get(slug="ufficio-aqi")
    other = Unit.objects.get(slug="risorse-umane")

    with django_assert_num_queries(0):
        assert heads_acted_for(head, {service.unit.pk, None}, on=TODAY) == {}
    assert heads_acted_for(head, {office.pk}, on=TODAY) == {office.pk: None}
    assert heads_acted_for(dirigente, {service.unit.pk, other.pk}, on=TODAY) == {
        service.unit.pk: service.head.person,
        other.pk: None,
    }


def test_the_desk_of_a_figure(service):
    found = desks_of(service.head, on=TODAY)
    planning = desks_of(service.planner, on=TODAY)

    assert desk_for(found, service.unit.pk) == found[0]
    assert desk_for(found, None) is None
    assert desk_for(planning, None) == planning[0]


# Which figures


def sheet(service, **which):
    return load_sheet(service.plan, service.period, **{"units": {service.unit.pk}} | which)


def names(lines) -> list[str]:
    return [line.name for line in lines]


def test_the_sheet_asks_for_targets_and_for_what_is_watched(service):
    for name, target in {
        "N. corsi": "100",
        "Osservato": "monitoraggio",
        "Non previsto": "-",
        "Vuoto": "",
        "Rinviato": "verifica",
        "Ignoto": "n.d.",
    }.items():
        service.indicator(name, target)

    found = sheet(service)

    assert names(found.mine) == ["N. corsi", "Osservato"]
    assert [line.is_monitoring for line in found.mine] == [False, True]
    assert found.others == ()


def test_another_year_is_asked_by_its_own_targets(service):
    indicator = service.indicator()
    factories.target(indicator=indicator, cycle=2024, year=2025, printed="-")
    later = factories.monitoring_period(plan=service.plan, ends_on=datetime.date(2025, 6, 30))

    found = load_sheet(service.plan, later, units={service.unit.pk})

    assert found.lines == ()


def test_what_another_unit_supplies_is_only_shown(service):
    other = Unit.objects.get(slug="risorse-umane")
    service.indicator("Progetto POLA", supplier=other)
    mine = service.indicator("N. corsi")
    two = factories.dashboard(plan=service.plan, unit=other, slug="ru", position=2)
    factories.dashboard_row(dashboard=two, indicator=mine)

    found = sheet(service)

    assert names(found.mine) == []
    assert [(line.name, line.supplier, line.state(TODAY)) for line in found.others] == [
        ("Progetto POLA", other.name, EntryState.READ_ONLY),
        ("N. corsi", "", EntryState.READ_ONLY),
    ]


def test_what_it_supplies_is_asked_also_where_its_dashboard_does_not_show_it(service):
    strategic = factories.dashboard(
        plan=service.plan, kind=DashboardKind.STRATEGIC, slug="strategico"
    )
    indicator = factories.indicator(name="Di ente", supplier=service.unit)
    factories.target(indicator=indicator, cycle=2024)
    factories.dashboard_row(dashboard=strategic, indicator=indicator)

    [line] = sheet(service).mine

    assert (line.name, line.supplier, line.is_strategic) == ("Di ente", service.unit.name, True)


def test_what_only_one_unit_shows_is_supplied_by_it(service):
    service.indicator("N. corsi")

    [line] = sheet(service).mine

    assert (line.supplier_id, line.supplier, line.is_strategic) == (
        service.unit.pk,
        service.unit.name,
        False,
    )


def test_planning_finds_what_nobody_supplies(service):
    strategic = factories.dashboard(
        plan=service.plan, kind=DashboardKind.STRATEGIC, slug="strategico"
    )
    indicator = factories.indicator(name="Di ente")
    factories.target(indicator=indicator, cycle=2024)
    factories.dashboard_row(dashboard=strategic, indicator=indicator)

    found = sheet(service, units=frozenset(), planning=True)

    assert names(found.mine) == ["Di ente"]
    assert sheet(service, units=frozenset()).lines == ()


def test_the_sheet_may_be_narrowed(service):
    first, _second = service.indicator("N. corsi"), service.indicator("N. fiere")

    assert names(sheet(service, only={first.pk}).mine) == ["N. corsi"]


@pytest.mark.parametrize(
    ("target", "given", "entry", "kind"),
    [
        ("100", {}, EntryKind.VALUE, TargetKind.NUMBER),
        ("30.6.2024", {}, EntryKind.DATE, TargetKind.DATE),
        ("SI/NO", {}, EntryKind.YES_NO, TargetKind.YES_NO),
        ("da 2.064 a 6.192", {}, EntryKind.VALUE, TargetKind.NUMBER),
        ("60%", {"numerator": "a", "denominator": "b"}, EntryKind.RATIO, TargetKind.PERCENT),
        ("monitoraggio", {}, EntryKind.VALUE, ""),
    ],
)
def test_how_a_figure_is_asked(service, target, given, entry, kind):
    service.indicator(target=target, **given)

    [line] = sheet(service).mine

    assert (line.question.entry, line.question.kind) == (entry, kind)


def test_what_is_watched_is_asked_as_it_was_last_time(service):
    indicator = service.indicator(target="monitoraggio")
    factories.target(indicator=indicator, cycle=2024, year=2025, printed="3")
    factories.actual(indicator=indicator, year=2023, printed="90%")

    [line] = sheet(service).mine

    assert line.question.kind == TargetKind.PERCENT


def test_beside_the_figure_stands_the_last_one(service):
    never, before, earlier = (service.indicator(f"N. {number}") for number in range(3))
    for indicator in (before, earlier):
        factories.actual(indicator=indicator, year=2022, printed="80")
        factories.actual(indicator=indicator, year=2023, printed="90")
    march = factories.monitoring_period(plan=service.plan, ends_on=datetime.date(2024, 3, 31))
    factories.recording(period=march, indicator=earlier, printed="25")
    factories.recording(period=march, indicator=before, printed="")

    last = [line.last for line in sheet(service).mine]

    assert last[0] is None
    assert (last[1].cell.printed, last[1].year, last[1].day) == ("90", 2023, None)
    assert (last[2].cell.printed, last[2].year, last[2].day) == ("25", None, march.ends_on)
    assert never.pk == sheet(service).mine[0].indicator_id


def test_the_state_of_a_row_follows_what_was_entered(service):
    indicator = service.indicator()
    states = [sheet(service).mine[0].state(TODAY)]
    for typed in ({"value": "x"}, {"value": "40"}, READY, READY | {"submit": True}):
        service.enter(indicator, **typed)
        states.append(sheet(service).mine[0].state(TODAY))
    indicator.recordings.update(
        state=RecordingState.VALIDATED,
        reviewed_by=service.planner,
        reviewed_at=datetime.datetime(2024, 7, 5, tzinfo=datetime.UTC),
    )
    states.append(sheet(service).mine[0].state(TODAY))

    assert states == ["blank", "wrong", "incomplete", "ready", "submitted", "validated"]
    assert sheet(service).mine[0].is_told


def test_the_proofs_stand_with_their_figure(service):
    made = factories.recording(period=service.period, indicator=service.indicator())
    proof = factories.evidence(recording=made)
    service.indicator("Senza")

    first, second = sheet(service).mine

    assert (list(first.evidence), list(second.evidence)) == ([proof], [])
    assert list(sheet(service, proofs=False).mine[0].evidence) == []
    assert (first.token, second.token) == (token_of(made), token_of(None))


def test_of_a_figure_superseded_the_new_one_is_asked(service):
    old = factories.recording(
        period=service.period,
        indicator=service.indicator(),
        state=RecordingState.VALIDATED,
        is_current=False,
    )
    new = factories.recording(
        period=service.period,
        indicator=old.indicator,
        supersedes=old,
        correction_reason="Doppioni.",
    )

    assert sheet(service).mine[0].recording == new


def test_of_the_loaded_plan_every_figure_has_one_supplier(bergamo):
    """The 13 figures of the mock-up, and that nobody is asked twice."""
    june = bergamo.plan.periods.first()
    asked = {}
    for unit in Unit.objects.exclude(kind=UnitKind.OFFICE):
        found = load_sheet(bergamo.plan, june, units={unit.pk})
        asked[unit.slug] = [line.indicator_id for line in found.mine]
    planning = load_sheet(bergamo.plan, june, units=frozenset(), planning=True)

    every = [pk for found in asked.values() for pk in found]
    assert len(every) == len(set(every)) == 187
    assert (len(asked["registro-imprese"]), planning.mine) == (13, ())
