"""Who gets which answer at which address: the one table, walked.

200 shown · 302 sent on (to the sign-in, for a stranger) · 403 a reader who may not · 404 what is
not theirs to know of · 405 not that way. A new address without a line here fails.
"""

import datetime

import pytest
from django.urls import URLPattern, get_resolver, reverse

from organization.models import Person, Unit, User
from pola.enums import SheetState
from pola.models import Activity
from strategy.enums import PlanState
from strategy.models import Perspective, ProjectSheet, StrategicObjective
from tests import factories

ROLES = {
    "anonymous": None,
    "planner": "pianificazione",
    "secretary_general": "segretario",
    "dirigente": "dirigente",
    "unit_head": "responsabile",
    "hr": "personale",
    "employee": "dipendente",
    "oiv": "oiv",
    "administrator": "amministratore",
}
SIGNED_IN = [role for role in ROLES if role != "anonymous"]
PEOPLE_READERS = {"planner", "secretary_general", "hr", "oiv", "administrator"}
TRACE_READERS = {"planner", "secretary_general", "oiv", "administrator"}
RECORDERS = {"planner", "secretary_general", "dirigente", "unit_head"}
SHEET_READERS = {"secretary_general", "dirigente", "unit_head", "hr"}
# Days of a person of the unit that "responsabile" leads.
PRESENCE_READERS = {"secretary_general", "hr", "administrator"}
TEAM_READERS = {"secretary_general", "dirigente", "unit_head", "hr", "administrator"}
DAY_READERS = {*TEAM_READERS, "employee"}
DRAFT_READERS = set(SIGNED_IN) - {"employee"}
# Who is not an employee of the Chamber.
OUTSIDE = {"oiv", "administrator"}
# Who reads a request and an agreement of a colleague of Registro imprese.
AGREEMENT_READERS = {"secretary_general", "dirigente", "unit_head", "hr", "administrator"}


def everybody(answer: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, answer)


def signed_in(answer: int = 200) -> dict[str, int]:
    """The same for whoever is signed in; a stranger is sent to the sign-in."""
    return dict.fromkeys(ROLES, answer) | {"anonymous": 302}


def only(readers: set[str], refusal: int) -> dict[str, int]:
    """200 for the readers, the refusal for the others who are signed in."""
    return signed_in(refusal) | dict.fromkeys(readers, 200)


YEAR = [2021]
EDITION = ["2021-2023", 0]
SECTION = [2021, "premessa"]
ACTIVITY = [2021, "project", "activity"]
REPORT = [2021, 2020]
TEXT = [*REPORT, "premessa"]

# The plan of Bergamo is published: nobody changes it, planning is told so.
PREPARES = signed_in(403) | {"planner": 409}
# The Relazione of 2020 is a draft: planning writes it, who checks it reads it.
READS_DRAFT = only(DRAFT_READERS, 404)
WRITES_DRAFT = signed_in(403) | {"planner": 200, "employee": 404}

# The month of a person of the unit that "responsabile" leads.
DAY_DECIDERS = signed_in(404) | {
    "secretary_general": 200,
    "dirigente": 200,
    "unit_head": 200,
    "hr": 403,
    "employee": 403,
    "administrator": 403,
}

