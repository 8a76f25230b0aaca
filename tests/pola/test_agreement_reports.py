"""What the pages of an agreement say in words."""

import datetime
import json

import pytest

from indicators.models import Target
from organization.models import Person
from pola.agreement_text import weekday_words
from pola.contact_windows import Window
from pola.enums import AgreementState, Content, InterestState, VersionState
from pola.norms import Norms
from pola.problems import Exempted
from pola.problems.agreements import share_problems, terms_problems, windows_problems
from pola.reports.agreements import events_of, lead_words
from pola.reports.counterparts import chart_of
from pola.reports.limits import limits_of
from pola.reports.objectives import objectives_for
from pola.reports.steps import steps_of
from pola.shares import Share
from pola.terms import terms_to_json
from strategy.enums import DashboardKind, PlanState
from strategy.models import Plan
from strategy.snapshots import plan_snapshot
from tests import factories
from tests.pola.agreements import DAY

pytestmark = pytest.mark.django_db


def offered(desk):
    agreement = factories.agreement(
        person=desk.employee.person,
        counterpart=desk.dirigente.person,
        state=AgreementState.OFFERED,
    )
    return factories.agreement_version(agreement=agreement, state=VersionState.OFFERED)


def lead(version, person: Person) -> str:
    return lead_words(version.agreement, version, person_id=person.pk)


def test_lead_says_whose_acceptance_is_missing(desk) -> None:
    version = offered(desk)
    both = lead(version, desk.employee.person)
    other = lead(version, desk.hr.person)
    version.employee_accepted_at = version.offered_at

    assert both == "Mancano entrambe le accettazioni, anche la tua."
    assert other == f"Aspetta l’accettazione di {desk.employee.person} e {desk.dirigente.person}."
    assert lead(version, desk.dirigente.person) == "Manca solo la tua accettazione."


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("running", "In corso dal giorno 1.1.2021 al giorno 30.6.2021."),
        ("ended", "È finito il giorno 30.6.2021."),
        ("dropped", "Non è stato concluso."),
        ("offered", ""),
        ("draft", "Il testo è in scrittura: mancano 9 dei 9 contenuti."),
    ],
)
def test_lead_of_an_agreement_without_text(state, words) -> None:
    agreement = factories.agreement(state=state)

    assert lead_words(agreement, None, person_id=0) == words


def test_on_its_last_day_an_agreement_ends_today(settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 6, 30)

    words = lead_words(factories.agreement(state="withdrawn"), None, person_id=0)

    assert words == "Finisce oggi."


def test_lead_of_an_agreement_concluded_in_advance(settings) -> None:
    settings.DEMO_DATE = datetime.date(2020, 12, 20)

    words = lead_words(factories.agreement(state="running"), None, person_id=0)

    assert words == "Firmato: inizia il giorno 1.1.2021 e termina il giorno 30.6.2021."


def test_lead_of_a_whole_draft() -> None:
    version = factories.agreement_version()

    assert lead(version, version.agreement.person) == "Il testo è completo: si può proporre."


def looks(*given) -> list[str]:
    return [step.look for step in steps_of(*given)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (InterestState.DRAFT, ["now", "", "", "", ""]),
        (InterestState.SENT, ["done", "now", "", "", ""]),
        (InterestState.CHECKED, ["done", "done", "now", "", ""]),
        (InterestState.REFUSED, ["done", "done", "no", "", ""]),
        (InterestState.WITHDRAWN, ["no", "", "", "", ""]),
    ],
)
def test_steps_of_a_request(state, expected) -> None:
    assert looks(factories.interest(state=state), None, None) == expected


def test_steps_without_a_request() -> None:
    assert looks(None, None, None) == ["now", "", "", "", ""]


@pytest.mark.parametrize(
    ("state", "text", "expected"),
    [
        ("draft", "written", ["now", ""]),
        ("offered", "offered", ["now", ""]),
        ("running", "in_force", ["done", "now"]),
        ("ended", "in_force", ["done", "done"]),
        ("dropped", "dropped", ["no", "no"]),
    ],
)
def test_steps_of_an_agreement(state, text, expected) -> None:
    agreement = factories.agreement(state=state)
    version = factories.agreement_version(agreement=agreement, state=text)

    steps = steps_of(None, agreement, version)

    assert [step.look for step in steps] == ["done", "done", "done", *expected]
    assert all(step.icon_name for step in steps)


def test_events_say_why_to_who_may_read_it() -> None:
    agreement = factories.agreement()
    withdrawal = factories.withdrawal(agreement=agreement)
    factories.suspension(agreement=agreement)
    factories.exemption(agreement=agreement)

    known, open_ones = (events_of(agreement, withdrawal, reserved=flag) for flag in (True, False))

    assert [event.reason for event in known] == [
        "Riorganizzazione",
        "Esigenze di servizio",
        "Riservato",
    ]
    assert [event.reason for event in open_ones] == ["", "", ""]
    assert ("30 giorni" in known[0].text, "30 giorni" in open_ones[0].text) == (True, False)


def test_a_letter_is_said_to_who_may_read_it() -> None:
    agreement = factories.agreement()
    row = factories.withdrawal(agreement=agreement, letter="b", notice_days=0)

    [told], [open_one] = (events_of(agreement, row, reserved=flag) for flag in (True, False))

    assert "causa b dell’art. 8" in told.text
    assert "causa" not in open_one.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((1,), "martedì"),
        ((3, 1), "martedì e giovedì"),
        ((0, 1, 2), "lunedì, martedì e mercoledì"),
    ],
)
def test_weekdays_in_words(days, words) -> None:
    assert weekday_words(days) == words


