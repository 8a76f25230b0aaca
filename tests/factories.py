"""One plain factory for each model: what is not said takes a valid, visible default."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from documents.models import Build
from indicators.enums import Polarity, Treatment
from indicators.models import Actual, Indicator, Source, Target
from organization.enums import Gender, Role, StaffCategory, UnitKind
from organization.models import (
    Appointment,
    AuditEvent,
    Delegation,
    EstablishedPosts,
    Institution,
    Person,
    PersonalData,
    Unit,
    User,
)
from pola.agreement_text import agreement_text, text_hash
from pola.contact_windows import Window
from pola.enums import (
    AgreementState,
    DayAct,
    DayState,
    Grade,
    InterestState,
    Party,
    PriorityKind,
    RuleEffect,
    SheetState,
    VersionState,
    WorkGrade,
)
from pola.mapping import NAMES, verdict
from pola.models import (
    Absence,
    Activity,
    ActivityAssignment,
    ActivityMapping,
    ActivitySheet,
    AgileConsultation,
    AgileDay,
    AgileMonth,
    Agreement,
    AgreementEvaluation,
    AgreementReminder,
    AgreementVersion,
    CalendarFeed,
    Closure,
    DayEvent,
    DayNotice,
    Equipment,
    Exemption,
    FigureDecision,
    GuidelineArticle,
    GuidelineRule,
    Incident,
    Interest,
    MonthPlan,
    Norm,
    PriorityGround,
    SafetyNotice,
    SafetyReceipt,
    Suspension,
    TrainingAttendance,
    TrainingCourse,
    Withdrawal,
)
from pola.norms import Norms
from pola.reports.texts import heading_of
from pola.terms import Objective, Terms, terms_from_json, terms_to_json
from strategy.enums import ConsultationOutcome, ConsultedBody, DashboardKind, MapKind, PlanState
from strategy.models import (
    Action,
    ActivityResult,
    Consultation,
    CriterionFinding,
    Dashboard,
    DashboardRow,
    DeviationReason,
    Edition,
    Evidence,
    MonitoringPeriod,
    OversightNote,
    PerformanceReport,
    Perspective,
    Plan,
    ProjectActivity,
    ProjectSheet,
    Recording,
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Reminder,
    ReportEdition,
    ReportExamination,
    ReportSection,
    ReportValidation,
    Resolution,
    Section,
    SectionBlock,
    SectionImage,
    SectionPresence,
    StrategicObjective,
    YearClosing,
    YearReopening,
)
from strategy.monitoring_enums import DeviationCause, RecordingState, ReminderKind, ResolutionState

_numbers = itertools.count(9001)  # above every number of the loaded plan
_positions = itertools.cycle(range(9001, 32767))  # the same, as far as a position goes
# Likewise; a triennium of its own for each plan of a test (a plan begins before 2100).
_years = itertools.cycle(range(2040, 2098))


def _saved(made: Any) -> Any:
    """A row whose fields hold; what links and constraints say the database itself says."""
    links = {field.name for field in made._meta.fields if field.is_relation}
    made.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    made.save()
    return made


def institution(**given: Any) -> Institution:
    """The one institution: the recorded one, with what is given changed."""
    made = Institution.objects.first() or Institution(
        name="Camera di commercio di prova", short_name="CCIAA prova"
    )
    for name, value in given.items():
        setattr(made, name, value)
    return _saved(made)


def root_unit() -> Unit:
    """The Chamber itself, at the root of the chart."""
    return Unit.objects.filter(kind=UnitKind.BODY).first() or _saved(
        Unit(name="Camera", short_name="Camera", slug="camera", kind=UnitKind.BODY)
    )


def unit(**given: Any) -> Unit:
    number = next(_numbers)
    defaults = {
        "name": f"Servizio {number}",
        "short_name": f"Servizio {number}",
        "slug": f"servizio-{number}",
        "kind": UnitKind.SERVICE,
    }
    if "parent" not in given:
        given["parent"] = root_unit()
    return _saved(Unit(**defaults | given))


def person(**given: Any) -> Person:
    number = next(_numbers)
    defaults = {
        "first_name": "Persona",
        "last_name": f"Prova {number}",
        "employee_number": str(number),
        "category": StaffCategory.C,
        "gender": Gender.FEMALE,
        "hired_on": datetime.date(2010, 1, 1),
    }
    if "unit" not in given:
        given["unit"] = unit()
    return _saved(Person(**defaults | given))


def user(**given: Any) -> User:
    """An account of its own person, with the password `password`."""
    made = User(**{"username": f"utente-{next(_numbers)}"} | given)
    if "person" not in given:
        made.person = person()
    made.set_password("password")
    return _saved(made)


def appointment(**given: Any) -> Appointment:
    if "person" not in given:
        given["person"] = person()
    if "unit" not in given:
        given["unit"] = unit()
    defaults = {"role": Role.EMPLOYEE, "starts_on": datetime.date(2020, 1, 1)}
    return _saved(Appointment(**defaults | given))


def delegation(**given: Any) -> Delegation:
    """Somebody stands in for the head of a unit in July 2021; who is the head holds the post."""
    if "unit" not in given:
        given["unit"] = unit()
    for name in ("head", "delegate"):
        if name not in given:
            given[name] = person(unit=given["unit"])
    post = {"person": given["head"], "unit": given["unit"]}
    if not Appointment.objects.filter(role__in=Role.leaders, **post).exists():
        # Not asked whether another leads the unit too.
        term = {"starts_on": datetime.date(2020, 1, 1), "ends_on": datetime.date(2099, 12, 31)}
        Appointment.objects.create(role=Role.UNIT_HEAD, **term, **post)
    defaults = {
        "starts_on": datetime.date(2021, 7, 1),
        "ends_on": datetime.date(2021, 7, 31),
        "named_at": timezone.now(),
        "named_by_label": "Qualcuno",
    }
    return _saved(Delegation(**defaults | given))


def established_posts(**given: Any) -> EstablishedPosts:
    defaults = {"act": f"atto n. {next(_numbers)}", "category": StaffCategory.C, "posts": 1}
    return _saved(EstablishedPosts(**defaults | given))


def audit_event(**given: Any) -> AuditEvent:
    defaults = {
        "at": timezone.now(),
        "actor_id": "1",
        "actor_label": "Qualcuno",
        "verb": "plan.adopted",
        "target_type": "strategy.plan",
        "target_id": "1",
        "target_label": "Piano",
    }
    return _saved(AuditEvent(**defaults | given))


def build(**given: Any) -> Build:
    """A build that waits for a worker."""
    number = next(_numbers)
    fingerprint = hashlib.sha256(str(number).encode()).hexdigest()
    return _saved(Build(**{"kind": f"prova-{number}", "fingerprint": fingerprint} | given))


def source(**given: Any) -> Source:
    return _saved(Source(**{"name": f"Fonte {next(_numbers)}"} | given))


def indicator(**given: Any) -> Indicator:
    if "source" not in given:
        given["source"] = source()
    return _saved(Indicator(**{"name": f"N. cose {next(_numbers)}"} | given))


def target(**given: Any) -> Target:
    """A target of the first year of its plan, 100 unless `printed` says otherwise."""
    if "indicator" not in given:
        given["indicator"] = indicator()
    cycle = given.setdefault("cycle", 2021)
    defaults = {"year": cycle, "printed": "100", "polarity": Polarity.HIGHER_IS_BETTER}
    return _saved(Target(**defaults | given))


def actual(**given: Any) -> Actual:
    """A result at the end of its year, 100 unless `printed` says otherwise."""
    if "indicator" not in given:
        given["indicator"] = indicator()
    year = given.setdefault("year", 2021)
    defaults = {"measured_on": datetime.date(year, 12, 31), "printed": "100"}
    return _saved(Actual(**defaults | given))


def plan(**given: Any) -> Plan:
    first_year = given.setdefault("first_year", next(_years))
    if given.get("state") == PlanState.UPDATING:
        given.setdefault("update_reason", "Variazione del bilancio.")
    defaults = {
        "title": f"Piano della Performance {first_year}-{first_year + 2}",
        "state": PlanState.DRAFT,
        "reference_date": datetime.date(first_year - 1, 12, 31),
    }
    return _saved(Plan(**defaults | given))


def proposable_plan(**given: Any) -> Plan:
    """A small plan that nothing stops: one objective, one indicator with all it needs."""
    made = plan(**given)
    year = made.first_year
    row = dashboard_row(dashboard=dashboard(plan=made, kind=DashboardKind.STRATEGIC))
    for later in range(3):
        target(indicator=row.indicator, cycle=year, year=year + later)
    written = section(plan=made, body="<p>Testo.</p>")
    section_block(section=written)
    section_block(section=written, kind="strategic_dashboard", position=2)
    return made


def perspective(**given: Any) -> Perspective:
    if "plan" not in given:
        given["plan"] = plan()
    defaults = {
        "chart": MapKind.STRATEGY,
        "name": f"PROSPETTIVA {next(_numbers)}",
        "position": 1,
    }
    return _saved(Perspective(**defaults | given))


def strategic_objective(**given: Any) -> StrategicObjective:
    if "perspective" not in given:
        given["perspective"] = perspective()
    number = next(_numbers)
    defaults = {"code": f"9.{number}", "name": f"Obiettivo {number}", "position": 1}
    return _saved(StrategicObjective(**defaults | given))


def action(**given: Any) -> Action:
    if "objective" not in given:
        given["objective"] = strategic_objective()
    return _saved(Action(**{"name": f"Azione {next(_numbers)}", "position": 1} | given))


def dashboard(**given: Any) -> Dashboard:
    """The dashboard of a unit, unless `kind` says otherwise."""
    if "plan" not in given:
        given["plan"] = plan()
    number = next(_numbers)
    defaults = {
        "kind": DashboardKind.UNIT,
        "heading": f"SERVIZIO {number}",
        "slug": f"servizio-{number}",
        "position": 1,
    }
    made = Dashboard(**defaults | given)
    if made.kind in DashboardKind.cascaded and "unit" not in given:
        made.unit = unit()
    return _saved(made)


def dashboard_row(**given: Any) -> DashboardRow:
    """A row of a dashboard, on an action of the same plan."""
    if "dashboard" not in given:
        given["dashboard"] = dashboard()
    if "action" not in given:
        branch = strategic_objective(perspective=perspective(plan=given["dashboard"].plan))
        given["action"] = action(objective=branch)
    if "indicator" not in given:
        given["indicator"] = indicator()
    return _saved(DashboardRow(**{"position": 1} | given))


def project_sheet(**given: Any) -> ProjectSheet:
    """The empty sheet of a project, whose indicator stands on a dashboard of the plan."""
    if "plan" not in given:
        given["plan"] = plan()
    if "indicator" not in given:
        given["indicator"] = indicator(is_project=True, name=f"Progetto: cose {next(_numbers)}")
        dashboard_row(dashboard=dashboard(plan=given["plan"]), indicator=given["indicator"])
    return _saved(ProjectSheet(**given))


def project_activity(**given: Any) -> ProjectActivity:
    """An activity of the whole first year of its plan, to be done whole unless `printed` says
    otherwise."""
    if "sheet" not in given:
        given["sheet"] = project_sheet()
    year = given["sheet"].plan.first_year
    number = next(_numbers)
    defaults = {
        "name": f"Attività {number}",
        "position": next(_positions),
        "starts_on": datetime.date(year, 1, 1),
        "ends_on": datetime.date(year, 12, 31),
        "printed": "100%",
    }
    return _saved(ProjectActivity(**defaults | given))


def activity_result(**given: Any) -> ActivityResult:
    """A result in the form of the usual target, at the end of June."""
    if "activity" not in given:
        given["activity"] = project_activity()
    year = given["activity"].sheet.plan.first_year
    defaults = {
        "printed": "50%",
        "measured_on": datetime.date(year, 6, 30),
        "recorded_at": timezone.now(),
    }
    return _saved(ActivityResult(**defaults | given))


def section(**given: Any) -> Section:
    if "plan" not in given:
        given["plan"] = plan()
    number = next(_numbers)
    defaults = {
        "number": str(number),
        "title": f"Sezione {number}",
        "slug": f"sezione-{number}",
        "position": 1,
        "level": 1,
    }
    return _saved(Section(**defaults | given))


def section_block(**given: Any) -> SectionBlock:
    if "section" not in given:
        given["section"] = section()
    return _saved(SectionBlock(**{"position": 1, "kind": "strategy_map"} | given))


def section_presence(**given: Any) -> SectionPresence:
    if "section" not in given:
        given["section"] = section()
    if "user" not in given:
        given["user"] = user()
    return _saved(SectionPresence(**{"seen_at": timezone.now()} | given))


def section_image(**given: Any) -> SectionImage:
    """A picture of one pixel; the file is named, not written."""
    if "plan" not in given:
        given["plan"] = plan()
    digest = hashlib.sha256(str(next(_numbers)).encode()).hexdigest()
    defaults = {
        "file": f"sections/{digest[:16]}.png",
        "width": 1,
        "height": 1,
        "alt": "Un punto.",
        "sha256": digest,
        "uploaded_at": timezone.now(),
    }
    return _saved(SectionImage(**defaults | given))


def monitoring_period(**given: Any) -> MonitoringPeriod:
    """The period of 30 June of the first year of its plan, open from then to 15 July."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    ends_on = given.setdefault("ends_on", datetime.date(given["plan"].first_year, 6, 30))
    defaults = {
        "opens_on": ends_on,
        "closes_on": ends_on + datetime.timedelta(days=15),
        "changed_at": timezone.now(),
    }
    return _saved(MonitoringPeriod(**defaults | given))


