"""Every page of the administration in the browser: accessible, as wide as the screen, no error."""

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from documents.models import Build
from indicators.models import Indicator, Source, Target
from organization.models import Appointment, Person, Unit, User
from pola.models import AgileMonth
from strategy.enums import PlanState
from strategy.models import Dashboard, Perspective, Plan, Section
from tests import factories
from tests.browser import assert_accessible
from tests.strategy.recording import figures_of

pytestmark = pytest.mark.slow

SITE = admin.site
APPS = sorted({model._meta.app_label for model in SITE._registry})
#: Two characters and a column: the list searched and sorted.
SEARCHED = "?q=an&o=-1"


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def request_of(rf, bergamo):
    """What a page is asked with by the administrator."""
    request = rf.get("/admin/")
    request.user = bergamo.user("amministratore")
    return request


@pytest.fixture
def desk(bergamo, request_of, sign_in, live_server, monkeypatch):
    """`desk(tab)`: the administrator at work, with something to look at in every table; the plan is
    being updated, so that its forms are written in."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(state=PlanState.UPDATING, update_reason="Altro.")
    for each in SITE._registry.values():
        monkeypatch.setattr(each, "list_per_page", 10)
    Build.objects.create(kind="plan", fingerprint="0" * 64)
    signing_in = {"username": "dipendente", "path_info": "/accedi/"}
    AccessAttempt.objects.create(**signing_in, failures_since_start=1)
    AccessFailureLog.objects.create(**signing_in)
    AccessLog.objects.create(**signing_in)
    DBTaskResult.objects.create(
        task_path="strategy.tasks.build", backend_name="default", args_kwargs={}
    )
    figures_of(bergamo, request_of.user)
    section = bergamo.plan.sections.first()
    factories.section_presence(section=section, user=request_of.user)
    factories.section_image(plan=bergamo.plan)
    factories.consultation(plan=bergamo.plan)
    factories.activity_result()
    factories.resolution()
    factories.year_reopening()
    factories.deviation_reason()
    factories.agile_work()
    factories.report_section()
    factories.oversight_note()
    finding = factories.criterion_finding()
    factories.report_validation(edition=finding.examination.edition)
    LogEntry.objects.log_actions(request_of.user.pk, Source.objects.all()[:3], 2, "")
    return lambda tab: sign_in(tab, request_of.user)


def own_pages(model) -> list[str]:
    """The addresses of the pages that each table draws in its own way: its list and its form."""
    desk = SITE._registry[model]
    one = model._default_manager.first()
    assert one is not None, f"nothing of {model} to look at"
    query = SEARCHED if desk.search_fields else ""
    return [address(model, "changelist") + query, address(model, "change", one.pk)]


def common_pages(model, request) -> list[str]:
    """The addresses of the pages that look alike for every table: seen for one of each application,
    asked for of all of them in test_admin.py."""
    desk = SITE._registry[model]
    one = model._default_manager.first()
    pages = [address(model, "history", one.pk)]
    if desk.has_add_permission(request):
        pages.append(address(model, "add"))
    if desk.has_delete_permission(request, one):
        pages.append(address(model, "delete", one.pk))
    if hasattr(desk, "import_action"):
        pages += [address(model, "import"), address(model, "export")]
    return pages


def faults_of(tab, *, examined: bool = True) -> list[str]:
    """What is wrong with the page as it stands; `examined` by axe too, which takes its time."""
    found = []
    if examined:
        try:
            assert_accessible(tab)
        except AssertionError as error:
            found.append(str(error))
    found += tab.watch.faults
    tab.watch.faults.clear()
    wide = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"{wide} px too wide")
    headings = tab.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} main headings")
    return found


def walk(tab, root, addresses, *, examined: bool = True) -> dict[str, list[str]]:
    """The faults of each page that has some."""
    faults = {}
    for each in addresses:
        answer = tab.goto(root + each, wait_until="load")
        found = faults_of(tab, examined=examined)
        if answer.status != 200:
            found.append(f"answer {answer.status}")
        if found:
            faults[each] = found
    return faults


@pytest.mark.parametrize("label", APPS)
def test_pages_of_the_administration(page, live_server, desk, request_of, label):
    desk(page)
    models = [model for model in SITE._registry if model._meta.app_label == label]
    widest = max(models, key=lambda model: len(common_pages(model, request_of)))
    alike = [each for model in models if model is not widest for each in own_pages(model)]
    one = [*own_pages(widest), *common_pages(widest, request_of)]

    assert walk(page, live_server.url, [reverse("admin:app_list", args=[label]), *one]) == {}
    assert walk(page, live_server.url, alike, examined=False) == {}


def test_pages_of_no_table(page, live_server, desk, bergamo):
    desk(page)
    account = bergamo.user("dipendente")
    addresses = [
        reverse("admin:index"),
        reverse("admin:password_change"),
        reverse("admin:auth_user_password_change", args=[account.pk]),
    ]

    assert walk(page, live_server.url, addresses) == {}


def test_pages_fit_the_phone(phone, live_server, desk, bergamo):
    desk(phone)
    addresses = [
        reverse("admin:index"),
        address(Person, "changelist"),
        address(Person, "import"),
        address(Appointment, "add"),
        address(User, "add"),
        *(address(model, "change", model.objects.first().pk) for model in (Perspective, Indicator)),
        address(Indicator, "history", Indicator.objects.first().pk),
        address(Perspective, "delete", Perspective.objects.first().pk),
    ]

    assert walk(phone, live_server.url, addresses) == {}


@pytest.mark.parametrize("tab", ["page", "phone"])
def test_what_an_adopted_plan_holds(request, live_server, desk, bergamo, tab):
    shown = request.getfixturevalue(tab)
    desk(shown)
    Plan.objects.filter(pk=bergamo.plan.pk).update(state=PlanState.PUBLISHED)
    models = [Dashboard, Indicator, Perspective, Section, Target]
    addresses = [address(model, "change", model.objects.first().pk) for model in models]

    assert walk(shown, live_server.url, addresses) == {}
    shown.get_by_role("link", name="Vita del piano").click()
    assert shown.url == f"{live_server.url}/piano/2021/vita/"


@pytest.mark.parametrize("model", [AgileMonth, Plan, Section, Target, Unit, User])
def test_what_a_row_was(page, live_server, desk, model):
    desk(page)
    one = model.objects.first()
    past = address(model, "simple_history", one.pk, one.history.first().pk)

    assert walk(page, live_server.url, [past]) == {}


def test_a_row_is_added_inside_a_form(page, live_server, desk):
    desk(page)
    page.goto(live_server.url + address(Indicator, "change", Indicator.objects.first().pk))
    rows = page.locator("#targets-group tr.form-row:not(.empty-form)")
    before = rows.count()

    page.locator("#targets-group .add-row a").click()
    rows.last.get_by_label("Anno", exact=True).fill("2024")

    assert rows.count() == before + 1
    assert faults_of(page) == []


def test_a_day_is_chosen_with_the_calendar_of_the_browser(page, live_server, desk):
    desk(page)
    one = Person.objects.exclude(hired_on=None).first()

    page.goto(live_server.url + address(Person, "change", one.pk))

    day = page.locator("[name=hired_on]")
    assert (day.get_attribute("type"), day.input_value()) == ("date", one.hired_on.isoformat())


@pytest.mark.parametrize(
    "text",
    ["name\nFonte nuova\n", "name\nFonte\nFonte\n", "name\n" + "a" * 500 + "\n"],
    ids=["preview", "refused file", "refused row"],
)
def test_what_an_import_shows(page, live_server, desk, text):
    desk(page)
    page.goto(live_server.url + address(Source, "import"))
    file = {"name": "fonti.csv", "mimeType": "text/csv", "buffer": text.encode()}

    page.locator("[name=import_file]").set_input_files(file)
    page.locator("[name=format]").select_option(index=1)
    with page.expect_navigation():
        page.locator(".submit-row [type=submit]").click()

    assert faults_of(page) == []


def test_a_form_with_errors(page, live_server, desk):
    desk(page)
    page.goto(live_server.url + address(Person, "add"))

    with page.expect_navigation():
        page.locator("[name=_save]").click()

    assert page.locator(".errornote").count() == 1
    assert faults_of(page) == []


def test_choices_are_plain_lists():
    """select2 writes styles into the page, which the policy forbids."""
    assert [model for model, desk in SITE._registry.items() if desk.autocomplete_fields] == []


@pytest.mark.parametrize("model", SITE._registry, ids=lambda model: model._meta.label_lower)
def test_a_list_costs_the_same_whatever_its_length(
    client, bergamo, model, django_assert_max_num_queries
):
    client.force_login(bergamo.user("amministratore"))

    with django_assert_max_num_queries(14):
        client.get(address(model, "changelist"))