# Name of the address, how it is filled in, answer to a GET by role.
TABLE = {
    "home": ([], signed_in()),
    "help": ([], signed_in()),
    "accessibility": ([], everybody(200)),
    "health": ([], everybody(200)),
    "language": ([], everybody(405)),
    "login": ([], signed_in(302) | {"anonymous": 200}),
    "logout": ([], signed_in(405)),
    "password_change": ([], signed_in()),
    "password_change_done": ([], signed_in()),
    "strategy:plan-detail": (YEAR, signed_in()),
    "strategy:map": (YEAR, signed_in()),
    "strategy:perspective-detail": ([*YEAR, "perspective"], signed_in()),
    "strategy:objective-detail": ([*YEAR, "objective"], signed_in()),
    "strategy:strategic-dashboard": (YEAR, signed_in()),
    "strategy:dashboard-list": (YEAR, signed_in()),
    "strategy:dashboard-detail": ([*YEAR, "registro-imprese"], signed_in()),
    "strategy:scorecards": (YEAR, signed_in()),
    "strategy:scorecard-detail": ([*YEAR, "registro-imprese"], signed_in()),
    "strategy:band-limits": (YEAR, signed_in(403) | {"planner": 409}),
    "strategy:scorecard-pdf": ([*YEAR, "registro-imprese"], signed_in()),
    "strategy:strategic-dashboard-edit": (YEAR, PREPARES),
    "strategy:dashboard-edit": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:dashboard-check": ([*YEAR, "registro-imprese"], signed_in(405)),
    "strategy:structure": (YEAR, PREPARES),
    "strategy:structure-dashboards": (YEAR, PREPARES),
    "strategy:branch-move": (YEAR, signed_in(405)),
    "strategy:dashboard-move": (YEAR, signed_in(405)),
    "strategy:branch-add": ([*YEAR, "prospettiva"], PREPARES),
    "strategy:branch-edit": ([*YEAR, "prospettiva", "perspective"], PREPARES),
    "strategy:branch-remove": ([*YEAR, "prospettiva", "perspective"], PREPARES),
    "strategy:dashboard-add": (YEAR, PREPARES),
    "strategy:dashboard-rename": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:dashboard-remove": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:dashboard-rows": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:row-move": ([*YEAR, "registro-imprese"], signed_in(405)),
    "strategy:row-add": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:row-edit": ([*YEAR, 1], PREPARES),
    "strategy:row-remove": ([*YEAR, 1], PREPARES),
    "strategy:indicator-add": ([*YEAR, "registro-imprese"], PREPARES),
    "strategy:indicator-edit": ([*YEAR, "indicator"], PREPARES),
    "strategy:indicator-retire": ([*YEAR, "indicator"], PREPARES),
    "strategy:indicator-resume": ([*YEAR, "indicator"], signed_in(405)),
    "strategy:polarity-confirm": (YEAR, PREPARES),
    "strategy:cascade": (YEAR, signed_in()),
    "strategy:cascade-edit": (YEAR, signed_in(403) | {"planner": 409}),
    "strategy:indicator-list": (YEAR, signed_in()),
    "strategy:indicator-detail": ([*YEAR, "indicator"], signed_in()),
    "strategy:project-list": (YEAR, signed_in()),
    "strategy:project-detail": ([*YEAR, "project"], signed_in()),
    "strategy:project-open": (YEAR, signed_in(405)),
    "strategy:project-edit": ([*YEAR, "project"], signed_in(403) | {"planner": 409}),
    "strategy:activity-add": ([*YEAR, "project"], signed_in(403) | {"planner": 409}),
    "strategy:activity-edit": (ACTIVITY, signed_in(403) | {"planner": 409}),
    # Results and dates are kept up to date while the plan is in force.
    "strategy:activity-dates": (ACTIVITY, only({"planner", "unit_head"}, 403)),
    "strategy:activity-result": (ACTIVITY, only({"planner", "unit_head"}, 403)),
    "strategy:activity-move": (ACTIVITY, signed_in(405)),
    "strategy:activity-remove": (ACTIVITY, signed_in(403) | {"planner": 409}),
    "strategy:document": (YEAR, signed_in(302)),
    "strategy:section-detail": ([*YEAR, "premessa"], signed_in()),
    "strategy:section-pdf": ([*YEAR, "premessa"], signed_in()),
    "strategy:document-edit": (YEAR, PREPARES),
    "strategy:section-add": (YEAR, PREPARES),
    "strategy:section-move": (YEAR, signed_in(405)),
    "strategy:picture-add": (YEAR, signed_in(405)),
    "strategy:section-edit": (SECTION, PREPARES),
    "strategy:section-save": (SECTION, signed_in(405)),
    "strategy:section-presence": (SECTION, signed_in(405)),
    "strategy:section-done": (SECTION, signed_in(405)),
    "strategy:section-rename": (SECTION, PREPARES),
    "strategy:section-remove": (SECTION, PREPARES),
    "strategy:section-versions": (SECTION, PREPARES),
    "strategy:section-version": ([*SECTION, 1], PREPARES),
    "strategy:block-add": (SECTION, PREPARES),
    "strategy:block-edit": ([*SECTION, 1], PREPARES),
    "strategy:block-move": ([*SECTION, 1], signed_in(405)),
    "strategy:block-remove": ([*SECTION, 1], PREPARES),
    "picture": (["0.png"], signed_in(404)),
    "strategy:checks": (YEAR, only(DRAFT_READERS, 403)),
    "strategy:plan-life": (YEAR, signed_in()),
    "strategy:adoption-status": (YEAR, signed_in()),
    "strategy:edition-file": ([*YEAR, 0, "piano.pdf"], signed_in()),
    "strategy:plan-pdf": (YEAR, signed_in()),
    "strategy:build-status": ([*YEAR, 1], signed_in(404)),
    "strategy:build-file": ([*YEAR, 1], signed_in(404)),
    "strategy:dashboard-pdf": ([*YEAR, "registro-imprese"], signed_in()),
    "strategy:difference": (YEAR, signed_in()),
    "strategy:difference-csv": (YEAR, signed_in()),
    "strategy:difference-pdf": (YEAR, signed_in()),
    "strategy:deviations": (YEAR, signed_in()),
    "strategy:deviations-csv": (YEAR, signed_in()),
    # An indicator that has reached its target has no deviation to tell.
    "strategy:deviation-edit": ([*YEAR, "indicator"], signed_in(404)),
    "strategy:closings": (YEAR, signed_in(302)),
    "strategy:year-closing": ([*YEAR, 2020], signed_in()),
    "strategy:year-closing-data": ([*YEAR, 2020, 1], signed_in(404)),
    # The OIV, and those whom it asks.
    "strategy:oversight": (YEAR, signed_in(403) | dict.fromkeys(TRACE_READERS, 302)),
    "strategy:oversight-year": ([*YEAR, 2020], only(TRACE_READERS, 403)),
    "strategy:oversight-csv": ([*YEAR, 2020], only(TRACE_READERS, 403)),
    "strategy:oversight-notes": ([*YEAR, 2020], only(TRACE_READERS, 403)),
    # Nothing was sent to the OIV yet.
    "strategy:report-validation": ([*YEAR, 2020], only(TRACE_READERS, 403)),
    "strategy:minutes-status": ([*YEAR, 2020], signed_in(403) | {"oiv": 404}),
    "strategy:minutes-made": ([*YEAR, 2020], signed_in(403) | {"oiv": 404}),
    "strategy:reports": (YEAR, signed_in(302)),
    "strategy:report": (REPORT, signed_in()),
    "strategy:report-open": (REPORT, signed_in(405)),
    "strategy:report-pdf": (REPORT, READS_DRAFT),
    "strategy:report-approval-status": (REPORT, READS_DRAFT),
    "strategy:report-file": ([*REPORT, 1, "relazione.pdf"], signed_in(404)),
    "strategy:report-picture-add": (REPORT, signed_in(405)),
    "strategy:report-section": (TEXT, READS_DRAFT),
    "strategy:report-section-edit": (TEXT, WRITES_DRAFT),
    "strategy:report-section-save": (TEXT, signed_in(405)),
    "strategy:report-section-done": (TEXT, signed_in(405)),
    "strategy:report-section-versions": (TEXT, WRITES_DRAFT),
    "strategy:report-section-version": ([*TEXT, "version"], WRITES_DRAFT),
    "strategy:plan-roll-forward": (YEAR, only({"planner"}, 403)),
    "strategy:plan-decisions": (YEAR, signed_in(404)),
    # Who supplies figures, and planning for those of nobody.
    "strategy:recording-list": (YEAR, only(RECORDERS, 403)),
    "strategy:recording-save": (YEAR, signed_in(405)),
    "strategy:validation-list": (YEAR, only({"planner"}, 403)),
    "strategy:reminder-list": (YEAR, only({"planner", "administrator"}, 403)),
    "strategy:evidence-file": ([*YEAR, 1], signed_in(404)),
    "strategy:period-list": (YEAR, signed_in()),
    "strategy:period-add": (YEAR, only({"planner"}, 403)),
    "strategy:period-edit": ([*YEAR, "period"], only({"planner"}, 403)),
    "strategy:period-open": ([*YEAR, "period"], signed_in(405)),
    "strategy:period-remove": ([*YEAR, "period"], only({"planner"}, 403)),
    "pola:overview": ([], signed_in()),
    "pola:indicators": ([], signed_in()),
    "pola:guidelines": ([], signed_in()),
    # Monitoring of agile work.
    "pola:monitoring": ([], signed_in()),
    "pola:monitoring-pdf": (YEAR, signed_in()),
    "pola:figure-list": ([], only({"planner"}, 403)),
    "pola:sheet-list": ([], signed_in()),
    "pola:sheet-detail": (["sheet"], only(SHEET_READERS, 404)),
    "pola:sheet-write": (["2021-02"], signed_in()),
    # Rules of the day, mapping, registers, consultations, the list for the Ministry.
    "pola:norm-list": ([], signed_in()),
    "pola:norm-detail": (["max_days_per_week"], signed_in()),
    "pola:norm-withdraw": (["norm"], only({"planner", "hr"}, 403)),
    "pola:activity-list": ([], signed_in()),
    "pola:activity-add": ([], only({"secretary_general", "dirigente", "unit_head"}, 403)),
    "pola:activity-detail": (["mapped"], signed_in()),
    "pola:activity-map": (["mapped"], only({"secretary_general", "dirigente", "unit_head"}, 403)),
    "pola:activity-assign": (["mapped"], signed_in(405)),
    # Who does what is seen by the person, who leads it, who reads the register.
    "pola:assignment-end": (
        ["assignment"],
        signed_in(404)
        | dict.fromkeys(("secretary_general", "dirigente", "unit_head", "hr"), 200)
        | {"administrator": 403},
    ),
    "pola:register-people": ([], signed_in()),
    "pola:register-file": (["persone", "csv"], only({"hr"}, 403)),
    "pola:training-list": ([], signed_in()),
    "pola:training-add": ([], only({"hr"}, 403)),
    "pola:training": (["course"], signed_in()),
    "pola:attendance-remove": (["attendance"], only({"hr"}, 403)),
    "pola:safety-list": ([], signed_in()),
    "pola:safety-add": ([], only({"hr"}, 403)),
    "pola:safety": (["notice"], signed_in()),
    "pola:receipt-remove": (["receipt"], only({"hr"}, 403)),
    "pola:equipment-list": ([], signed_in()),
    "pola:equipment-add": ([], only({"hr"}, 403)),
    "pola:equipment-return": (["equipment"], only({"hr"}, 403)),
    "pola:incident-list": ([], signed_in()),
    "pola:incident-add": ([], signed_in()),
    # An accident of somebody: HR and the person alone know of it.
    "pola:incident": (["accident"], only({"hr"}, 404)),
    "pola:consultation-list": ([], signed_in()),
    "pola:consultation-add": ([], only({"planner", "hr"}, 403)),
    "pola:consultation-file": (["consultation"], signed_in(404)),
    "pola:ministry": ([], only({"hr"}, 403)),
    "pola:personal-data": (["stranger"], only({"hr"}, 403)),
    # Requests and agreements of agile work: those of one employee of Registro imprese.
    "pola:my-agile": ([], signed_in()),
    "pola:interest-write": (["giorni"], signed_in() | dict.fromkeys(OUTSIDE, 403)),
    "pola:interest-list": ([], only({"hr"}, 403)),
    "pola:interest-detail": (["interest"], only(AGREEMENT_READERS, 404)),
    "pola:interest-withdraw": (["interest"], signed_in(405)),
    "pola:decision-list": ([], only({"dirigente", "secretary_general"}, 403)),
    "pola:agreement-list": ([], signed_in()),
    "pola:agreement-detail": (["agreement"], only(AGREEMENT_READERS, 404)),
    "pola:agreement-story": (["agreement"], only(AGREEMENT_READERS, 404)),
    "pola:agreement-pdf": (["agreement", 1], only(AGREEMENT_READERS, 404)),
    "pola:agreement-file": (["agreement", 1], signed_in(404)),
    # One text alone, and none being written.
    "pola:agreement-difference": (["agreement"], signed_in(404)),
    "pola:agreement-write": (
        ["agreement"],
        signed_in(404) | {"secretary_general": 403, "unit_head": 403, "administrator": 403},
    ),
    "pola:agreement-act": (
        ["agreement", "deroga"],
        signed_in(404)
        | {"secretary_general": 403, "unit_head": 403, "administrator": 403}
        | {"hr": 200, "dirigente": 200},
    ),
    # Days of agile work: an account without a person has none.
    "pola:day-calendar": ([], signed_in()),
    "pola:day-pattern": ([], signed_in()),
    "pola:day-cancel": ([], signed_in()),
    "pola:day-feeds": ([], signed_in()),
    "pola:day-feed": (["segreto"], everybody(404)),
    "pola:day-detail": (["day"], only(DAY_READERS, 404)),
    "pola:day-team": ([], only(TEAM_READERS, 403)),
    "pola:day-month": (["month_plan"], DAY_DECIDERS),
    "pola:day-house": ([], only(PRESENCE_READERS, 403)),
    "pola:day-closures": ([], only({"hr", "administrator"}, 403)),
    "pola:day-export": ([], only({"hr"}, 403)),
    "public": ([], everybody(200)),
    "public-edition": (EDITION, everybody(200)),
    "public-pdf": (EDITION, everybody(200)),
    "public-act": (EDITION, everybody(404)),
    "public-data": ([*EDITION, "map.csv"], everybody(200)),
    # None is published.
    "public-report": (["2021-2023", 2020], everybody(404)),
    "public-report-pdf": (["2021-2023", 2020], everybody(404)),
    "public-report-act": (["2021-2023", 2020], everybody(404)),
    "public-report-minutes": (["2021-2023", 2020], everybody(404)),
    "public-report-data": (["2021-2023", 2020], everybody(404)),
    "organization:unit-list": ([], signed_in()),
    "organization:staff": ([], signed_in()),
    "organization:unit-detail": (["registro-imprese"], signed_in()),
    "organization:person-list": ([], signed_in()),
    "organization:person-detail": (["stranger"], only(PEOPLE_READERS, 404)),
    "organization:delegation-list": ([], signed_in()),
    "organization:delegation-end": ([1], signed_in(405)),
    "organization:audit-list": ([], only(TRACE_READERS, 403)),
}