def recording(**given: Any) -> Recording:
    """The draft of a figure of 30 June, 100 unless `printed` says otherwise."""
    if "period" not in given:
        given["period"] = monitoring_period()
    for name, make in (("indicator", indicator), ("entered_by", user)):
        if name not in given:
            given[name] = make()
    defaults = {"printed": "100", "entered_at": timezone.now()}
    state = given.get("state", RecordingState.DRAFT)
    if state != RecordingState.DRAFT:
        defaults |= {"submitted_at": timezone.now(), "submitted_by": given["entered_by"]}
    if state in (RecordingState.RETURNED, RecordingState.VALIDATED):
        given.setdefault("reviewed_by", user())
        defaults |= {"reviewed_at": timezone.now()}
    if state == RecordingState.RETURNED:
        defaults |= {"return_reason": "Da rivedere."}
    return _saved(Recording(**defaults | given))


def reminder(**given: Any) -> Reminder:
    """Somebody was told that a period opened."""
    if "period" not in given:
        given["period"] = monitoring_period()
    if "user" not in given:
        given["user"] = user()
    defaults = {
        "kind": ReminderKind.OPENED,
        "due_on": given["period"].closes_on,
        "subject": "3 valori da rilevare",
        "sent_at": timezone.now(),
    }
    return _saved(Reminder(**defaults | given))


