"""Adoption with its file, as a job, and by two people at once."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import connection

from documents.enums import BuildState
from documents.models import Build
from organization.models import AuditEvent
from strategy.acts import Act
from strategy.adoption_tasks import adopt_plan_job
from strategy.enums import PlanState
from strategy.models import Edition, Plan, Section
from strategy.operations import adopt_edition, request_adoption
from strategy.snapshots import sha256
from tests import factories

ACT = Act(type="Delibera", number="7", date=datetime.date(2021, 5, 20), body="Giunta")
FILE = b"%PDF-1.7 the act %%EOF"


def build(plan: Plan, *, act: Act) -> bytes:
    return f"{plan.label}, {act}".encode()


def content_of(file) -> bytes:
    with default_storage.open(file.name) as stored:
        return stored.read()


def files(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


@pytest.fixture
def plan(bergamo) -> Plan:
    made = factories.plan(state=PlanState.PROPOSED, revision=1, update_reason="Nuove risorse.")
    factories.edition(plan=made)
    return made


@pytest.fixture
def secretary(bergamo):
    return bergamo.user("segretario")


class Queue:
    """What was put in the queue."""

    def __init__(self) -> None:
        self.orders: list[tuple[int, dict]] = []

    def __call__(self, build_id: int, order: dict) -> None:
        self.orders.append((build_id, order))


@pytest.fixture
def order(plan, secretary, django_capture_on_commit_callbacks):
    """The adoption asked for: its build and what the job is told."""
    queue = Queue()
    with django_capture_on_commit_callbacks(execute=True):
        request_adoption(plan, act=ACT, act_file=FILE, by=secretary, enqueue=queue)
    return queue.orders[0]


def test_the_file_of_the_act_is_kept_with_its_hash(plan, secretary) -> None:
    edition = adopt_edition(plan, act=ACT, act_file=FILE, by=secretary, pdf_builder=build)

    kept = Edition.objects.get(pk=edition.pk)
    assert (content_of(kept.act_file), kept.act_file_sha256) == (FILE, sha256(FILE))
    assert kept.act_file.name == f"acts/atto-{plan.label}-rev-1.pdf"
    assert (kept.is_act_file_intact(), kept.reason) == (True, "Nuove risorse.")
    event = AuditEvent.objects.about(plan).get()
    assert event.after["act_file_sha256"] == sha256(FILE)


def test_a_refused_adoption_leaves_no_file(plan, secretary) -> None:
    def build_slowly(plan: Plan, *, act: Act) -> bytes:
        factories.section(plan=plan)
        return build(plan, act=act)

    with pytest.raises(ValidationError) as refusal:
        adopt_edition(plan, act=ACT, act_file=FILE, by=secretary, pdf_builder=build_slowly)

    assert refusal.value.code == "changed"
    assert (files("acts"), files("editions")[:0]) == ([], [])


def test_a_damaged_act_is_noticed(plan, secretary) -> None:
    edition = adopt_edition(plan, act=ACT, act_file=FILE, by=secretary, pdf_builder=build)
    with default_storage.open(edition.act_file.name, "wb") as file:
        file.write(b"another")
    assert edition.is_act_file_intact() is False

    default_storage.delete(edition.act_file.name)
    assert edition.is_act_file_intact() is False


def test_an_edition_without_a_file_of_the_act_is_whole(plan) -> None:
    edition = adopt_edition(plan, act=ACT, by=None, pdf_builder=build)

    assert (bool(edition.act_file), edition.is_act_file_intact()) == (False, True)
    assert "act_file_sha256" not in AuditEvent.objects.about(plan).get().after


def test_an_adoption_is_asked_for_once(plan, secretary, order) -> None:
    with pytest.raises(ValidationError) as refusal:
        request_adoption(plan, act=ACT, by=secretary, enqueue=Queue())

    assert refusal.value.code == "under_way"
    assert Build.objects.filter(kind=f"adoption-{plan.first_year}-rev-1").count() == 1
    assert (files("adoptions"), files("acts")) == ([f"atto-{plan.label}-rev-1.pdf"], [])


def test_an_adoption_without_file_leaves_nothing_waiting(
    plan, secretary, django_capture_on_commit_callbacks
) -> None:
    queue = Queue()
    with django_capture_on_commit_callbacks(execute=True):
        request_adoption(plan, act=ACT, by=secretary, enqueue=queue)

    assert (queue.orders[0][1]["act_file"], files("adoptions")) == ("", [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "act_number"),
        ({"type": "x" * 81}, "act_type"),
        ({"body": ""}, "act_body"),
        ({"date": datetime.date(2099, 1, 1)}, "act_date"),
    ],
)
def test_an_act_not_named_in_full_is_refused_at_once(plan, secretary, wrong, field) -> None:
    act = Act(**{"type": "Delibera", "number": "7", "date": ACT.date, "body": "Giunta"} | wrong)

    with pytest.raises(ValidationError) as refusal:
        request_adoption(plan, act=act, act_file=FILE, by=secretary, enqueue=Queue())

    assert list(refusal.value.message_dict) == [field]
    assert (Build.objects.count(), files("adoptions")) == (0, [])


def test_only_the_secretary_asks_for_the_adoption(plan, bergamo) -> None:
    with pytest.raises(PermissionDenied):
        request_adoption(plan, act=ACT, by=bergamo.user("pianificazione"), enqueue=Queue())

    assert Build.objects.count() == 0


def test_only_a_proposed_plan(secretary) -> None:
    with pytest.raises(ValidationError) as refusal:
        request_adoption(factories.plan(), act=ACT, by=secretary, enqueue=Queue())

    assert refusal.value.code == "state"


@pytest.mark.slow
def test_the_job_adopts_with_the_file_that_waited(plan, order) -> None:
    build_id, told = order

    adopt_plan_job.func(build_id, told)

    made = Build.objects.get(pk=build_id)
    edition = plan.editions.get(revision=1)
    plan.refresh_from_db()
    assert (made.state, made.error, plan.state) == (BuildState.DONE, "", PlanState.ADOPTED)
    assert (edition.act, content_of(edition.act_file)) == (str(ACT), FILE)
    assert (edition.is_pdf_intact(), made.sha256) == (True, edition.pdf_sha256)
    assert files("adoptions") == []


def test_a_plan_sent_back_meanwhile_is_not_adopted(plan, order) -> None:
    build_id, told = order
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.UPDATING)

    adopt_plan_job.func(build_id, told)

    made = Build.objects.get(pk=build_id)
    assert (made.state, bool(made.error)) == (BuildState.FAILED, True)
    assert (plan.editions.count(), files("adoptions")) == (1, [])


def test_who_is_not_secretary_any_more_does_not_adopt(plan, order, bergamo) -> None:
    build_id, told = order

    adopt_plan_job.func(build_id, told | {"by": bergamo.user("oiv").pk})

    assert Build.objects.get(pk=build_id).state == BuildState.FAILED
    assert plan.editions.count() == 1


def test_a_file_that_is_gone_is_said_on_the_build(plan, order) -> None:
    build_id, told = order
    default_storage.delete(told["act_file"])

    adopt_plan_job.func(build_id, told)

    assert Build.objects.get(pk=build_id).state == BuildState.FAILED
    assert plan.editions.count() == 1


def test_without_a_file_the_job_reads_none(plan, order) -> None:
    build_id, told = order
    Section.objects.filter(plan=plan).delete()
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.UPDATING)

    adopt_plan_job.func(build_id, told | {"act_file": ""})

    assert Build.objects.get(pk=build_id).state == BuildState.FAILED


@pytest.mark.django_db(transaction=True)
def test_of_two_adoptions_at_once_one_wins(bergamo) -> None:
    plan = factories.plan(state=PlanState.PROPOSED)
    built = threading.Barrier(2, timeout=20)
    codes: list[str] = []

    def build_together(plan: Plan, *, act: Act) -> bytes:
        built.wait()
        return build(plan, act=act)

    def adopt(number: str) -> None:
        act = Act(type="Delibera", number=number, date=ACT.date, body="Giunta")
        try:
            adopt_edition(plan, act=act, act_file=FILE, by=None, pdf_builder=build_together)
            codes.append("adopted")
        except ValidationError as refusal:
            codes.append(refusal.code)
        finally:
            connection.close()

    at_once([lambda: adopt("7"), lambda: adopt("8")])

    assert sorted(codes) == ["adopted", "revision"]
    edition = plan.editions.get()
    assert (edition.is_pdf_intact(), edition.is_act_file_intact()) == (True, True)
    assert len(files("acts")) == 1
    assert AuditEvent.objects.about(plan).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_is_taken(bergamo) -> None:
    plan = factories.plan(state=PlanState.PROPOSED)
    secretary = bergamo.user("segretario")
    start = threading.Barrier(2, timeout=20)
    codes: list[str] = []

    def ask() -> None:
        start.wait()
        try:
            request_adoption(plan, act=ACT, act_file=FILE, by=secretary, enqueue=Queue())
            codes.append("taken")
        except ValidationError as refusal:
            codes.append(refusal.code)
        finally:
            connection.close()

    at_once([ask, ask])

    assert sorted(codes) == ["taken", "under_way"]
    assert Build.objects.filter(kind=f"adoption-{plan.first_year}-rev-0").count() == 1
    assert len(files("adoptions")) == 1


def at_once(jobs) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
