"""The page of the life of a plan: shown, acted on, refused."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Build
from documents.operations import fail_build, finish_build, request_build, start_build
from organization.models import AuditEvent
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.operations.adoption import adoption_kind
from tests import factories
from tests.bergamo import PDF

pytestmark = pytest.mark.django_db

ACT_FILE = b"%PDF-1.7 the act %%EOF"
ADOPTION = {
    "act": "adopt_plan",
    "act_type": "Delibera",
    "act_body": "Giunta",
    "act_number": "7",
    "act_date": "20.5.2021",
}


@pytest.fixture(autouse=True)
def _queue_of_the_database(settings):
    """A request puts the job in the queue; nobody works on it."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


@pytest.fixture
def plan(bergamo) -> Plan:
    """A small plan of its own, a draft that nothing stops."""
    return factories.proposable_plan()


@pytest.fixture
def sign_in_as(bergamo, client):
    def sign_in(username: str):
        client.force_login(bergamo.user(username))
        return client

    return sign_in


def address(plan: Plan) -> str:
    return reverse("strategy:plan-life", args=[plan.first_year])


def put(plan: Plan, state: str) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=state)


def offered(response) -> list[str]:
    return [offer.act.value for offer in response.context["offers"]]


def state_of(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


OFFERS = {
    "pianificazione": {
        "draft": ["open_consultation"],
        "consultation": ["record_consultation", "propose_plan"],
        "proposed": ["send_back_plan"],
        "adopted": ["publish_plan"],
        "published": ["open_update"],
        "closed": [],
    },
    "segretario": {
        "draft": [],
        "consultation": [],
        "proposed": ["adopt_plan", "send_back_plan"],
        "adopted": ["publish_plan"],
        "published": ["close_plan"],
        "closed": [],
    },
    "oiv": {
        "draft": [],
        "consultation": [],
        "proposed": [],
        "adopted": [],
        "published": [],
        "closed": [],
    },
}


@pytest.mark.parametrize("username", OFFERS)
def test_each_person_is_offered_what_can_be_done_now(plan, sign_in_as, username) -> None:
    client = sign_in_as(username)
    found = {}
    for state in OFFERS[username]:
        put(plan, state)
        found[state] = offered(client.get(address(plan)))

    assert found == OFFERS[username]


def test_the_loaded_plan_shows_its_edition_and_its_story(bergamo, sign_in_as) -> None:
    response = sign_in_as("dipendente").get(address(bergamo.plan))

    lines = response.context["editions"]
    assert [(line.edition.revision, line.tone, line.integrity.is_whole) for line in lines] == [
        (0, "ok", True)
    ]
    assert [step.is_done for step in response.context["steps"]] == [True] * 5
    assert [step.detail for step in response.context["steps"]][3:] == ["25.1.2021", "25.1.2021"]
    assert len(response.context["happenings"]) == 3


def test_who_reads_the_trace_reads_all_of_it(bergamo, sign_in_as) -> None:
    factories.audit_event(
        verb="targets.edited", target_id=str(bergamo.plan.pk), target_label="Piano"
    )

    counts = {
        name: len(sign_in_as(name).get(address(bergamo.plan)).context["happenings"])
        for name in ("dipendente", "oiv")
    }

    assert counts == {"dipendente": 3, "oiv": 4}


def test_a_superseded_edition_is_marked(bergamo, sign_in_as) -> None:
    factories.edition(plan=bergamo.plan, revision=1, reason="Nuove risorse.")
    Plan.objects.filter(pk=bergamo.plan.pk).update(revision=1, state=PlanState.ADOPTED)

    lines = sign_in_as("oiv").get(address(bergamo.plan)).context["editions"]

    assert [(line.edition.revision, line.tone, line.is_public) for line in lines] == [
        (1, "info", False),
        (0, "caution", True),
    ]
    assert lines[0].integrity.pdf is False


def test_an_update_is_prepared_beside_its_edition(bergamo, sign_in_as) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        revision=1, state=PlanState.UPDATING, update_reason="Nuove risorse."
    )
    factories.consultation(plan=bergamo.plan, revision=0)

    response = sign_in_as("pianificazione").get(address(bergamo.plan))

    assert offered(response) == ["open_consultation", "propose_plan"]
    assert [step.is_now for step in response.context["steps"]] == [True, *[False] * 4]
    assert "Nuove risorse." in response.content.decode()


def test_who_was_not_heard_is_named(plan, sign_in_as) -> None:
    put(plan, PlanState.CONSULTATION)
    client = sign_in_as("pianificazione")
    before = client.get(address(plan)).context["not_heard"]

    factories.consultation(plan=plan, body="oiv")

    after = client.get(address(plan)).context["not_heard"]
    assert (before.count(", "), after.count(", ")) == (2, 1)