def evidence(**given: Any) -> Evidence:
    """A proof of a figure; the file is named, not written."""
    if "recording" not in given:
        given["recording"] = recording()
    number = next(_numbers)
    defaults = {
        "file": f"evidence/{number}.pdf",
        "name": f"prova-{number}.pdf",
        "content_type": "application/pdf",
        "size": 5,
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "uploaded_at": timezone.now(),
        "uploaded_by": given["recording"].entered_by,
    }
    return _saved(Evidence(**defaults | given))


def consultation(**given: Any) -> Consultation:
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.CONSULTATION)
    defaults = {
        "revision": given["plan"].revision,
        "body": ConsultedBody.OIV,
        "held_on": datetime.date(2021, 1, 18),
        "outcome": ConsultationOutcome.FAVOURABLE,
        "recorded_at": timezone.now(),
    }
    return _saved(Consultation(**defaults | given))


def reference_table(**given: Any) -> ReferenceTable:
    if "plan" not in given:
        given["plan"] = plan()
    number = next(_numbers)
    defaults = {"slug": f"tabella-{number}", "caption": f"Tabella {number}"}
    return _saved(ReferenceTable(**defaults | given))


def reference_column(**given: Any) -> ReferenceColumn:
    if "table" not in given:
        given["table"] = reference_table()
    return _saved(ReferenceColumn(**{"position": 0, "heading": "Voce"} | given))


