"""A plan is adopted once, whole, and what was adopted never changes."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from organization.models import AuditEvent
from strategy.acts import Act
from strategy.enums import PlanState
from strategy.models import Edition, Plan
from strategy.operations import adopt_edition, publish_plan
from strategy.snapshots import canonical, plan_snapshot, sha256
from tests import factories
from tests.bergamo import PDF, protected

ACT = Act(type="Delibera", number="7", date=datetime.date(2040, 1, 20), body="Giunta")
AT = datetime.datetime(2040, 1, 20, 11, tzinfo=datetime.UTC)


def build(plan: Plan, *, act: Act) -> bytes:
    return f"{plan.label}, {act}".encode()


def files() -> list[str]:
    if not default_storage.exists("editions"):
        return []
    return default_storage.listdir("editions")[1]


@pytest.fixture
def plan(db: None) -> Plan:
    made = factories.plan(state=PlanState.PROPOSED)
    factories.dashboard_row(dashboard=factories.dashboard(plan=made))
    return made


@pytest.fixture
def secretary(bergamo):
    return bergamo.user("segretario")


def test_adopt_edition_keeps_data_and_file_with_their_hashes(plan, secretary) -> None:
    edition = adopt_edition(plan, act=ACT, by=secretary, at=AT, pdf_builder=build)

    edition = Edition.objects.get(pk=edition.pk)
    assert edition.snapshot == canonical(plan_snapshot(plan))
    assert edition.snapshot_sha256 == sha256(edition.snapshot.encode())
    content = f"{plan.label}, Delibera di Giunta n. 7 del 20.1.2040".encode()
    with edition.pdf.open("rb") as file:
        assert file.read() == content
    assert (edition.pdf_sha256, edition.pdf_size) == (sha256(content), len(content))
    assert edition.pdf.name == f"editions/piano-performance-{plan.label}-rev-0.pdf"
    assert (edition.is_snapshot_intact(), edition.is_pdf_intact()) == (True, True)
    assert (edition.adopted_at, edition.adopted_by_label) == (AT, str(secretary))
    assert edition.act == str(ACT)


def test_adopt_edition_moves_the_plan_and_leaves_a_trace(plan, secretary) -> None:
    edition = adopt_edition(plan, act=ACT, by=secretary, at=AT, pdf_builder=build)

    plan.refresh_from_db()
    assert plan.state == PlanState.ADOPTED
    event = AuditEvent.objects.about(plan).get()
    assert (event.verb, event.at, event.actor_id) == ("plan.adopted", AT, str(secretary.pk))
    assert event.after == {
        "revision": 0,
        "act": str(ACT),
        "snapshot_sha256": edition.snapshot_sha256,
        "pdf_sha256": edition.pdf_sha256,
    }


def test_adopt_edition_states_the_moment_when_none_is_given(plan) -> None:
    edition = adopt_edition(plan, act=ACT, by=None, pdf_builder=build)

    age = datetime.datetime.now(tz=datetime.UTC) - edition.adopted_at
    assert age < datetime.timedelta(minutes=1)
    assert edition.adopted_by_label == ""


@pytest.mark.parametrize("state", [state for state in PlanState if state != PlanState.PROPOSED])
def test_adopt_edition_refuses_a_plan_not_proposed(db, state) -> None:
    made = factories.plan(state=state)

    with pytest.raises(ValidationError) as refusal:
        adopt_edition(made, act=ACT, by=None, pdf_builder=build)

    assert refusal.value.code == "state"
    assert (made.editions.count(), files()) == (0, [])


def test_adopt_edition_refuses_a_revision_already_adopted(plan) -> None:
    factories.edition(plan=plan)

    with pytest.raises(ValidationError) as refusal:
        adopt_edition(plan, act=ACT, by=None, pdf_builder=build)

    assert refusal.value.code == "revision"
    assert (plan.editions.count(), files()) == (1, [])


def test_adopt_edition_refuses_a_plan_changed_under_it_and_leaves_no_file(plan) -> None:
    def build_slowly(plan: Plan, *, act: Act) -> bytes:
        factories.section(plan=plan)
        return build(plan, act=act)

    with pytest.raises(ValidationError) as refusal:
        adopt_edition(plan, act=ACT, by=None, pdf_builder=build_slowly)

    plan.refresh_from_db()
    assert refusal.value.code == "changed"
    assert (plan.state, plan.editions.count(), files()) == (PlanState.PROPOSED, 0, [])


def test_adopt_edition_refuses_an_act_without_number(plan) -> None:
    act = Act(type="Delibera", number="", date=ACT.date, body="Giunta")

    with pytest.raises(ValidationError) as refusal:
        adopt_edition(plan, act=act, by=None, pdf_builder=build)

    assert list(refusal.value.message_dict)[:1] == ["act_number"]
    assert files() == []


def test_publish_plan_moves_an_adopted_plan(db, secretary) -> None:
    adopted = factories.plan(state=PlanState.ADOPTED)

    published = publish_plan(adopted, by=secretary, at=AT)

    assert published.state == Plan.objects.get(pk=adopted.pk).state == PlanState.PUBLISHED
    event = AuditEvent.objects.about(adopted).get()
    assert (event.verb, event.at, event.after) == ("plan.published", AT, {"revision": 0})


def test_publish_plan_refuses_a_draft(db) -> None:
    draft = factories.plan()

    with pytest.raises(ValidationError) as refusal:
        publish_plan(draft, by=None)

    assert refusal.value.code == "state"
    assert Plan.objects.get(pk=draft.pk).state == PlanState.DRAFT


def test_the_loaded_edition_is_revision_0_of_january_2021(bergamo) -> None:
    edition = bergamo.edition

    assert edition.act == "Delibera di Giunta n. 2 del 25.1.2021"
    assert edition.adopted_at.isoformat() == "2021-01-25T11:00:00+00:00"
    assert bergamo.plan.state == PlanState.PUBLISHED
    assert (edition.is_snapshot_intact(), edition.is_pdf_intact()) == (True, True)
    assert edition.pdf_size == len(PDF)
    assert json.loads(edition.snapshot) == json.loads(canonical(plan_snapshot(bergamo.plan)))


def test_an_edition_is_not_changed_through_its_model(bergamo) -> None:
    edition = bergamo.edition
    edition.act_number = "3"

    with pytest.raises(ValidationError):
        edition.save()
    with pytest.raises(ValidationError):
        edition.delete()

    assert Edition.objects.get(pk=edition.pk).act_number == "2"


def test_the_database_refuses_to_change_an_edition(bergamo) -> None:
    editions = Edition.objects.filter(pk=bergamo.edition.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        editions.update(act_number="3")

    assert editions.get().act_number == "2"


def test_the_database_refuses_to_delete_an_edition(bergamo) -> None:
    editions = Edition.objects.filter(pk=bergamo.edition.pk)

    with (
        protected("strategy_edition"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        editions._raw_delete(editions.db)

    assert editions.count() == 1


def test_the_database_refuses_to_change_or_delete_the_trace(bergamo) -> None:
    events = AuditEvent.objects.filter(verb="plan.loaded")

    with pytest.raises(IntegrityError), transaction.atomic():
        events.update(verb="plan.forgotten")
    with (
        protected("organization_auditevent"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        events._raw_delete(events.db)

    assert events.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_plan_is_there_again_after_a_test_that_commits(bergamo, turn) -> None:
    bergamo.plan.sections.filter(slug="premessa").update(title=turn)

    titles = bergamo.plan.sections.filter(slug__in=["premessa", "mission"]).order_by("position")

    assert list(titles.values_list("title", flat=True)) == [
        turn,
        "Mission e principali attività",
    ]


def test_adopt_edition_is_refused_to_who_may_not_adopt(plan, bergamo) -> None:
    before = files()

    with pytest.raises(PermissionDenied):
        adopt_edition(plan, act=ACT, by=bergamo.user("pianificazione"), pdf_builder=build)

    plan.refresh_from_db()
    assert (plan.state, plan.editions.count()) == (PlanState.PROPOSED, 0)
    assert files() == before


def test_publish_plan_is_refused_to_who_may_only_read(bergamo) -> None:
    adopted = factories.plan(state=PlanState.ADOPTED)

    with pytest.raises(PermissionDenied):
        publish_plan(adopted, by=bergamo.user("oiv"))

    adopted.refresh_from_db()
    assert adopted.state == PlanState.ADOPTED