# Addresses that change something: the answer to a GET may be a refusal, a POST is their business.
WRITING = {
    "pola:norm-detail",
    "pola:norm-withdraw",
    "pola:activity-add",
    "pola:activity-map",
    "pola:activity-assign",
    "pola:assignment-end",
    "pola:training",
    "pola:training-add",
    "pola:attendance-remove",
    "pola:safety",
    "pola:safety-add",
    "pola:receipt-remove",
    "pola:equipment-add",
    "pola:equipment-return",
    "pola:incident",
    "pola:incident-add",
    "pola:consultation-add",
    "pola:ministry",
    "pola:personal-data",
    "strategy:branch-add",
    "strategy:branch-edit",
    "strategy:branch-move",
    "strategy:branch-remove",
    "strategy:dashboard-add",
    "strategy:dashboard-move",
    "strategy:dashboard-remove",
    "strategy:dashboard-rename",
    "strategy:dashboard-rows",
    "strategy:indicator-add",
    "strategy:indicator-edit",
    "strategy:indicator-resume",
    "strategy:indicator-retire",
    "strategy:polarity-confirm",
    "strategy:row-add",
    "strategy:row-edit",
    "strategy:row-move",
    "strategy:row-remove",
    "language",
    "login",
    "logout",
    "password_change",
    "strategy:plan-life",
    "strategy:plan-pdf",
    "strategy:dashboard-pdf",
    "strategy:band-limits",
    "strategy:scorecard-pdf",
    "strategy:difference-pdf",
    "strategy:report",
    "strategy:report-open",
    "strategy:report-pdf",
    "strategy:report-picture-add",
    "strategy:report-section-edit",
    "strategy:report-section-save",
    "strategy:report-section-done",
    "strategy:report-section-version",
    "strategy:plan-roll-forward",
    "strategy:year-closing",
    "strategy:deviation-edit",
    "strategy:oversight-notes",
    "strategy:report-validation",
    "strategy:strategic-dashboard-edit",
    "strategy:dashboard-edit",
    "strategy:dashboard-check",
    "strategy:cascade-edit",
    "strategy:section-pdf",
    "strategy:section-add",
    "strategy:section-move",
    "strategy:picture-add",
    "strategy:section-edit",
    "strategy:section-save",
    "strategy:section-presence",
    "strategy:section-done",
    "strategy:section-rename",
    "strategy:section-remove",
    "strategy:section-version",
    "strategy:block-add",
    "strategy:block-edit",
    "strategy:block-move",
    "strategy:block-remove",
    "strategy:project-open",
    "strategy:project-edit",
    "strategy:activity-add",
    "strategy:activity-edit",
    "strategy:activity-dates",
    "strategy:activity-result",
    "strategy:activity-move",
    "strategy:activity-remove",
    "pola:monitoring-pdf",
    "pola:figure-list",
    "pola:sheet-detail",
    "pola:sheet-write",
    "organization:delegation-list",
    "organization:delegation-end",
    "pola:day-calendar",
    "pola:day-pattern",
    "pola:day-cancel",
    "pola:day-feeds",
    "pola:day-detail",
    "pola:day-team",
    "pola:day-month",
    "pola:day-closures",
    "strategy:recording-list",
    "strategy:recording-save",
    "strategy:validation-list",
    "strategy:period-list",
    "strategy:period-add",
    "strategy:period-edit",
    "strategy:period-open",
    "strategy:period-remove",
    "pola:interest-write",
    "pola:interest-detail",
    "pola:interest-withdraw",
    "pola:agreement-detail",
    "pola:agreement-write",
    "pola:agreement-act",
    "pola:agreement-pdf",
}