def reference_row(**given: Any) -> ReferenceRow:
    """A row of a table of one column, unless `table` says otherwise."""
    if "table" not in given:
        given["table"] = reference_column().table
    return _saved(ReferenceRow(**{"position": 1, "cells": ["voce"]} | given))


def edition(**given: Any) -> Edition:
    """An edition with small data of its own; the file is named, not written."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    snapshot = given.setdefault("snapshot", "{}")
    defaults = {
        "revision": 0,
        "act_type": "Delibera",
        "act_number": "2",
        "act_date": datetime.date(2021, 1, 25),
        "act_body": "Giunta",
        "adopted_at": timezone.now(),
        "snapshot_sha256": hashlib.sha256(snapshot.encode()).hexdigest(),
        "pdf": "editions/prova.pdf",
        "pdf_sha256": hashlib.sha256(b"").hexdigest(),
        "pdf_size": 0,
    }
    return _saved(Edition(**defaults | given))


def resolution(**given: Any) -> Resolution:
    """A missing result that counts zero in the first year of its plan."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    if "indicator" not in given:
        given["indicator"] = indicator()
    if "proposed_by" not in given:
        given["proposed_by"] = user()
    defaults = {
        "year": given["plan"].first_year,
        "treatment": Treatment.ZERO,
        "state": ResolutionState.IN_FORCE,
        "proposed_at": timezone.now(),
    }
    return _saved(Resolution(**defaults | given))


def deviation_reason(**given: Any) -> DeviationReason:
    """Why an indicator misses its target in the first year of its plan."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    if "indicator" not in given:
        given["indicator"] = indicator()
    if "written_by" not in given:
        given["written_by"] = user()
    defaults = {
        "year": given["plan"].first_year,
        "reason": "Evento annullato.",
        "cause": DeviationCause.EXOGENOUS,
        "written_at": timezone.now(),
    }
    return _saved(DeviationReason(**defaults | given))


def year_closing(**given: Any) -> YearClosing:
    """A closing of the first year of its plan with small data of its own."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    snapshot = given.setdefault("snapshot", "{}")
    defaults = {
        "year": given["plan"].first_year,
        "number": 1,
        "closed_at": timezone.now(),
        "closed_by_label": "Qualcuno",
        "formula_version": 1,
        "snapshot_sha256": hashlib.sha256(snapshot.encode()).hexdigest(),
    }
    return _saved(YearClosing(**defaults | given))


def year_reopening(**given: Any) -> YearReopening:
    if "closing" not in given:
        given["closing"] = year_closing()
    defaults = {
        "reason": "Un consuntivo era sbagliato.",
        "reopened_at": timezone.now(),
        "reopened_by_label": "Qualcuno",
    }
    return _saved(YearReopening(**defaults | given))


