"""The administration: every page answers, nothing immutable can be touched, data go in and out."""

import csv
import datetime
import io

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from documents.models import Build
from indicators.models import Source
from organization.enums import Role
from organization.models import Appointment, AuditEvent, Person, Unit
from organization.reference_data import ReadOnlyAdminMixin
from strategy.enums import PlanState
from strategy.models import (
    Action,
    Plan,
    Section,
)
from tests import factories
from tests.strategy.recording import figures_of

# Every page of the administration: not for the inner loop.
pytestmark = pytest.mark.slow

OURS = {"documents", "indicators", "organization", "pola", "strategy"}
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
EXCHANGED = [model for model in MODELS if hasattr(admin.site._registry[model], "import_action")]
LABELS = [model._meta.label_lower for model in MODELS]
READ_ONLY = {Build} | {
    model for model in MODELS if isinstance(admin.site._registry[model], ReadOnlyAdminMixin)
}
NO_ADD = READ_ONLY | {model for model in MODELS if model._meta.model_name == "institution"}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def office(client, bergamo):
    """The administrator at the desk, the Bergamo plan in the drawers."""
    client.force_login(bergamo.user("amministratore"))
    if not Build.objects.exists():
        Build.objects.create(kind="plan", fingerprint="0" * 64)
    factories.consultation(plan=bergamo.plan)
    factories.section_image(plan=bergamo.plan)
    planner = bergamo.user("pianificazione")
    figures_of(bergamo, planner)
    factories.section_presence(section=bergamo.plan.sections.first(), user=planner)
    factories.activity_result()
    factories.resolution()
    factories.year_reopening()
    factories.deviation_reason()
    factories.agile_work()
    factories.report_section()
    factories.oversight_note()
    finding = factories.criterion_finding()
    factories.report_validation(edition=finding.examination.edition)
    return client


def being_updated(plan) -> None:
    """What the plan holds may be changed."""
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")


def upload(client, model, text, name="dati.csv", step="import"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(address(model, step), {"import_file": file, "format": "0"})


def confirm(client, model, preview):
    data = preview.context["confirm_form"].initial
    return client.post(address(model, "process_import"), data)


def exported(client, model, file_format="0"):
    resource = "0"
    response = client.post(address(model, "export"), {"format": file_format, "resource": resource})
    return response.content


def answers(client, page, models, query=None) -> dict[str, int]:
    """What a page of each model answers, by the model's name."""
    found = {}
    for model in models:
        on = [] if page in ("changelist", "add", "import", "export") else [first(model).pk]
        found[model._meta.label_lower] = client.get(address(model, page, *on), query).status_code
    return found


def first(model):
    """A row of a model: the office has one of each."""
    made = model._default_manager.first()
    assert made is not None, f"nothing of {model} to look at"
    return made


def test_lists_answer_searched_and_not(office):
    searched = [model for model in MODELS if admin.site._registry[model].search_fields]

    assert set(answers(office, "changelist", MODELS).values()) == {200}
    assert set(answers(office, "changelist", searched, {"q": "a"}).values()) == {200}


def test_add_pages_answer_where_adding_is_allowed(office):
    expected = {model._meta.label_lower: 403 if model in NO_ADD else 200 for model in MODELS}

    assert answers(office, "add", MODELS) == expected


@pytest.mark.parametrize("page", ["change", "history"])
def test_the_pages_of_a_row_answer(office, page):
    assert answers(office, page, MODELS) == dict.fromkeys(LABELS, 200)


def test_read_only_is_neither_changed_nor_deleted(office):
    for model in READ_ONLY:
        made = first(model)

        assert office.post(address(model, "change", made.pk), {}).status_code == 403
        assert office.post(address(model, "delete", made.pk), {"post": "yes"}).status_code == 403
        assert model._default_manager.filter(pk=made.pk).exists()


# Not shown in the administration, with the reason.
UNSHOWN = {
    "pola.priorityground": "who has one is told to HR and to who decides",
    "pola.dayevent": "the moment of an act and a last day give the notice of a withdrawal",
}


def test_every_model_of_ours_is_registered():
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in OURS and not hasattr(model, "history_object")
    }

    assert set(LABELS) == ours - set(UNSHOWN)
    assert set(UNSHOWN) <= ours


def test_dashboard_page_costs_the_same_with_58_rows(office, django_assert_max_num_queries):
    dashboard = factories.dashboard()
    strategic = dashboard.__class__.objects.get(slug="strategico")

    for one in (dashboard, strategic):
        with django_assert_max_num_queries(12):
            office.get(address(type(one), "change", one.pk))


@pytest.mark.parametrize("page", ["import", "export"])
def test_import_and_export_pages_answer(office, page):
    assert set(answers(office, page, EXCHANGED).values()) == {200}


