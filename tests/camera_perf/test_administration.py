"""What the lists of the administration may be asked in the address, by whoever opens them."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from documents.models import Build
from organization.models import Delegation, Person, PersonalData
from pola.enums import VersionState
from pola.models import (
    ActivitySheet,
    AgreementEvaluation,
    CalendarFeed,
    DayNotice,
    Exemption,
    Incident,
    Interest,
    Suspension,
    Withdrawal,
)
from strategy.models import Action, DashboardRow
from tests import factories

DESKS = list(admin.site._registry.values())

# What is asked for, and the value that somebody's row has.
ASKED = [
    (Withdrawal, "notice_days", "90"),
    (Withdrawal, "letter", "a"),
    (Withdrawal, "decided_at__date", "2021-02-15"),
    (Interest, "grounds__isnull", "False"),
    (Interest, "grounds", "1"),
    (Interest, "decision_reason__icontains", "carico"),
    (Interest, "criterion_c", "0"),
    (Exemption, "reserved_reason__startswith", "immuno"),
    (Suspension, "reason__icontains", "ricovero"),
    (Incident, "person", "53"),
    (Incident, "description__icontains", "caduta"),
    (ActivitySheet, "quality_grade", "below"),
    (AgreementEvaluation, "effects__icontains", "terapie"),
    (DayNotice, "text__icontains", "visita"),
    (PersonalData, "tax_code__startswith", "SGG"),
    (PersonalData, "born_on__year", "1980"),
    (CalendarFeed, "token__startswith", "a"),
    (Person, "incidents__kind", "accident"),
    (Person, "unit__people__personal_data__tax_code__startswith", "SGG"),
    (Person, "unit__name__startswith", "S"),
    (Person, "pk", "1"),
]
# What the lists offer.
OFFERED = [
    (Build, "state__exact", "failed"),
    (Incident, "kind__exact", "accident"),
    (Incident, "happened_on__year", "2021"),
    (Interest, "unit__id__exact", "1"),
    (Interest, "unit__isnull", "True"),
    (Delegation, "starts_on__gte", "2021-01-01"),
    (Action, "objective__perspective__plan__id__exact", "1"),
    (DashboardRow, "dashboard__id__exact", "1"),
]


@pytest.fixture
def office(client, bergamo):
    client.force_login(bergamo.user("amministratore"))
    return client


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def asked(client, cases) -> dict[str, int]:
    return {
        f"{model.__name__} {name}={value}": client.get(list_of(model), {name: value}).status_code
        for model, name, value in cases
    }


def test_no_list_is_asked_what_its_pages_leave_out(office) -> None:
    factories.agile_work()

    answers = asked(office, ASKED)

    assert {case: status for case, status in answers.items() if status != 400} == {}


def test_a_list_is_filtered_by_what_it_declares(office) -> None:
    factories.agile_work()

    answers = asked(office, OFFERED)

    assert {case: status for case, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("options", DESKS, ids=lambda options: str(options.opts))
def test_every_list_refuses_what_it_does_not_declare(rf, options) -> None:
    """Every column and every link, to and from, of the model and of what it is linked to."""
    declared = declared_paths(options)
    request = rf.get("/admin/")

    answered = {
        lookup
        for path in paths_of(options.model) - declared
        for lookup in (path, f"{path}__exact", f"{path}__isnull", f"{path}__startswith")
        if options.lookup_allowed(lookup, "1", request)
    }

    # Where a link that is declared leads: what its filter itself asks.
    assert answered == {f"{path}__id__exact" for path in declared if is_link(options.model, path)}


def declared_paths(options) -> set[str]:
    """The fields that a list declares, as they are named."""
    named = [each for each in options.list_filter if not isinstance(each, type)]
    paths = {each if isinstance(each, str) else each[0] for each in named}
    return paths | ({options.date_hierarchy} - {None})


def is_link(model, path) -> bool:
    """The field is a link, at one step at most: further ones are not walked."""
    return path.count("__") == 0 and model._meta.get_field(path).is_relation


def paths_of(model) -> set[str]:
    """The fields of a model and those one link further, by name, with what points at it."""
    found = set()
    for field in model._meta.get_fields():
        found.add(field.name)
        if field.related_model:
            found |= {f"{field.name}__{far.name}" for far in field.related_model._meta.get_fields()}
    return found


@pytest.mark.parametrize("options", DESKS, ids=lambda options: str(options.opts))
def test_what_a_page_leaves_out_is_not_searched_nor_ordered_nor_remembered(options) -> None:
    fields = {field.name for field in options.model._meta.fields if not field.primary_key}
    hidden = fields & set(options.exclude or ()) | fields - set(options.fields or fields)
    ordering = {str(one).lstrip("-") for one in options.ordering or options.model._meta.ordering}
    remembered = set()
    if hasattr(options, "history_form_view"):
        remembered = {field.name for field in options.model.history.model._meta.fields}

    told = {*options.search_fields, *options.list_display, *ordering, *remembered}

    assert hidden & told == set()


def test_a_message_about_days_does_not_tell_when_it_was_written(office) -> None:
    """Of days that fall with a withdrawal it would be its day: with the last day, the notice."""
    told = ["1 giornata agile tolta", "12.7.2031", "2031-07-12", "12 luglio 2031"]
    at = datetime.datetime(2031, 7, 12, 9, tzinfo=datetime.UTC)
    sent = factories.day_notice(subject=told[0], queued_at=at, sent_at=at)
    waiting = factories.day_notice(subject=told[0], queued_at=at, person=sent.person)
    one = reverse("admin:pola_daynotice_change", args=[sent.pk])

    pages = [office.get(address).text for address in (list_of(DayNotice), one)]
    listed = office.get(list_of(DayNotice)).context["cl"]

    assert [words for words in told for page in pages if words in page] == []
    assert [str(sent.person) in page for page in pages] == [True, True]
    rows = {notice.pk: listed.model_admin.is_sent(notice) for notice in listed.queryset}
    assert (rows[sent.pk], rows[waiting.pk]) == (True, False)


def test_a_text_of_an_agreement_does_not_tell_when_it_fell(office) -> None:
    version = factories.agreement_version(state=VersionState.DROPPED)
    page = reverse("admin:pola_agreementversion_history", args=[version.pk])

    history = office.get(page)

    assert version.history.count() == 1
    assert list(history.context["action_list"]) == []


@pytest.mark.parametrize("field", ["token", "tax_code", "employee_number", "unit"])
def test_no_list_hands_out_another_field_than_the_key(office, field) -> None:
    answers = {
        office.get(list_of(model), {"_popup": "1", "_to_field": field}).status_code
        for model in (CalendarFeed, PersonalData, Person, Interest)
    }

    assert answers == {400}


def test_what_holds_a_person_is_not_told(office) -> None:
    """The report of an accident, data for the Ministry: whose they are is for HR alone."""
    factories.agile_work()
    person = Incident.objects.get().person
    kinds = [str(model._meta.verbose_name) for model in (Incident, PersonalData)]
    page = reverse("admin:organization_person_delete", args=[person.pk])
    many = {"action": "delete_selected", "_selected_action": [person.pk]}

    pages = [office.get(page).text, office.post(list_of(Person), many).text]

    assert [kind for kind in kinds for text in pages if kind in text] == []
    assert ["ciò che si conserva della persona" in text for text in pages] == [True, True]
    assert office.post(page, {"post": "yes"}).status_code == 403


def test_a_person_of_whom_nothing_is_kept_is_deleted(office) -> None:
    person = factories.person()

    office.post(reverse("admin:organization_person_delete", args=[person.pk]), {"post": "yes"})

    assert not Person.objects.filter(pk=person.pk).exists()
