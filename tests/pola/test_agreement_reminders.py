"""Who is told that an agreement is about to end, once each."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from organization.models import User
from pola.models import AgreementReminder
from pola.operations.agreement_reminders import send_expiry_reminders
from pola.reports.agreement_reminders import expiries_due, expiring
from tests import factories

NOON = datetime.datetime(2021, 6, 1, 12, tzinfo=ZoneInfo("Europe/Rome"))
DAY = NOON.date()


@pytest.fixture
def ending(desk):
    """Ends on 30 June 2021; the parties and HR have an address."""
    for name in ("employee", "dirigente", "hr", "head"):
        User.objects.filter(pk=getattr(desk, name).pk).update(email=f"{name}@prova.example")
    return factories.agreement(person=desk.employee.person, counterpart=desk.dirigente.person)


def test_told_to_the_parties_and_to_hr(desk, ending) -> None:
    factories.agreement(ends_on=datetime.date(2021, 7, 2))

    due = {user.email: agreements for user, agreements in expiries_due(DAY).items()}

    assert due == {
        "employee@prova.example": [ending],
        "dirigente@prova.example": [ending],
        "hr@prova.example": [ending],
        "personale@example.org": [ending],
    }


@pytest.mark.parametrize("case", ["too early", "withdrawn", "over"])
def test_nobody_is_told(desk, ending, case) -> None:
    day = DAY
    if case == "too early":
        day = datetime.date(2021, 5, 30)
    elif case == "withdrawn":
        factories.withdrawal(agreement=ending)
    else:
        day = datetime.date(2021, 7, 1)

    assert (expiring(day), expiries_due(day)) == ([], {})


def test_sent_once_with_its_page(desk, ending, settings) -> None:
    settings.BASE_URL = "https://ciclo.example.org"

    first = send_expiry_reminders(now=NOON)
    second = send_expiry_reminders(now=NOON)

    own = next(one for one in mail.outbox if one.to == ["employee@prova.example"])
    office = next(one for one in mail.outbox if one.to == ["hr@prova.example"])
    assert (len(first.sent), second.sent, AgreementReminder.objects.count()) == (4, [], 4)
    assert own.subject == "Il tuo accordo di lavoro agile finisce il giorno 30.6.2021"
    assert office.subject == "1 accordo di lavoro agile finisce il giorno 30.6.2021"
    assert f"https://ciclo.example.org{ending.get_absolute_url()}" in own.body


def test_a_renewal_reminds_anew(desk, ending) -> None:
    send_expiry_reminders(now=NOON)
    ending.ends_on = datetime.date(2021, 6, 29)
    ending.save()

    assert len(send_expiry_reminders(now=NOON).sent) == 4


def test_nothing_in_the_hours_of_rest(desk, ending) -> None:
    run = send_expiry_reminders(now=NOON.replace(hour=20))

    assert (run.is_quiet, mail.outbox) == (True, [])


def test_nothing_in_the_hours_of_rest_of_the_rule(desk, ending) -> None:
    factories.norm(key="rest_begins", printed="11.30", starts_on=NOON.date())

    assert send_expiry_reminders(now=NOON).is_quiet


def test_nothing_while_the_whole_chamber_is_closed(desk, ending) -> None:
    factories.closure(starts_on=NOON.date(), ends_on=NOON.date())

    assert (send_expiry_reminders(now=NOON).is_quiet, mail.outbox) == (True, [])


def test_what_the_server_refuses_is_tried_again(desk, ending, settings) -> None:
    settings.EMAIL_BACKEND = "tests.pola.test_agreement_reminders.Refusing"
    refused = send_expiry_reminders(now=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    sent = send_expiry_reminders(now=NOON)

    assert (len(refused.failed), refused.sent, len(sent.sent)) == (4, [], 4)


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, **_options) -> None:
        """Nothing to set up."""

    def send_messages(self, _messages) -> int:
        raise OSError("refused")


def test_another_run_was_quicker(desk, ending, settings) -> None:
    settings.EMAIL_BACKEND = "tests.pola.test_agreement_reminders.Quicker"
    Quicker.agreement = ending

    run = send_expiry_reminders(now=NOON)

    assert (run.sent, run.failed) == ([], [])


class Quicker(Refusing):
    """Another run keeps the same reminder in the same moment."""

    agreement = None

    def send_messages(self, messages) -> int:
        [user] = User.objects.filter(email=messages[0].to[0])
        factories.AgreementReminder.objects.create(
            agreement=self.agreement, user=user, due_on=self.agreement.ends_on, sent_at=NOON
        )
        return 1