@pytest.mark.parametrize("model", EXCHANGED)
def test_what_was_exported_imports_unchanged(office, model):
    text = exported(office, model).decode()

    preview = upload(office, model, text)

    result = preview.context["result"]
    assert [str(error.error) for error in result.base_errors] == []
    assert [row.import_type for row in result.invalid_rows] == []
    assert {row.import_type for row in result.rows} == {"skip"}


def test_import_shows_a_preview_then_stores(office):
    text = (
        "slug,name,short_name,kind,parent,position\nnuovo,Servizio nuovo,Nuovo,service,camera,9\n"
    )

    preview = upload(office, Unit, text)
    before = Unit.objects.filter(slug="nuovo").exists()
    confirm(office, Unit, preview)

    assert [row.import_type for row in preview.context["result"].rows] == ["new"]
    assert not before
    made = Unit.objects.get(slug="nuovo")
    assert (made.name, made.parent.slug, made.position) == ("Servizio nuovo", "camera", 9)
    assert made.history.count() == 1


def test_an_import_confirmed_twice_is_told(office):
    text = "slug,name,short_name,kind,parent,position\nnuovo,Nuovo,Nuovo,service,camera,9\n"
    preview = upload(office, Unit, text)
    confirm(office, Unit, preview)

    again = confirm(office, Unit, preview)

    assert again.status_code == 302
    assert again["Location"] == address(Unit, "changelist")
    told = [one.level_tag for one in office.get(again["Location"]).context["messages"]]
    assert told[-1] == "warning"
    assert Unit.objects.get(slug="nuovo").history.count() == 1


def test_import_changes_the_row_with_that_key(office):
    person = Person.objects.get(employee_number="0006")
    before = Person.objects.employees().count()
    text = "employee_number,part_time_percent,hired_on\n0006,80,31.12.2001\n"

    confirm(office, Person, upload(office, Person, text))

    person.refresh_from_db()
    assert (person.part_time_percent, person.hired_on) == (80, datetime.date(2001, 12, 31))
    assert Person.objects.employees().count() == before


def test_import_finds_the_branch_named_by_the_other_columns(office, bergamo):
    being_updated(bergamo.plan)
    action = Action.objects.filter(objective__code="1.1").first()
    objective = action.objective
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["plan", "chart", "perspective", "objective", "name", "position"])
    branch = ["2021", "strategy", objective.perspective.name, objective.name]
    writer.writerow([*branch, "Azione nuova", "99"])

    confirm(office, Action, upload(office, Action, text.getvalue()))

    assert Action.objects.get(name="Azione nuova").objective == objective


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Person, "employee_number,part_time_percent\n0006,1.000\n"),
        (Person, "employee_number,part_time_percent\n0006,101\n"),
        (Person, "employee_number,unit\n0006,nessuna\n"),
        (Person, "employee_number,hired_on\n0006,2021\n"),
        (Person, "employee_number,part_time_percent\n,50\n"),
        (Person, "employee_number,part_time_percent\n0006,50\n0006,60\n"),
        (Person, "part_time_percent\n50\n"),
        (Unit, "slug,parent\ncamera,registro-imprese\n"),
    ],
    ids=["thousands", "range", "link", "date", "no key", "twice", "no column", "cycle"],
)
def test_import_refuses_and_stores_nothing(office, model, text):
    before = list(model.objects.order_by("pk").values())

    preview = upload(office, model, text)

    result = preview.context["result"]
    assert result.has_errors() or result.has_validation_errors()
    assert preview.context.get("confirm_form") is None
    assert list(model.objects.order_by("pk").values()) == before


def test_import_refuses_a_file_too_heavy(office):
    response = upload(office, Source, "name\n" + "a" * 5 * 1024 * 1024)

    assert list(response.context["form"].errors) == ["import_file"]


def test_import_refuses_too_many_rows(office):
    text = "name\n" + "".join(f"Fonte {n}\n" for n in range(10_001))

    result = upload(office, Source, text).context["result"]

    assert result.has_errors()
    assert "10000" in str(result.base_errors[0].error)
    assert result.rows == []


def test_export_starts_no_formula_and_comes_back_as_it_was(office):
    wild = ["=1+1", "+39", "-", "@nome"]
    for name in wild:
        factories.source(name=name)

    text = exported(office, Source).decode()

    names = {row["name"] for row in csv.DictReader(io.StringIO(text))}
    assert {f"'{name}" for name in wild} <= names
    result = upload(office, Source, text).context["result"]
    assert {row.import_type for row in result.rows} == {"skip"}


def test_export_to_xlsx_keeps_numbers_and_texts(office):
    factories.source(name="=1+1")

    book = load_workbook(io.BytesIO(exported(office, Source, "1")))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]

    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=1+1" in [cell.value for cell in cells]