def named(patterns, namespace: str = "") -> list[str]:
    """Every address of the application with a name; the administration has its own tests."""
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                names.append(f"{namespace}:{pattern.name}" if namespace else pattern.name)
        elif pattern.namespace != "admin":
            names += named(pattern.url_patterns, pattern.namespace or namespace)
    return names


NAMES = named(get_resolver().url_patterns)


@pytest.fixture
def keys(bergamo) -> dict[str, int]:
    """What the words in the table stand for in this database."""
    perspective = Perspective.objects.strategic().filter(plan=bergamo.plan).first()
    # A project whose figure is supplied by the unit that one of the demo people leads.
    sheet = ProjectSheet.objects.filter(plan=bergamo.plan).first()
    sheet.indicator.supplier = Unit.objects.get(slug="registro-imprese")
    sheet.indicator.save()
    report = factories.performance_report(plan=bergamo.plan, year=2020)
    text = factories.report_section(report=report, slug="premessa")
    unit = sheet.indicator.supplier
    taken = User.objects.filter(person__isnull=False).values("person")
    colleague = Person.objects.in_service().filter(unit=unit).exclude(pk__in=taken).first()
    dirigente = bergamo.user("dirigente").person
    agreement = factories.agreement(
        person=colleague,
        counterpart=dirigente,
        interest=factories.interest(person=colleague, decider=dirigente, state="granted"),
    )
    factories.agreement_version(agreement=agreement, state="in_force")
    mapped = Activity.objects.filter(unit__slug="registro-imprese").first()
    attendance, receipt = factories.training_attendance(), factories.safety_receipt()
    worker = bergamo.user("dipendente").person
    return {
        "version": text.history.get().history_id,
        "norm": factories.norm(starts_on=datetime.date(2090, 1, 1)).pk,
        "mapped": mapped.pk,
        "assignment": mapped.assignments.first().pk,
        "attendance": attendance.pk,
        "course": attendance.course_id,
        "receipt": receipt.pk,
        "notice": receipt.notice_id,
        "equipment": factories.equipment().pk,
        "accident": factories.incident(kind="accident").pk,
        "consultation": factories.agile_consultation().pk,
        "agreement": agreement.pk,
        "interest": agreement.interest_id,
        "day": factories.agile_day(person=worker, state="approved").pk,
        "month_plan": factories.month_plan(person=worker).pk,
        "project": sheet.pk,
        "activity": factories.project_activity(sheet=sheet).pk,
        "perspective": perspective.pk,
        "objective": StrategicObjective.objects.filter(perspective=perspective).first().pk,
        "period": bergamo.plan.periods.first().pk,
        "indicator": bergamo.plan.dashboards.get(slug="strategico").rows.first().indicator_id,
        # Sent by somebody of the service that one of the demo people leads.
        "sheet": factories.activity_sheet(
            person=Person.objects.get(employee_number="0041"), state=SheetState.SENT
        ).pk,
        # Somebody of a unit that none of the demo people leads or works in.
        "stranger": Person.objects.get(employee_number="0012").pk,
    }


