"""What is loaded is whole, valid, and asks about every known fault."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Sum

from indicators.models import Actual, Indicator, Target
from indicators.values import read
from organization.models import Appointment, AuditEvent, EstablishedPosts, Person, Unit, User
from pola.enums import Grade
from pola.models import (
    Activity,
    ActivityAssignment,
    ActivityMapping,
    AgileMonth,
    GuidelineArticle,
    GuidelineRule,
    Norm,
)
from pola.norms import Norms
from strategy.enums import DashboardKind, MapKind
from strategy.models import (
    Action,
    Dashboard,
    DashboardRow,
    MonitoringPeriod,
    Perspective,
    ProjectActivity,
    ProjectSheet,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
    StrategicObjective,
)

OURS = ("organization", "indicators", "strategy", "pola")
# What planning makes at work; the files of a plan hold none.
MADE_AT_WORK = {
    "strategy.ActivityResult",
    "strategy.Consultation",
    "strategy.CriterionFinding",
    "strategy.DeviationReason",
    "strategy.OversightNote",
    "strategy.PerformanceReport",
    "strategy.ProjectActivity",
    "pola.AgileConsultation",
    "pola.ActivitySheet",
    "pola.AgileDay",
    "pola.Agreement",
    "pola.Equipment",
    "pola.Exemption",
    "pola.FigureDecision",
    "pola.Incident",
    "pola.MonthPlan",
    "pola.SafetyNotice",
    "pola.SafetyReceipt",
    "pola.Suspension",
    "pola.TrainingAttendance",
    "pola.TrainingCourse",
    "organization.Delegation",
    "organization.PersonalData",
    "strategy.Resolution",
    "strategy.Evidence",
    "strategy.Recording",
    "strategy.Reminder",
    "strategy.ReportEdition",
    "strategy.ReportExamination",
    "strategy.ReportSection",
    "strategy.ReportValidation",
    "strategy.SectionImage",
    "strategy.SectionPresence",
    "strategy.YearClosing",
    "strategy.YearReopening",
    # Requests and agreements of agile work.
    "pola.AgreementEvaluation",
    "pola.AgreementReminder",
    "pola.AgreementVersion",
    "pola.Interest",
    "pola.PriorityGround",
    "pola.Withdrawal",
    "pola.Absence",
    "pola.CalendarFeed",
    "pola.Closure",
    "pola.DayEvent",
    "pola.DayNotice",
}
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical") and model._meta.label not in MADE_AT_WORK
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_loaded_object_is_valid(bergamo, model) -> None:
    references = {field.name for field in model._meta.fields if field.is_relation}

    loaded = list(model._default_manager.all())

    assert loaded
    for one in loaded:
        one.full_clean(exclude=references, validate_unique=False, validate_constraints=False)


@pytest.mark.parametrize("model", [Unit, Person, Indicator, Dashboard, Section])
def test_loaded_objects_keep_the_constraints_too(bergamo, model) -> None:
    for one in model._default_manager.all()[:10]:
        one.full_clean()


def test_everything_of_the_plan_is_loaded(bergamo) -> None:
    counts = {
        model: model._default_manager.count()
        for model in (Indicator, Dashboard, ReferenceTable, ReferenceRow, Section)
    }

    assert counts == {
        Indicator: 191,
        Dashboard: 14,
        ReferenceTable: 13,
        ReferenceRow: 136,
        Section: 25,
    }


def test_the_strategic_dashboard_has_58_rows_the_others_192_and_the_pola_21(bergamo) -> None:
    rows = Counter(DashboardRow.objects.values_list("dashboard__kind", flat=True))

    assert rows == {
        DashboardKind.STRATEGIC: 58,
        DashboardKind.UNIT: 172,
        DashboardKind.SECRETARY_GENERAL: 11,
        DashboardKind.DIRIGENTE: 9,
        DashboardKind.POLA: 21,
    }


def test_every_project_named_has_its_sheet_and_no_activity_is_invented(bergamo) -> None:
    sheets = ProjectSheet.objects.filter(plan=bergamo.plan)

    named = Indicator.objects.filter(name__startswith="Progetto:")
    assert set(sheets.values_list("indicator", flat=True)) == {one.pk for one in named}
    assert sheets.count() == 14
    names = " ".join(str(sheet) for sheet in sheets.with_facts())
    assert [word in names for word in ("(POLA)", "(OCR)", "nuovo titolare")] == [True] * 3
    assert ProjectActivity.objects.count() == 0


def test_strategic_and_operational_rows(bergamo) -> None:
    rows = DashboardRow.objects.filter(dashboard__kind__in=DashboardKind.cascaded).with_nature()

    assert Counter(rows.values_list("is_strategic", flat=True)) == {True: 64, False: 128}


def test_the_tree_of_the_map_and_of_the_pola(bergamo) -> None:
    branches = {
        chart: (
            Perspective.objects.filter(chart=chart).count(),
            StrategicObjective.objects.filter(perspective__chart=chart).count(),
        )
        for chart in MapKind.values
    }

    assert branches == {MapKind.STRATEGY: (4, 12), MapKind.POLA: (2, 5)}
    codes = StrategicObjective.objects.strategic().values_list("code", flat=True)
    assert " ".join(codes) == "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 3.1 3.2 4.1"
    assert not Action.objects.filter(rows__isnull=True).exists()


def test_people_and_accounts(bergamo) -> None:
    assert Person.objects.in_service(on=bergamo.plan.reference_date).count() == 87
    assert Unit.objects.count() == 20
    assert Appointment.objects.count() == 17
    assert User.objects.count() == 8
    assert EstablishedPosts.objects.aggregate(Sum("posts"))["posts__sum"] == 98 + 100


def test_agile_work(bergamo) -> None:
    assert AgileMonth.objects.aggregate(Sum("days"))["days__sum"] == 7693
    assert GuidelineArticle.objects.count() == 14
    assert SectionBlock.objects.filter(kind="guidelines").count() == 1
    assert GuidelineRule.objects.filter(article__number=1).count() == 2


def test_norms_of_the_act_are_those_the_application_starts_from(bergamo) -> None:
    assert Norm.objects.count() == 29
    assert Norm.objects.in_force(on=bergamo.plan.editions.get().act_date) == Norms()


def test_72_people_can_work_remotely_13_activities_never_do(bergamo) -> None:
    assert Counter(Activity.objects.values_list("grade", flat=True)) == {
        Grade.FULL: 30,
        Grade.PARTLY: 17,
        Grade.NONE: 13,
        Grade.UNMAPPED: 2,
    }
    assert Activity.objects.listed().count() == 13
    mapped = ActivityMapping.objects.values_list("grade", flat=True)
    assert Counter(mapped) == {Grade.FULL: 30, Grade.PARTLY: 17}
    running = ActivityAssignment.objects.running(on=bergamo.plan.reference_date)
    assert running.values("person").distinct().count() == 87
    assert running.remote().values("person").distinct().count() == 72


@pytest.mark.parametrize("model", [Target, Actual])
def test_every_cell_is_typed_as_it_is_read(bergamo, model) -> None:
    for cell in model.objects.all():
        value = read(cell.printed)
        typed = (cell.availability, cell.kind, cell.comparator, cell.number, cell.number_to)
        assert typed == (
            value.availability,
            value.kind,
            value.comparator,
            value.number,
            value.number_to,
        )
        assert (cell.day, cell.is_yes, cell.head_count) == (
            value.day,
            value.is_yes,
            value.head_count,
        )


def test_a_year_without_column_has_no_cell(bergamo) -> None:
    years = Counter(Target.objects.values_list("year", flat=True))

    assert years == {2020: 170, 2021: 191, 2022: 79, 2023: 79}
    assert Actual.objects.count() == 191


def test_loaded_rows_have_a_history_from_before_the_act(bergamo) -> None:
    histories = [model.history for model in MODELS if hasattr(model, "history")]

    moments = {
        (f"{row.history_date:%Y-%m-%d}", row.history_type)
        for history in histories
        if history.model.__name__ != "HistoricalMonitoringPeriod"
        for row in history.all()
    }
    periods = {f"{row.history_date:%Y-%m-%d}" for row in MonitoringPeriod.history.all()}

    assert moments == {("2021-01-20", "+"), ("2021-01-25", "~")}
    assert periods == {"2021-01-25"}  # they come with the publication


def test_the_load_asks_about_every_known_fault(bergamo) -> None:
    asked = Counter(doubt.question for doubt in bergamo.doubts)

    assert sorted(asked.values(), reverse=True) == [34, 7, 7, 5, 4, *[2] * 5, *[1] * 7]


@pytest.mark.parametrize(
    ("place", "times"),
    [
        ("Esame posizioni creditorie e affiancamento a Infocamere", 1),
        ("Aggiornamento sistemi informativi contabili per modifica Istituto", 1),
        ("€ costi per formazione", 1),
        ("€ investimenti", 2),
        ("Progetto: PID - Punto Impresa Digitale", 1),
        ("Progetto: Formazione e lavoro", 1),
        ("Progetto Incubatore d'impresa: % media", 1),
        ("Attribuzione domicilio digitale", 1),
        ("Progetti Strategici finanziati dall'integrazione del 20%", 1),
        ("Oneri di funzionamento + Ammortamenti", 2),
        ("Progetto: Adozione del nuovo titolare", 1),
        ("Portafoglio partecipazioni", 2),
        ("Bergamo, valore aggiunto", 7),
        ("Dotazione tecnologica per il lavoro agile nel 2020", 1),
        ("Programma di attuazione del lavoro agile", 1),
        ("Sistema VPN/VDI", 1),
        ("Grado di attuazione di forme di organizzazione del lavoro", 2),
        ("% lavoratori agili effettivi, 2021", 1),
    ],
)
def test_known_faults_by_place(bergamo, place, times) -> None:
    assert [doubt.place.startswith(place) for doubt in bergamo.doubts].count(True) == times


def test_the_doubts_stand_in_the_trace(bergamo) -> None:
    event = AuditEvent.objects.get(verb="plan.loaded")

    assert event.target_id == str(bergamo.plan.pk)
    assert [doubt["place"] for doubt in event.after["doubts"]] == [
        doubt.place for doubt in bergamo.doubts
    ]
    assert event.note.count("\n") == len({doubt.question for doubt in bergamo.doubts}) - 1