def test_the_whole_way_to_the_proposal_and_back(plan, sign_in_as) -> None:
    client = sign_in_as("pianificazione")
    opinion = {"body": "oiv", "held_on": "20.1.2021", "outcome": "remarks", "note": "Bene."}
    way = [
        ({"act": "open_consultation"}, "consultation"),
        ({"act": "record_consultation"} | opinion, "consultation"),
        ({"act": "propose_plan"}, "proposed"),
        ({"act": "send_back_plan", "reason": "Manca un parere."}, "draft"),
    ]

    states = []
    for posted, _state in way:
        response = client.post(address(plan), posted)
        assert (response.status_code, response.url) == (302, address(plan))
        states.append(state_of(plan))

    assert states == [state for _posted, state in way]
    assert plan.consultations.get().note == "Bene."


def test_publishing_updating_and_closing(plan, sign_in_as) -> None:
    put(plan, PlanState.ADOPTED)
    sign_in_as("segretario").post(address(plan), {"act": "publish_plan"})
    assert state_of(plan) == PlanState.PUBLISHED
    sign_in_as("pianificazione").post(
        address(plan), {"act": "open_update", "reason": "Nuove risorse."}
    )
    assert (state_of(plan), Plan.objects.get(pk=plan.pk).revision) == (PlanState.UPDATING, 1)
    put(plan, PlanState.PUBLISHED)
    sign_in_as("segretario").post(address(plan), {"act": "close_plan"})
    assert state_of(plan) == PlanState.CLOSED


def test_the_adoption_is_asked_for_and_followed(plan, sign_in_as) -> None:
    put(plan, PlanState.PROPOSED)
    client = sign_in_as("segretario")
    file = SimpleUploadedFile("delibera.pdf", ACT_FILE, "application/pdf")

    response = client.post(address(plan), ADOPTION | {"act_file": file})

    assert response.status_code == 302
    build = Build.objects.get(kind=adoption_kind(plan))
    page = client.get(address(plan))
    assert (page.context["build"], offered(page)) == (build, [])
    status = client.get(reverse("strategy:adoption-status", args=[plan.first_year]))
    assert "HX-Refresh" not in status.headers
    again = client.post(
        address(plan),
        ADOPTION | {"act_file": SimpleUploadedFile("delibera.pdf", ACT_FILE)},
    )
    assert (again.status_code, again.context["refused"].act) == (409, "adopt_plan")


def test_a_failed_adoption_says_why_and_is_offered_again(plan, sign_in_as) -> None:
    put(plan, PlanState.PROPOSED)
    build = request_build(kind=adoption_kind(plan), fingerprint="a" * 64, by="SG")
    fail_build(build=build, error="Mancano i caratteri.")
    client = sign_in_as("segretario")

    response = client.get(address(plan))

    assert "Mancano i caratteri." in response.content.decode()
    assert offered(response) == ["adopt_plan", "send_back_plan"]
    status = client.get(reverse("strategy:adoption-status", args=[plan.first_year]))
    assert status.headers["HX-Refresh"] == "true"


def test_a_finished_adoption_asks_for_the_whole_page(plan, sign_in_as) -> None:
    put(plan, PlanState.PROPOSED)
    build = request_build(kind=adoption_kind(plan), fingerprint="a" * 64, by="SG")
    finish_build(build=start_build(build=build), content=PDF, name="piano.pdf")
    put(plan, PlanState.ADOPTED)

    status = sign_in_as("oiv").get(reverse("strategy:adoption-status", args=[plan.first_year]))

    assert status.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (ACT_FILE, {"act_number": ""}),
        (ACT_FILE, {"act_date": "20.5.2099"}),
        (ACT_FILE, {"act_date": "ieri"}),
        (ACT_FILE, {"act_body": "x" * 81}),
        (b"not a pdf", {}),
        (b"", {}),
        (None, {}),
    ],
)
def test_a_wrong_act_is_refused_where_it_was_typed(plan, sign_in_as, content, wrong) -> None:
    put(plan, PlanState.PROPOSED)
    file = {} if content is None else {"act_file": SimpleUploadedFile("delibera.pdf", content)}

    response = sign_in_as("segretario").post(address(plan), ADOPTION | file | wrong)

    assert response.status_code == 200
    form = response.context["offers"][0].form
    # What was right in the file is not kept by any browser: it is asked for again.
    assert list(form.errors) == [*wrong, "act_file"]
    assert form["act_type"].value() == "Delibera"
    assert Build.objects.filter(kind=adoption_kind(plan)).count() == 0