def performance_report(**given: Any) -> PerformanceReport:
    """The Relazione of the first year of its plan, still a draft."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    defaults = {
        "year": given["plan"].first_year,
        "opened_at": timezone.now(),
        "opened_by_label": "Qualcuno",
    }
    if given.get("state", "draft") not in ("draft", "approved"):
        defaults |= {"transmitted_at": timezone.now(), "transmitted_by_label": "Qualcuno"}
    if given.get("state") == "published":
        defaults |= {"published_at": timezone.now(), "published_by_label": "Qualcuno"}
    return _saved(PerformanceReport(**defaults | given))


def report_section(**given: Any) -> ReportSection:
    if "report" not in given:
        given["report"] = performance_report()
    number = next(_numbers)
    defaults = {
        "slug": f"sezione-{number}",
        "title": f"Sezione {number}",
        "position": next(_positions),
        "level": 1,
    }
    return _saved(ReportSection(**defaults | given))


def report_edition(**given: Any) -> ReportEdition:
    """An approved Relazione with small data of its own; the file is named, not written."""
    if "report" not in given:
        given["report"] = performance_report(state="approved")
    report = given["report"]
    if "closing" not in given:
        given["closing"] = year_closing(plan=report.plan, year=report.year)
    snapshot = given.setdefault("snapshot", "{}")
    defaults = {
        "number": 1,
        "act_type": "Delibera",
        "act_number": "7",
        "act_date": datetime.date(2021, 6, 24),
        "act_body": "Giunta",
        "approved_at": timezone.now(),
        "approved_by_label": "Qualcuno",
        "snapshot_sha256": hashlib.sha256(snapshot.encode()).hexdigest(),
        "pdf": "relazioni/prova.pdf",
        "pdf_sha256": hashlib.sha256(b"").hexdigest(),
        "pdf_size": 0,
    }
    return _saved(ReportEdition(**defaults | given))


def report_validation(**given: Any) -> ReportValidation:
    if "edition" not in given:
        given["edition"] = report_edition(report=performance_report(state="validated"))
    defaults = {
        "outcome": "validated",
        "validated_at": timezone.now(),
        "validated_by_label": "OIV",
    }
    return _saved(ReportValidation(**defaults | given))


def oversight_note(**given: Any) -> OversightNote:
    """A note of the OIV on the first year of its plan."""
    if "plan" not in given:
        given["plan"] = plan(state=PlanState.PUBLISHED)
    if "written_by" not in given:
        given["written_by"] = user()
    defaults = {
        "year": given["plan"].first_year,
        "text": "Dove sono le evidenze?",
        "written_at": timezone.now(),
    }
    return _saved(OversightNote(**defaults | given))


def report_examination(**given: Any) -> ReportExamination:
    """What the OIV found so far of a Relazione it was sent."""
    if "edition" not in given:
        given["edition"] = report_edition(report=performance_report(state="transmitted"))
    if "saved_by" not in given:
        given["saved_by"] = user()
    return _saved(ReportExamination(**{"saved_at": timezone.now()} | given))


def criterion_finding(**given: Any) -> CriterionFinding:
    if "examination" not in given:
        given["examination"] = report_examination()
    return _saved(CriterionFinding(**{"criterion": "plan", "answer": "yes"} | given))


def agile_month(**given: Any) -> AgileMonth:
    defaults = {
        "month": datetime.date(next(_years), 1, 1),
        "employees": 10,
        "potential": 8,
        "effective": 5,
        "days": 40,
        "mean_days_per_week": "2",
    }
    return _saved(AgileMonth(**defaults | given))


def guideline_article(**given: Any) -> GuidelineArticle:
    if "plan" not in given:
        given["plan"] = plan()
    return _saved(GuidelineArticle(**{"number": 1, "title": "Finalità"} | given))


def guideline_rule(**given: Any) -> GuidelineRule:
    if "article" not in given:
        given["article"] = guideline_article()
    defaults = {"position": 1, "text": "Una regola.", "effect": RuleEffect.INFORMATION}
    return _saved(GuidelineRule(**defaults | given))


def targets(of: Indicator, **printed: str) -> list[Target]:
    """Targets of an indicator by year: `targets(one, y2021="90%", y2022="monitoraggio")`."""
    years = {int(name.removeprefix("y")): text for name, text in printed.items()}
    cycle = min(years)
    return [
        target(indicator=of, cycle=cycle, year=year, printed=text) for year, text in years.items()
    ]


def norm(**given: Any) -> Norm:
    """A value from the day after those of the act on, which are loaded."""
    defaults = {
        "key": "max_days_per_week",
        "printed": "3",
        "starts_on": datetime.date(2021, 1, 26),
        "act": "Delibera di prova",
    }
    return _saved(Norm(**defaults | given))


def activity(**given: Any) -> Activity:
    defaults = {
        "unit": given.get("unit") or unit(),
        "title": f"Attività {next(_numbers)}",
        "grade": Grade.FULL,
    }
    return _saved(Activity(**defaults | given))


def activity_assignment(**given: Any) -> ActivityAssignment:
    worker = given.get("person") or person()
    defaults = {
        "person": worker,
        "activity": given.get("activity") or activity(unit=worker.unit),
        "starts_on": datetime.date(2020, 1, 1),
    }
    return _saved(ActivityAssignment(**defaults | given))


def activity_mapping(**given: Any) -> ActivityMapping:
    """Every level at its highest unless said otherwise."""
    levels = dict.fromkeys(NAMES, 3) | {name: given[name] for name in NAMES if name in given}
    defaults = {
        "activity": given.get("activity") or activity(),
        "mapped_on": datetime.date(2020, 11, 30),
        "grade": verdict(levels).grade,
        "recorded_at": timezone.now(),
        "recorded_by_label": "Prova",
    }
    return _saved(ActivityMapping(**defaults | levels | given))


def equipment(**given: Any) -> Equipment:
    defaults = {
        "person": given.get("person") or person(),
        "kind": "pc",
        "number": f"PC-{next(_numbers)}",
        "delivered_on": datetime.date(2020, 12, 1),
    }
    return _saved(Equipment(**defaults | given))


def training_course(**given: Any) -> TrainingCourse:
    defaults = {
        "title": f"Lavoro agile {next(_numbers)}",
        "held_on": datetime.date(2020, 12, 10),
        "hours": Decimal(4),
    }
    return _saved(TrainingCourse(**defaults | given))


def training_attendance(**given: Any) -> TrainingAttendance:
    defaults = {
        "course": given.get("course") or training_course(),
        "person": given.get("person") or person(),
    }
    return _saved(TrainingAttendance(**defaults | given))


def safety_notice(**given: Any) -> SafetyNotice:
    defaults = {
        "title": f"Informativa {next(_numbers)}",
        "issued_on": datetime.date(2020, 12, 1),
    }
    return _saved(SafetyNotice(**defaults | given))


def safety_receipt(**given: Any) -> SafetyReceipt:
    defaults = {
        "notice": given.get("notice") or safety_notice(),
        "person": given.get("person") or person(),
        "received_on": datetime.date(2020, 12, 15),
    }
    return _saved(SafetyReceipt(**defaults | given))


def incident(**given: Any) -> Incident:
    defaults = {
        "person": given.get("person") or person(),
        "kind": "technical",
        "happened_on": datetime.date(2021, 2, 3),
        "description": "La VPN non rispondeva.",
        "reported_on": datetime.date(2021, 2, 3),
        "reported_at": timezone.now(),
        "reported_by_label": "Prova",
    }
    return _saved(Incident(**defaults | given))


def agile_consultation(**given: Any) -> AgileConsultation:
    defaults = {
        "actor": "unions",
        "phase": "building",
        "held_on": datetime.date(2021, 1, 12),
        "outcome": "Nessuna osservazione.",
        "recorded_at": timezone.now(),
        "recorded_by_label": "Prova",
    }
    return _saved(AgileConsultation(**defaults | given))


def personal_data(**given: Any) -> PersonalData:
    number = next(_numbers)
    defaults = {
        "person": given.get("person") or person(),
        "tax_code": f"PRVFNC80A01A{number % 1000:03d}X",
        "born_on": datetime.date(1980, 1, 1),
        "birthplace_code": "A794",
    }
    return _saved(PersonalData(**defaults | given))


def agreement(**given: Any) -> Agreement:
    """In force in the first half of 2021, three days a week."""
    worker = given.get("person") or person()
    defaults = {
        "person": worker,
        "unit": worker.unit,
        "counterpart": given.get("counterpart") or person(),
        "state": AgreementState.RUNNING,
        "starts_on": datetime.date(2021, 1, 1),
        "ends_on": datetime.date(2021, 6, 30),
        "days_per_week": 3,
    }
    return _saved(Agreement(**defaults | given))


def suspension(**given: Any) -> Suspension:
    defaults = {
        "agreement": given.get("agreement") or agreement(),
        "starts_on": datetime.date(2021, 3, 1),
        "ends_on": datetime.date(2021, 3, 5),
        "reason": "Esigenze di servizio",
        "decided_at": timezone.now(),
        "decided_by_label": "Prova",
    }
    return _saved(Suspension(**defaults | given))


def exemption(**given: Any) -> Exemption:
    defaults = {
        "agreement": given.get("agreement") or agreement(),
        "days_per_week": 5,
        "starts_on": datetime.date(2021, 1, 1),
        "ends_on": datetime.date(2021, 6, 30),
        "reserved_reason": "Riservato",
        "decided_at": timezone.now(),
        "decided_by_label": "Prova",
    }
    return _saved(Exemption(**defaults | given))


def agile_day(**given: Any) -> AgileDay:
    held = given.get("agreement") or agreement(**{k: given[k] for k in ("person",) if k in given})
    day = given.get("day") or datetime.date(2021, 2, 10)
    defaults = {
        "agreement": held,
        "person": held.person,
        "day": day,
        "week": day - datetime.timedelta(days=day.weekday()),
        "state": DayState.ASKED,
        "asked_at": timezone.now(),
        "asked_by_label": str(held.person),
    }
    return _saved(AgileDay(**defaults | given))


def month_plan(**given: Any) -> MonthPlan:
    defaults = {
        "person": given.get("person") or person(),
        "month": datetime.date(2021, 2, 1),
    }
    return _saved(MonthPlan(**defaults | given))


def agile_work() -> None:
    """Something of everything that agile work keeps."""
    norm(starts_on=datetime.date(2030, 1, 1))
    held = activity_assignment().person
    agreed = agreement(person=held)
    suspension(agreement=agreed)
    exemption(agreement=agreed)
    day_event(day=agile_day(agreement=agreed, state=DayState.APPROVED))
    month_plan(person=held)
    closure()
    absence(person=held)
    calendar_feed(owner=held)
    day_notice(person=held)
    registers(held)
    activity_sheet()
    figure_decision()
    priority_ground()
    agreement_version()
    agreement_evaluation()
    withdrawal()
    agreement_reminder()


def registers(held: Person) -> None:
    """Something of everything that the registers keep, of one person."""
    activity_mapping()
    equipment(person=held)
    training_attendance(person=held)
    safety_receipt(person=held)
    incident(person=held)
    personal_data(person=held)
    agile_consultation()


def activity_sheet(**given: Any) -> ActivitySheet:
    """The sheet that somebody writes for February 2021."""
    defaults = {"person": given.get("person") or person(), "month": datetime.date(2021, 2, 1)}
    state = given.get("state", SheetState.DRAFT)
    if state != SheetState.DRAFT:
        defaults |= {"sent_at": timezone.now(), "sent_by_label": "Qualcuno", "output": "Pratiche."}
    if state == SheetState.EVALUATED:
        defaults |= {"evaluated_at": timezone.now(), "evaluated_by_label": "Il capo"}
        defaults |= {"quantity_grade": WorkGrade.EQUAL, "quality_grade": WorkGrade.ABOVE}
    return _saved(ActivitySheet(**defaults | given))


def figure_decision(**given: Any) -> FigureDecision:
    """A computed figure that planning declined."""
    if "indicator" not in given:
        given["indicator"] = indicator()
    defaults = {
        "measured_on": datetime.date(2021, 6, 30),
        "printed": "59,7%",
        "arithmetic": "43 / 72",
        "is_accepted": False,
        "reason": "Dato da verificare.",
        "decided_at": timezone.now(),
        "decided_by_label": "Qualcuno",
    }
    return _saved(FigureDecision(**defaults | given))


def interest(**given: Any) -> Interest:
    """A request that was sent, whole but for what HR and the dirigente add."""
    worker = given.get("person") or person()
    state = given.get("state", InterestState.SENT)
    defaults = {
        "person": worker,
        "unit": worker.unit,
        "state": state,
        "purposes": ["c", "f"],
        "other_activities": "Istruttoria delle pratiche",
        "starts_on": datetime.date(2021, 3, 1),
        "days_per_week": 2,
        "weekdays": [1, 3],
    }
    if state != InterestState.DRAFT:
        given["decider"] = given.get("decider") or person()
        defaults |= {"sent_at": timezone.now(), "sent_by_label": str(worker)}
    if state == InterestState.REFUSED:
        defaults |= {"decision_reason": "Le attività chiedono presenza."}
    return _saved(Interest(**defaults | given))


def priority_ground(**given: Any) -> PriorityGround:
    defaults = {
        "interest": given.get("interest") or interest(),
        "kind": PriorityKind.DISADVANTAGE,
        "note": "Nota riservata",
    }
    return _saved(PriorityGround(**defaults | given))


def whole_terms(**given: Any) -> Terms:
    """The nine contents of an agreement, from 1 March to 31 August 2021."""
    defaults = {
        "starts_on": datetime.date(2021, 3, 1),
        "ends_on": datetime.date(2021, 8, 31),
        "days_per_week": 2,
        "weekdays": (1, 3),
        "morning": Window(datetime.time(9), datetime.time(12)),
        "afternoon": Window(datetime.time(14, 30), datetime.time(15, 30)),
        "objectives": (Objective(1, "Azione", "Pratiche evase", "90%"),),
        "place": "residenza",
        "returns": "Almeno 3 giorni in sede",
        "availability": "Entro il proprio orario",
        "equipment": "PC portatile",
        "indicators": "Gli indicatori degli obiettivi",
        "monitoring": "Scheda mensile",
        "notice": "30 giorni",
    }
    return Terms(**defaults | given)


def _offered_text(version: AgreementVersion) -> dict[str, str]:
    """The text of its terms with the norms of the guidelines, and its hash."""
    text = agreement_text(heading_of(version), terms_from_json(version.terms), Norms())
    return {"text": text, "text_sha256": text_hash(text)}


def dutiful(worker: Person) -> Person:
    """The same person, trained and with the safety notice of the year (art. 10 and 11)."""
    if worker.trainings.exists():
        return worker
    day = datetime.date(2021, 2, 1)
    training_attendance(person=worker, course=training_course(held_on=day))
    safety_receipt(person=worker, notice=safety_notice(issued_on=day), received_on=day)
    return worker


def agreement_version(**given: Any) -> AgreementVersion:
    """The text being written of an agreement that is a draft; offered and accepted by both when
    `state` says that it is in force."""
    state = given.get("state", VersionState.WRITTEN)
    if "agreement" not in given:
        states = {
            VersionState.WRITTEN: AgreementState.DRAFT,
            VersionState.OFFERED: AgreementState.OFFERED,
        }
        given["agreement"] = agreement(state=states.get(state, AgreementState.RUNNING))
    held = given["agreement"]
    defaults = {
        "number": 1,
        "state": state,
        "terms": terms_to_json(whole_terms()),
        "written_at": timezone.now(),
        "written_by_label": str(held.counterpart),
    }
    if state not in (VersionState.WRITTEN, VersionState.DROPPED):
        defaults |= _offered_text(AgreementVersion(**defaults | given))
        defaults |= {"offered_at": timezone.now(), "offered_by_label": str(held.counterpart)}
    if state in (VersionState.IN_FORCE, VersionState.REPLACED):
        for party, who in ((Party.EMPLOYEE, held.person), (Party.EMPLOYER, held.counterpart)):
            defaults[f"{party.value}_accepted_at"] = timezone.now()
            defaults[f"{party.value}_accepted_by_label"] = str(who)
    return _saved(AgreementVersion(**defaults | given))


def agreement_evaluation(**given: Any) -> AgreementEvaluation:
    defaults = {
        "agreement": given.get("agreement") or agreement(),
        "is_positive": True,
        "effects": "Servizio regolare.",
        "complexity": "Obiettivi adeguati.",
        "evaluated_at": timezone.now(),
        "evaluated_by_label": "Prova",
    }
    return _saved(AgreementEvaluation(**defaults | given))


def withdrawal(**given: Any) -> Withdrawal:
    """The Chamber withdraws with the ordinary notice."""
    defaults = {
        "agreement": given.get("agreement") or agreement(),
        "party": Party.EMPLOYER,
        "notice_days": 30,
        "given_on": datetime.date(2021, 3, 1),
        "last_day": datetime.date(2021, 3, 31),
        "reserved_reason": "Riorganizzazione",
        "decided_at": timezone.now(),
        "decided_by_label": "Prova",
    }
    return _saved(Withdrawal(**defaults | given))


def agreement_reminder(**given: Any) -> AgreementReminder:
    held = given.get("agreement") or agreement()
    defaults = {
        "agreement": held,
        "user": given.get("user") or user(),
        "due_on": held.ends_on,
        "sent_at": timezone.now(),
    }
    return _saved(AgreementReminder(**defaults | given))


def closure(**given: Any) -> Closure:
    """The whole Chamber is closed on 15 February 2021."""
    defaults = {
        "starts_on": datetime.date(2021, 2, 15),
        "ends_on": datetime.date(2021, 2, 15),
        "reason": "Ponte",
    }
    return _saved(Closure(**defaults | given))


def absence(**given: Any) -> Absence:
    """From 8 to 9 February 2021."""
    defaults = {
        "person": given.get("person") or person(),
        "starts_on": datetime.date(2021, 2, 8),
        "ends_on": datetime.date(2021, 2, 9),
        "recorded_at": timezone.now(),
        "recorded_by_label": "Ufficio del personale",
    }
    return _saved(Absence(**defaults | given))


def day_event(**given: Any) -> DayEvent:
    defaults = {
        "day": given.get("day") or agile_day(),
        "act": DayAct.ASKED,
        "at": timezone.now(),
        "by_label": "Qualcuno",
    }
    return _saved(DayEvent(**defaults | given))


def calendar_feed(**given: Any) -> CalendarFeed:
    defaults = {
        "owner": given.get("owner") or person(),
        "token": f"segreto-{next(_numbers)}",
        "made_at": timezone.now(),
        "made_by_label": "Qualcuno",
    }
    return _saved(CalendarFeed(**defaults | given))


def day_notice(**given: Any) -> DayNotice:
    defaults = {
        "person": given.get("person") or person(),
        "subject": "Giornate approvate",
        "text": "Testo.",
        "queued_at": timezone.now(),
    }
    return _saved(DayNotice(**defaults | given))