def address(name: str, keys: dict[str, int], year: int | None = None) -> str:
    arguments = [keys.get(part, part) for part in TABLE[name][0]]
    return reverse(name, args=[year, *arguments[1:]] if year else arguments)


def status(answer) -> int:
    """The answer's number; a file is read to its end, which closes it."""
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def test_every_address_has_a_line():
    assert sorted(NAMES) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_answers(client, bergamo, keys, role):
    if ROLES[role]:
        client.force_login(bergamo.user(ROLES[role]))

    answers = {name: status(client.get(address(name, keys))) for name in TABLE}

    assert answers == {name: expected[role] for name, (_arguments, expected) in TABLE.items()}


def test_a_stranger_is_sent_to_the_sign_in_and_back(client, keys):
    asked = [name for name in TABLE if TABLE[name][1]["anonymous"] == 302]

    sent = {name: client.get(address(name, keys)).url for name in asked}

    sign_in = reverse("login") + "?next="
    assert {name: url for name, url in sent.items() if not url.startswith(sign_in)} == {}


def test_reading_pages_refuse_to_be_written_to(client, bergamo, keys):
    client.force_login(bergamo.user("amministratore"))
    asked = {name: address(name, keys) for name in TABLE if name not in WRITING}

    answers = {
        (name, method): getattr(client, method)(url).status_code
        for name, url in asked.items()
        for method in ("post", "put", "delete")
    }

    assert answers == dict.fromkeys(answers, 405)


