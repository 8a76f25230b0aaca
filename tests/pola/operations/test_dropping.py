"""An agreement that both sides have not accepted is given up, and another one may follow."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from pola.enums import AgreementState, InterestState, VersionState
from pola.models import Agreement
from pola.operations import drop_agreement, give_back_agreement
from pola.operations.interests import problems_of_request
from tests import factories
from tests.pola.agreements import verbs


def on_its_way(desk, state: VersionState) -> Agreement:
    states = {VersionState.WRITTEN: AgreementState.DRAFT}
    agreement = factories.agreement(
        person=desk.employee.person,
        counterpart=desk.dirigente.person,
        state=states.get(state, AgreementState.OFFERED),
        interest=factories.interest(person=desk.employee.person, state=InterestState.GRANTED),
    )
    factories.agreement_version(agreement=agreement, state=state)
    return agreement


@pytest.mark.parametrize("state", [VersionState.WRITTEN, VersionState.OFFERED])
@pytest.mark.parametrize("who", ["employee", "dirigente", "hr"])
def test_given_up_by_either_side_and_asked_again(desk, state, who) -> None:
    agreement = on_its_way(desk, state)
    draft = factories.interest(person=agreement.person, state=InterestState.DRAFT)
    before = [one.code for one in problems_of_request(draft)]

    drop_agreement(agreement, reason=" Nota riservata ", by=getattr(desk, who))

    agreement.refresh_from_db()
    assert (agreement.state, agreement.drop_reason) == (AgreementState.DROPPED, "Nota riservata")
    assert agreement.versions.get().state == VersionState.DROPPED
    after = [one.code for one in problems_of_request(draft)]
    assert ("agreement" in before, "agreement" in after) == (True, False)
    assert verbs(agreement) == ["agreement.dropped"]
    [event] = AuditEvent.objects.about(agreement)
    assert "riservata" not in f"{event.note}{event.after}{event.before}"
    assert not hasattr(agreement.history.latest(), "drop_reason")


def test_given_up_with_a_reason_by_who_may_and_before_it_is_concluded(desk) -> None:
    agreement = on_its_way(desk, VersionState.OFFERED)
    colleague = factories.person(unit=desk.service)
    concluded = factories.agreement(person=colleague, counterpart=desk.dirigente.person)

    with pytest.raises(ValidationError) as silent:
        drop_agreement(agreement, reason=" ", by=desk.hr)
    with pytest.raises(PermissionDenied):
        drop_agreement(agreement, reason="x", by=desk.head)
    with pytest.raises(ValidationError) as late:
        drop_agreement(concluded, reason="x", by=desk.dirigente)

    assert list(silent.value.message_dict) == ["reason"]
    assert late.value.code == "state"


def test_a_text_given_back_and_dropped_is_not_the_one_that_was_offered(desk) -> None:
    agreement = on_its_way(desk, VersionState.OFFERED)
    version = agreement.versions.get()
    give_back_agreement(version, reason="Fasce.", by=desk.employee)
    version.refresh_from_db()
    is_fixed = version.is_fixed

    drop_agreement(agreement, reason="x", by=desk.hr)

    version.refresh_from_db()
    assert (is_fixed, version.is_fixed, version.text) == (False, False, "")