@pytest.mark.parametrize(
    ("state", "posted", "fields"),
    [
        ("consultation", {"act": "record_consultation", "body": "oiv"}, "held_on outcome"),
        (
            "consultation",
            {
                "act": "record_consultation",
                "body": "oiv",
                "held_on": "1.1.2099",
                "outcome": "favourable",
            },
            "held_on",
        ),
        (
            "consultation",
            {
                "act": "record_consultation",
                "body": "oiv",
                "held_on": "1.1.2099",
                "outcome": "remarks",
                "note": " ",
            },
            "held_on note",
        ),
        ("published", {"act": "open_update", "reason": " "}, "reason"),
        ("published", {"act": "open_update", "reason": "x" * 4001}, "reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(plan, sign_in_as, state, posted, fields) -> None:
    put(plan, state)

    response = sign_in_as("pianificazione").post(address(plan), posted)

    assert response.status_code == 200
    assert list(response.context["offers"][0].form.errors) == fields.split()
    assert state_of(plan) == state


def test_an_unknown_act_is_a_bad_request(plan, sign_in_as) -> None:
    assert sign_in_as("segretario").post(address(plan), {"act": "burn"}).status_code == 400


def test_a_plan_not_visible_is_not_found(plan, sign_in_as) -> None:
    client = sign_in_as("dipendente")

    answers = [
        client.get(address(plan)).status_code,
        client.post(address(plan), {"act": "propose_plan"}).status_code,
    ]

    assert answers == [404, 404]


@pytest.mark.parametrize("username", ["oiv", "dirigente", "segretario"])
def test_a_reader_may_not_act(plan, sign_in_as, username) -> None:
    response = sign_in_as(username).post(address(plan), {"act": "open_consultation"})

    assert (response.status_code, state_of(plan)) == (403, PlanState.DRAFT)


def test_no_other_method(plan, sign_in_as) -> None:
    client = sign_in_as("segretario")

    assert [client.put(address(plan)).status_code, client.delete(address(plan)).status_code] == [
        405,
        405,
    ]


def test_a_stale_page_is_told_and_nothing_is_done(plan, sign_in_as) -> None:
    put(plan, PlanState.PUBLISHED)

    response = sign_in_as("pianificazione").post(address(plan), {"act": "propose_plan"})

    assert (response.status_code, state_of(plan)) == (409, PlanState.PUBLISHED)
    assert response.context["refused"].act == "propose_plan"
    assert AuditEvent.objects.about(plan).count() == 0


def test_a_file_of_an_edition_is_read_before_it_is_published(bergamo, sign_in_as) -> None:
    put(bergamo.plan, PlanState.ADOPTED)
    client = sign_in_as("segretario")
    private = reverse("strategy:edition-file", args=[2021, 0, "piano.pdf"])

    response = client.get(private)

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Cache-Control"] == "private, no-store"
    public = client.get(reverse("public-pdf", args=["2021-2023", 0]))
    assert public.status_code == 404


def test_a_damaged_file_is_not_given_out_and_the_page_says_so(
    bergamo, sign_in_as, settings
) -> None:
    (Path(settings.MEDIA_ROOT) / bergamo.edition.pdf.name).write_bytes(PDF + b".")
    client = sign_in_as("oiv")
    private = reverse("strategy:edition-file", args=[2021, 0, "piano.pdf"])

    response, page = client.get(private), client.get(address(bergamo.plan))

    assert response.status_code == 503
    assert response.context["back"] == address(bergamo.plan)
    assert page.context["editions"][0].integrity.is_whole is False
    assert private not in page.content.decode()


@pytest.mark.parametrize("path", ["rev-0/atto.pdf", "rev-1/piano.pdf", "rev-0/altro.pdf"])
def test_a_file_that_is_not_there_is_not_found(bergamo, sign_in_as, path) -> None:
    assert sign_in_as("oiv").get(f"{address(bergamo.plan)}{path}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_more(
    plan, sign_in_as, django_assert_num_queries, count
) -> None:
    put(plan, PlanState.PUBLISHED)
    for revision in range(count):
        factories.edition(plan=plan, revision=revision)
        factories.consultation(plan=plan, revision=revision)
        factories.audit_event(target_id=str(plan.pk), after={"revision": revision})
    client = sign_in_as("oiv")

    with django_assert_num_queries(10):
        client.get(address(plan))


@pytest.mark.parametrize(("state", "steps"), [("updating", 5), ("proposed", 4)])
def test_an_update_proposed_without_a_consultation_has_no_such_step(
    plan, sign_in_as, state, steps
) -> None:
    reason = "Variazione di bilancio."
    Plan.objects.filter(pk=plan.pk).update(state=state, revision=1, update_reason=reason)

    response = sign_in_as("dipendente").get(address(plan))

    assert len(response.context["steps"]) == steps