PLAN_PAGES = [
    "strategy:plan-detail",
    "strategy:map",
    "strategy:strategic-dashboard",
    "strategy:dashboard-list",
    "strategy:scorecards",
    "strategy:cascade",
    "strategy:indicator-list",
    "strategy:project-list",
    "strategy:document",
    "strategy:plan-life",
    "strategy:plan-pdf",
]


@pytest.mark.parametrize("role", SIGNED_IN)
def test_a_draft_is_read_by_those_who_prepare_or_consult_it(client, bergamo, keys, role):
    draft = factories.plan(state=PlanState.DRAFT)
    factories.dashboard(plan=draft, kind="strategic", slug="strategico")
    client.force_login(bergamo.user(ROLES[role]))

    answers = {
        name: client.get(address(name, keys, year=draft.first_year)).status_code
        for name in PLAN_PAGES
    }

    expected = 200 if role in DRAFT_READERS else 404
    assert answers == dict.fromkeys(PLAN_PAGES, expected)


def test_a_plan_that_does_not_exist_is_not_found(client, bergamo, keys):
    client.force_login(bergamo.user("pianificazione"))

    answers = {name: client.get(address(name, keys, year=2099)).status_code for name in PLAN_PAGES}

    assert answers == dict.fromkeys(PLAN_PAGES, 404)


def test_a_draft_has_nothing_public(client, bergamo):
    draft = factories.plan(state=PlanState.DRAFT)

    answer = client.get(reverse("public-edition", args=[draft.label, 0]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("reader", "expected"),
    [("responsabile", 200), ("dirigente", 200), ("dipendente", 404), ("personale", 200)],
)
def test_people_of_a_unit_are_seen_by_who_leads_it(client, bergamo, reader, expected):
    colleague = (
        Person.objects.in_service()
        .filter(unit__slug="registro-imprese")
        .exclude(user__isnull=False)
        .first()
    )
    client.force_login(bergamo.user(reader))

    assert client.get(colleague.get_absolute_url()).status_code == expected


def test_oneself_is_always_seen(client, bergamo):
    user = bergamo.user("dipendente")
    client.force_login(user)

    assert client.get(user.person.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_the_administration_is_for_administrators(client, bergamo, role):
    if ROLES[role]:
        client.force_login(bergamo.user(ROLES[role]))

    answer = client.get(reverse("admin:index"))

    assert answer.status_code == (200 if role == "administrator" else 302)
