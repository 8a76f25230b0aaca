"""What waits for whom in agile work, on the home page."""

import datetime

import pytest

from camera_perf.agile_tasks import agile_tasks
from camera_perf.home_facts import Facts
from camera_perf.home_probe import probe
from organization.models import User
from pola.enums import AgreementState, InterestState, VersionState
from pola.operations import ask_renewal
from pola.terms import terms_from_json
from tests import factories

DAY = datetime.date(2021, 6, 1)


@pytest.fixture
def urls_of(bergamo, settings):
    """`urls_of(user)`: where the tasks of somebody lead."""
    settings.DEMO_DATE = DAY

    def urls(user: User) -> list[str]:
        facts = Facts(User.objects.get(pk=user.pk), None, DAY)
        return [task.url for task in agile_tasks(facts, DAY)]

    return urls


def text_of(bergamo, state, agreement_state, **given):
    agreement = factories.agreement(
        person=bergamo.user("dipendente").person,
        counterpart=bergamo.user("dirigente").person,
        state=agreement_state,
    )
    return factories.agreement_version(agreement=agreement, state=state, **given)


def test_a_text_waits_for_both_sides(bergamo, urls_of) -> None:
    version = text_of(bergamo, VersionState.OFFERED, AgreementState.OFFERED)
    page = version.agreement.get_absolute_url()

    assert urls_of(bergamo.user("dipendente")) == urls_of(bergamo.user("dirigente")) == [page]
    assert urls_of(bergamo.user("responsabile")) == []


def test_a_text_whose_first_day_has_gone_by_is_to_give_back(bergamo, settings) -> None:
    version = text_of(bergamo, VersionState.OFFERED, AgreementState.OFFERED)
    day = terms_from_json(version.terms).starts_on
    user = User.objects.get(pk=bergamo.user("dirigente").pk)
    titles = []

    for settings.DEMO_DATE in (day, day + datetime.timedelta(days=1)):
        titles += [task.title for task in agile_tasks(Facts(user, None, DAY), DAY)]

    accept, give_back = titles
    assert accept.startswith("Accetta l’accordo")
    assert give_back.startswith("Restituisci l’accordo, il suo primo giorno è passato")


def test_a_text_being_written_waits_for_who_signs(bergamo, urls_of) -> None:
    version = text_of(bergamo, VersionState.WRITTEN, AgreementState.DRAFT)

    assert urls_of(bergamo.user("dirigente")) == [version.agreement.get_absolute_url()]
    assert urls_of(bergamo.user("dipendente")) == []


def test_requests_wait_for_hr_then_for_who_decides(bergamo, urls_of) -> None:
    dirigente = bergamo.user("dirigente")
    unit = bergamo.user("dipendente").person.unit
    for state in (InterestState.SENT, InterestState.CHECKED):
        worker = factories.person(unit=unit)
        factories.interest(person=worker, decider=dirigente.person, state=state)

    assert urls_of(bergamo.user("personale")) == ["/lavoro-agile/richieste/"]
    assert urls_of(dirigente) == ["/lavoro-agile/decisioni/"]
    assert urls_of(bergamo.user("dipendente")) == []


def test_a_renewal_waits_for_who_signs_until_an_evaluation_answers(bergamo, urls_of) -> None:
    agreement = text_of(bergamo, VersionState.IN_FORCE, AgreementState.RUNNING).agreement
    dirigente = bergamo.user("dirigente")

    ask_renewal(agreement, by=bergamo.user("dipendente"))

    assert urls_of(dirigente) == [f"/lavoro-agile/accordi/{agreement.pk}/rinnovo/"]
    assert urls_of(bergamo.user("dipendente")) == []


def test_an_agreement_about_to_end_is_told_to_the_person_to_who_signs_and_to_hr(
    bergamo, urls_of
) -> None:
    agreement = text_of(bergamo, VersionState.IN_FORCE, AgreementState.RUNNING).agreement
    register = "/lavoro-agile/accordi/?stato=in-scadenza"

    assert urls_of(bergamo.user("personale")) == [register]
    assert urls_of(bergamo.user("dirigente")) == [register]
    assert urls_of(bergamo.user("dipendente")) == [agreement.get_absolute_url()]
    assert urls_of(bergamo.user("responsabile")) == []


def test_the_home_asks_first_whether_an_agreement_ends(bergamo) -> None:
    text_of(bergamo, VersionState.IN_FORCE, AgreementState.RUNNING)
    concerned = {
        name: "endings" in probe(Facts(User.objects.get(username=name), None, DAY))
        for name in ("personale", "dirigente", "dipendente", "responsabile", "oiv")
    }

    assert [name for name, is_asked in concerned.items() if is_asked] == [
        "personale",
        "dirigente",
        "dipendente",
    ]


@pytest.mark.parametrize("name", ["oiv", "amministratore"])
def test_nothing_waits_for_who_is_no_employee(bergamo, urls_of, name) -> None:
    factories.interest()

    assert urls_of(bergamo.user(name)) == []
    assert urls_of(factories.user(person=None)) == []