def test_appointment_is_made_by_the_operation(office):
    person, unit = factories.person(), factories.unit()
    data = {"person": person.pk, "role": "hr", "unit": unit.pk, "starts_on": "01.02.2021"}

    office.post(address(Appointment, "add"), data | {"ends_on": ""})

    made = Appointment.objects.get(person=person)
    assert made.starts_on == datetime.date(2021, 2, 1)
    assert [event.verb for event in AuditEvent.objects.about(made)] == ["appointment.made"]


def test_appointment_is_ended_by_the_operation(office):
    made = factories.appointment()

    office.post(address(Appointment, "change", made.pk), {"ends_on": "30.06.2021"})

    made.refresh_from_db()
    assert made.ends_on == datetime.date(2021, 6, 30)
    assert [event.verb for event in AuditEvent.objects.about(made)] == ["appointment.ended"]


def test_appointment_unchanged_leaves_no_trace(office):
    made = factories.appointment()

    office.post(address(Appointment, "change", made.pk), {"ends_on": ""})

    assert not AuditEvent.objects.about(made).exists()


@pytest.mark.parametrize("ends_on", ["31.12.2019", "ieri"])
def test_appointment_with_a_wrong_last_day_is_asked_again(office, ends_on):
    made = factories.appointment()

    response = office.post(address(Appointment, "change", made.pk), {"ends_on": ends_on})

    assert list(response.context["adminform"].form.errors) == ["ends_on"]


def test_appointment_of_whoever_has_left_is_asked_again(office):
    person = factories.person(left_on=datetime.date(2021, 1, 1))
    data = {"person": person.pk, "role": "hr", "unit": person.unit_id, "starts_on": "01.02.2021"}

    response = office.post(address(Appointment, "add"), data)

    assert list(response.context["adminform"].form.errors) == ["person"]


def test_a_second_head_is_refused_on_the_form(office):
    held = factories.appointment(role=Role.UNIT_HEAD)
    days = {"starts_on": "01.02.2021", "ends_on": "30.06.2021"}
    data = {"person": factories.person().pk, "role": "unit_head", "unit": held.unit_id} | days

    response = office.post(address(Appointment, "add"), data)

    [told] = response.context["adminform"].form.non_field_errors()
    assert told.startswith(f"{held.person} ha questo incarico dal 1.1.2020")
    assert held.unit.appointments.count() == 1


def test_ended_appointment_stays_as_it_is(office):
    made = factories.appointment(ends_on=datetime.date(2021, 1, 1))

    office.post(address(Appointment, "change", made.pk), {"ends_on": "01.02.2021"})

    made.refresh_from_db()
    assert made.ends_on == datetime.date(2021, 1, 1)


def test_administration_is_of_administrators(client, bergamo):
    client.force_login(bergamo.user("pianificazione"))

    assert client.get("/admin/").status_code == 302


def test_text_of_a_section_is_cleaned_at_this_door_too(office, bergamo):
    being_updated(bergamo.plan)
    section = bergamo.plan.sections.get(slug="premessa")
    page = office.get(address(Section, "change", section.pk))
    form = page.context["adminform"].form
    inline = page.context["inline_admin_formsets"][0].formset.management_form.initial
    data = {name: form[name].value() for name in form.fields} | {
        "body": "<p onclick='x()'>Testo</p><script>x()</script>",
        **{f"blocks-{name}": value for name, value in inline.items()},
        "blocks-INITIAL_FORMS": 0,
        "blocks-TOTAL_FORMS": 1,
        "blocks-0-section": section.pk,
        "blocks-0-position": 99,
        "blocks-0-kind": "reference_table",
        "blocks-0-lead": "<p>Prima</p><img src=x onerror=x()>",
    }

    answer = office.post(
        address(Section, "change", section.pk), {k: v for k, v in data.items() if v is not None}
    )

    assert answer.status_code == 302, answer.context["errors"]
    section.refresh_from_db()
    assert (section.body, section.blocks.get(position=99).lead) == ("<p>Testo</p>", "<p>Prima</p>")


def test_history_is_no_way_back_past_the_operations(office, bergamo):
    record = bergamo.plan.history.earliest()
    past = reverse("admin:strategy_plan_simple_history", args=[bergamo.plan.pk, record.pk])

    shown, reverted = office.get(past), office.post(past, {"title": "x"})

    bergamo.plan.refresh_from_db()
    assert (shown.status_code, reverted.status_code) == (200, 403)
    assert (record.state, bergamo.plan.state) == ("proposed", "published")


@pytest.mark.parametrize("key", ["x", "9" * 30, "9" * 5000], ids=len)
def test_a_key_that_no_row_has_has_no_history(office, key):
    assert office.get(f"/admin/strategy/plan/{key}/history/").status_code == 404


def test_triennium_of_a_plan_with_editions_stays(office, bergamo):
    form = office.get(address(Plan, "change", bergamo.plan.pk)).context["adminform"].form
    fresh = office.get(address(Plan, "add")).context["adminform"].form

    assert ("first_year" in form.fields, "first_year" in fresh.fields) == (False, True)
