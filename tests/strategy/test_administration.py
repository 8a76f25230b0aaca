"""What the administration may change of a plan: nothing, once it is adopted."""

import csv
import io

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Indicator, Source, Target
from pola.models import AgileMonth, GuidelineArticle, GuidelineRule
from strategy.enums import PlanState
from strategy.models import (
    Action,
    Dashboard,
    DashboardRow,
    Perspective,
    Plan,
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
    StrategicObjective,
)
from tests import factories

# Pages of the administration: not for the inner loop.
pytestmark = pytest.mark.slow

PARTS = [
    Action,
    AgileMonth,
    Dashboard,
    DashboardRow,
    GuidelineArticle,
    GuidelineRule,
    Indicator,
    Perspective,
    Plan,
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
    Source,
    StrategicObjective,
    Target,
]
HELD = (
    "Piano della Performance 2021-2023, REV. 0 è pubblicato: ciò che contiene non si cambia qui. "
    "Apri prima un aggiornamento del piano, dalla pagina della sua vita."
)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def opened(plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")


@pytest.fixture
def desk(client, bergamo):
    """The administrator, the Bergamo plan published."""
    client.force_login(bergamo.user("amministratore"))
    return client


def written(page) -> dict:
    """What the form of a page would send as it stands."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for each in page.context["inline_admin_formsets"]:
        forms = [each.formset.management_form, *each.formset.forms]
        data |= {one.add_prefix(name): one[name].value() for one in forms for name in one.fields}
    return {
        name: "" if value is None else value for name, value in data.items() if value is not False
    }


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model._meta.label_lower)
def test_a_part_of_an_adopted_plan_is_looked_at(desk, bergamo, model) -> None:
    one = model.objects.first()

    page = desk.get(address(model, "change", one.pk))

    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert page.context["held_words"] == HELD
    assert f'{HELD} <a href="/piano/2021/vita/">Vita del piano</a>' in page.content.decode()


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model._meta.label_lower)
def test_nor_is_it_written_or_deleted(desk, bergamo, model) -> None:
    one, before = model.objects.first(), list(model.objects.values())

    answers = [
        desk.post(address(model, page, one.pk), {"post": "yes"}) for page in ("change", "delete")
    ]
    chosen = {"action": "delete_selected", "_selected_action": [one.pk], "post": "yes"}
    in_bulk = desk.post(address(model, "changelist"), chosen)

    assert [(each.status_code, each.context["exception"]) for each in answers] == [(403, HELD)] * 2
    assert in_bulk.status_code in {200, 403}  # 200 where something else protects it
    assert list(model.objects.values()) == before


def test_the_question_of_a_deletion_in_bulk_says_why(desk, bergamo) -> None:
    one = Perspective.objects.first()

    page = desk.post(
        address(Perspective, "changelist"),
        {"action": "delete_selected", "_selected_action": [one.pk]},
    )

    assert HELD in page.context["perms_lacking"]


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model._meta.label_lower)
def test_while_the_plan_is_updated_it_is_written(desk, bergamo, model) -> None:
    opened(bergamo.plan)
    one = model.objects.first()
    page = desk.get(address(model, "change", one.pk))

    answer = desk.post(address(model, "change", one.pk), written(page))

    assert "held_words" not in page.context
    assert answer.status_code == 302, answer.context["errors"]


def test_a_target_of_an_adopted_plan_stays(desk, bergamo) -> None:
    target = Target.objects.filter(cycle=2021, year=2021, printed="100%").first()
    page = desk.get(address(Target, "change", target.pk))

    answer = desk.post(
        address(Target, "change", target.pk),
        {**page.context["adminform"].form.initial, "printed": "80%"},
    )

    target.refresh_from_db()
    assert (answer.status_code, target.printed) == (403, "100%")
    assert target.history.count() == 1


def test_nor_is_a_part_written_in_a_list(desk, bergamo, monkeypatch) -> None:
    monkeypatch.setattr(admin.site.get_model_admin(DashboardRow), "list_editable", ["weight"])
    monkeypatch.setattr(admin.site.get_model_admin(DashboardRow), "list_per_page", 1)
    page = desk.get(address(DashboardRow, "changelist"))
    formset = page.context["cl"].formset
    [form] = formset.forms

    answer = desk.post(
        address(DashboardRow, "changelist"),
        {f"form-{name}": value for name, value in formset.management_form.initial.items()}
        | {"form-0-id": form.instance.pk, "form-0-weight": "9", "_save": "x"},
    )

    assert answer.context["cl"].formset.errors == [{"__all__": [HELD]}]
    assert not DashboardRow.objects.filter(weight=9).exists()


def test_nothing_is_added_to_an_adopted_plan(desk, bergamo) -> None:
    data = {"plan": bergamo.plan.pk, "chart": "strategy", "name": "Nuova", "position": 9}
    inline = {"objectives-TOTAL_FORMS": 0, "objectives-INITIAL_FORMS": 0}

    answer = desk.post(address(Perspective, "add"), data | inline)

    assert answer.context["adminform"].form.errors == {"__all__": [HELD]}
    assert not Perspective.objects.filter(name="Nuova").exists()


def test_nothing_passes_from_a_draft_into_an_adopted_plan(desk, bergamo) -> None:
    table = factories.reference_table()
    page = desk.get(address(ReferenceTable, "change", table.pk))

    answer = desk.post(
        address(ReferenceTable, "change", table.pk), written(page) | {"plan": bergamo.plan.pk}
    )

    table.refresh_from_db()
    assert answer.context["adminform"].form.errors == {"__all__": [HELD]}
    assert table.plan != bergamo.plan


@pytest.fixture
def shared(bergamo):
    """An indicator of the published plan that stands on a draft too, with a target in each."""
    indicator = Indicator.objects.filter(targets__cycle=2021).first()
    row = factories.dashboard_row(indicator=indicator)
    factories.target(indicator=indicator, cycle=row.dashboard.plan.first_year, printed="70")
    return indicator


def test_an_indicator_that_a_draft_holds_too_is_described_anew(desk, shared) -> None:
    page = desk.get(address(Indicator, "change", shared.pk))

    answer = desk.post(
        address(Indicator, "change", shared.pk), written(page) | {"definition": "Detta meglio"}
    )

    shared.refresh_from_db()
    assert (answer.status_code, shared.definition) == (302, "Detta meglio")


def test_in_its_form_only_the_targets_of_the_draft_are_written(desk, shared) -> None:
    page = desk.get(address(Indicator, "change", shared.pk))
    [open_ones, held, _results] = page.context["inline_admin_formsets"]

    answer = desk.post(
        address(Indicator, "change", shared.pk), written(page) | {"targets-0-printed": "75"}
    )

    assert answer.status_code == 302
    assert (len(open_ones.formset.forms), len(held.formset.forms)) == (1, 4)
    changed = Target.objects.filter(indicator=shared).exclude(cycle=2021)
    assert [one.printed for one in changed] == ["75"]


def test_in_its_form_no_target_enters_an_adopted_plan(desk, shared) -> None:
    page = desk.get(address(Indicator, "change", shared.pk))
    Target.objects.filter(indicator=shared, cycle=2021, year=2023).delete()
    new = {"cycle": 2021, "year": 2023, "printed": "1", "polarity": "higher"}

    answer = desk.post(
        address(Indicator, "change", shared.pk),
        written(page)
        | {"targets-TOTAL_FORMS": 2}
        | {f"targets-1-{name}": value for name, value in new.items()}
        | {"targets-1-indicator": shared.pk},
    )

    formset = answer.context["inline_admin_formsets"][0].formset
    assert formset.errors[1] == {"__all__": [HELD]}
    assert not Target.objects.filter(indicator=shared, cycle=2021, year=2023).exists()


# Files


def file_of(*rows) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows([("plan", "chart", "name", "position"), *rows])
    return SimpleUploadedFile("dati.csv", text.getvalue().encode())


def preview(desk, *rows):
    given = {"import_file": file_of(*rows), "format": "0"}
    return desk.post(address(Perspective, "import"), given)


def test_a_row_that_touches_an_adopted_plan_stops_the_file(desk, bergamo) -> None:
    draft = factories.plan()

    page = preview(desk, (draft.first_year, "strategy", "A", 1), (2021, "strategy", "B", 9))

    [row] = page.context["result"].invalid_rows
    assert (row.number, row.error.messages) == (2, [HELD])
    assert page.context.get("confirm_form") is None
    assert not Perspective.objects.filter(name__in="AB").exists()


def test_targets_and_branches_of_a_draft_are_imported(desk) -> None:
    draft = factories.plan()
    page = preview(desk, (draft.first_year, "strategy", "A", 1))

    desk.post(address(Perspective, "process_import"), page.context["confirm_form"].initial)

    assert [one.name for one in draft.perspectives.all()] == ["A"]


def test_a_file_confirmed_after_the_adoption_stores_nothing(desk, bergamo) -> None:
    draft, other = factories.plan(), factories.plan()
    page = preview(
        desk, (draft.first_year, "strategy", "A", 1), (other.first_year, "strategy", "B", 1)
    )
    Plan.objects.filter(pk=other.pk).update(state=PlanState.ADOPTED)

    answer = desk.post(address(Perspective, "process_import"), page.context["confirm_form"].initial)

    assert not Perspective.objects.filter(plan__in=[draft, other]).exists()
    [told] = desk.get(answer["Location"]).context["messages"]
    assert (told.level_tag, str(told)) == (
        "error",
        "Non è stato importato nulla: dopo l’anteprima qualcosa è cambiato. "
        f"{other.version_label} è adottato: ciò che contiene non si cambia qui. Apri prima un "
        "aggiornamento del piano, dalla pagina della sua vita.",
    )


def test_what_was_adopted_meanwhile_is_not_deleted(rf, bergamo) -> None:
    desk, one = admin.site.get_model_admin(Perspective), factories.perspective()
    Plan.objects.filter(pk=one.plan_id).update(state=PlanState.ADOPTED)
    request = rf.post("/")

    for delete, what in [
        (desk.delete_model, Perspective.objects.get(pk=one.pk)),
        (desk.delete_queryset, Perspective.objects.filter(pk=one.pk)),
    ]:
        with pytest.raises(PermissionDenied):
            delete(request, what)

    assert Perspective.objects.filter(pk=one.pk).exists()