def test_windows_are_told_with_their_limits() -> None:
    def told(morning: str) -> str:
        hours = morning.split("-") if morning else [None, None]
        start, end = (datetime.time.fromisoformat(h) if h else None for h in hours)
        [found] = windows_problems(
            Norms(),
            morning=Window(start, end),
            afternoon=Window(datetime.time(14), datetime.time(15)),
            percent=100,
            day_ends_at=datetime.time(16),
        )
        return found.text

    assert told("") == "Art. 5: manca la fascia del mattino: almeno 3 h entro le 8.00-13.00"
    assert told("12:00-09:00").endswith("(12.00-9.00) finisce prima di iniziare")
    assert told("07:00-10:00").endswith("(7.00-10.00) deve stare entro le 8.00-13.00")
    assert told("09:00-10:30").endswith("è di 1 h 30: almeno 3 h entro le 8.00-13.00")


def test_a_cut_term_is_a_caution() -> None:
    terms = factories.whole_terms(
        starts_on=datetime.date(2021, 10, 1), ends_on=datetime.date(2022, 1, 31), is_cut=True
    )

    [found] = terms_problems(terms, Norms(), percent=100)

    assert (found.is_blocker, found.reference) == (False, "Art. 1")


def test_the_share_warns_and_never_stops() -> None:
    [found] = share_problems([Share(43, 72, 60), Share(44, 72, 60)])

    assert (found.is_blocker, found.text) == (
        False,
        "Art. 3: 43 persone su 72 (59,7%): almeno il 60% sono 44",
    )
    assert str(Exempted(article=0, reason="deroga")) == "5.2.4: deroga"


def test_objectives_need_a_plan_in_force(desk) -> None:
    chart = chart_of(DAY)

    assert objectives_for(desk.service, chart, year=1990) == ()
    assert [one.kind for one in chart.above(desk.service.pk)][:2] == ["service", "area"]
    assert chart.area_of(desk.service.pk) == desk.area
    assert chart.counterpart_of(desk.employee.person, desk.service.pk) == desk.dirigente.person


@pytest.fixture
def measured(desk):
    """The only row of the dashboard of the service in a plan of 2031, with its target."""
    plan = factories.plan(first_year=2031, state=PlanState.PUBLISHED)
    dashboard = factories.dashboard(plan=plan, unit=desk.service, kind=DashboardKind.UNIT)
    row = factories.dashboard_row(dashboard=dashboard)
    factories.target(indicator=row.indicator, cycle=2031, year=2031, printed="90%")
    return row


def offered_targets(desk) -> list[str]:
    return [one.expected for one in objectives_for(desk.service, chart_of(DAY), year=2031)]


@pytest.mark.parametrize(
    ("state", "revision", "expected"),
    [
        (PlanState.DRAFT, 0, []),
        (PlanState.CONSULTATION, 0, []),
        (PlanState.PROPOSED, 0, []),
        (PlanState.PUBLISHED, 0, ["90%"]),
        (PlanState.UPDATING, 1, ["90%"]),
        (PlanState.CONSULTATION, 1, ["90%"]),
        (PlanState.PROPOSED, 1, ["90%"]),
    ],
)
def test_objectives_are_those_in_force_also_while_an_update_is_heard(
    desk, measured, state, revision, expected
) -> None:
    Plan.objects.filter(first_year=2031).update(state=state, revision=revision, update_reason="x")

    assert offered_targets(desk) == expected


def test_objectives_are_those_adopted_while_an_update_changes_them(desk, measured) -> None:
    plan = measured.dashboard.plan
    factories.edition(plan=plan, snapshot=json.dumps(plan_snapshot(plan)))
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Nuovi atti"
    )
    silent = factories.dashboard_row(dashboard=measured.dashboard, position=2)
    for indicator in (measured.indicator, silent.indicator):
        Target.objects.filter(indicator=indicator).delete()
        factories.target(indicator=indicator, cycle=2031, year=2031, printed="50%")

    prepared = offered_targets(desk)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.ADOPTED)
    adopted = offered_targets(desk)

    assert (prepared, adopted) == (["90%"], ["50%", "50%"])


def test_no_objective_is_taken_from_an_edition_that_is_damaged(desk, measured) -> None:
    plan = measured.dashboard.plan
    given = {"snapshot": json.dumps(plan_snapshot(plan)), "snapshot_sha256": "0" * 64}
    factories.edition(plan=plan, **given)
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Nuovi atti"
    )

    assert offered_targets(desk) == []


def test_a_text_without_afternoon_says_one_window() -> None:
    terms = factories.whole_terms(
        day_ends_at=datetime.time(14), afternoon=Window(None, None), weekdays=()
    )

    assert terms_problems(terms, Norms(), percent=100) == []
    assert terms_to_json(terms)["afternoon"] == ["", ""]
    assert terms.has(Content.WINDOWS)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (
            100,
            "Art. 5: contattabile per almeno 3 h entro le 8.00-13.00 e 1 h entro le 14.00-18.00.",
        ),
        (
            50,
            "Art. 5: contattabile per almeno 1 h 30 entro le 8.00-13.00 e 30 min entro le "
            "14.00-18.00. In proporzione all’orario, 50%.",
        ),
    ],
)
def test_limits_are_said_before(percent, words) -> None:
    days, windows, term = limits_of(Norms(), percent=percent)

    assert windows == words
    assert (days[:7], "31.1.2022" in term) == ("Art. 4:", True)
