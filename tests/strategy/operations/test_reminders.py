"""Reminders: to whom, about what, once, in working hours, through a real mail server."""

import datetime
import threading
from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from organization.enums import Role
from organization.models import Institution, Unit, User
from strategy.enums import PlanState
from strategy.models import MonitoringPeriod, Plan, Recording, Reminder
from strategy.monitoring_enums import ReminderKind
from strategy.operations.reminders import send_reminders
from strategy.reports.mailbox import FILES, kept_mail
from strategy.reports.reminders import kind_due, reminders_due
from tests import factories
from tests.smtp import MailServer
from tests.strategy.recording import READY, TODAY, make_service

pytestmark = pytest.mark.slow

BASE = "https://performance.example.org"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(moment: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.fromisoformat(moment))


@pytest.fixture
def server(settings):
    """A mail server of its own on the loopback interface."""
    started = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
    settings.BASE_URL = BASE
    yield started
    started.stop()


@pytest.fixture
def waiting(service):
    """Two figures of the Servizio Registro imprese that are not sent, one that is."""
    service.sent(service.indicator("Inviato"))
    service.enter(service.indicator("Bozza"), **READY)
    service.indicator("Vuoto")
    return service


def told(server: MailServer) -> dict[str, str]:
    """Subjects by recipient."""
    return {",".join(one.recipients): one.message["Subject"] for one in server.delivered}


# What is due


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2024-06-29", None),
        ("2024-06-30", ReminderKind.OPENED),
        ("2024-07-07", ReminderKind.OPENED),
        ("2024-07-08", ReminderKind.WEEK_BEFORE),
        ("2024-07-15", ReminderKind.WEEK_BEFORE),
        ("2024-07-16", ReminderKind.OVERDUE),
        ("2024-08-14", ReminderKind.OVERDUE),
        ("2024-08-15", None),
    ],
)
def test_which_reminder_is_due(service, on, kind):
    assert kind_due(service.period, day(on)) == kind


def test_a_locked_period_reminds_only_after_its_days(service):
    service.period.is_locked = True

    assert kind_due(service.period, TODAY) is None
    assert kind_due(service.period, day("2024-07-16")) == ReminderKind.OVERDUE


def people(on: str) -> dict[str, list[tuple[str, int]]]:
    found = reminders_due(day(on))
    return {user.username: [(item.desk, item.count) for item in x] for user, x in found.items()}


def test_a_head_and_the_substitute_are_reminded_of_what_is_not_sent(waiting, bergamo):
    factories.delegation(
        unit=waiting.unit,
        delegate=bergamo.user("dipendente").person,
        starts_on=TODAY,
        ends_on=TODAY,
    )

    assert people("2024-07-05") == {
        "responsabile": [("registro-imprese", 2)],
        "dipendente": [("registro-imprese", 2)],
    }


def test_after_the_close_planning_is_told_what_is_missing(waiting):
    assert people("2024-07-16") == {"pianificazione": [("registro-imprese", 2)]}


def test_planning_is_reminded_of_what_nobody_supplies(service):
    indicator = factories.indicator()
    factories.target(indicator=indicator, cycle=2024)
    strategic = factories.dashboard(plan=service.plan, kind="strategic", slug="strategico")
    factories.dashboard_row(dashboard=strategic, indicator=indicator)

    assert people("2024-07-05") == {"pianificazione": [("pianificazione", 1)]}


def test_the_figures_of_an_office_are_asked_of_its_service(service):
    service.indicator(supplier=Unit.objects.get(slug="ufficio-aqi"))

    assert people("2024-07-05") == {"responsabile": [("registro-imprese", 1)]}


@pytest.mark.parametrize("changed", [{"is_active": False}, {"email": ""}])
def test_who_has_no_account_or_address_is_not_written_to(waiting, changed):
    User.objects.filter(pk=waiting.head.pk).update(**changed)

    assert people("2024-07-05") == {}


def test_a_closed_plan_reminds_nobody(waiting):
    Plan.objects.filter(pk=waiting.plan.pk).update(state=PlanState.CLOSED)

    assert people("2024-07-05") == {}


@pytest.mark.parametrize("on", ["2024-07-05", "2024-07-16"])
def test_nobody_is_reminded_of_a_closed_year(waiting, on):
    factories.year_closing(plan=waiting.plan, year=2024)

    assert people(on) == {}


def test_when_all_is_sent_nobody_is_reminded(service):
    service.sent(service.indicator())

    assert (people("2024-07-05"), people("2024-07-20"), people("2030-01-01")) == ({}, {}, {})


# What is sent


def test_one_message_for_each_person_with_a_direct_link(waiting, server):
    run = send_reminders(now=at("2024-07-05T09:00"))

    [mail] = server.delivered
    assert (run.sent, mail.recipients) == (["responsabile@example.org"],) * 2
    assert mail.message["Subject"] == "2 valori da rilevare entro il giorno 15.7.2024"
    text = mail.message.get_content()
    assert "- Servizio Registro imprese: 2 valori" in text
    assert f"{BASE}/piano/2024/da-rilevare/?periodo=2024-06-30&unita=registro-imprese" in text
    assert f"{BASE}/deleghe/" in text
    kept = Reminder.objects.get()
    assert (kept.user, kept.kind, kept.period, kept.due_on) == (
        waiting.head,
        ReminderKind.OPENED,
        waiting.period,
        waiting.period.closes_on,
    )


def test_several_units_and_periods_are_one_message(waiting, server, bergamo):
    other = Unit.objects.get(slug="sportelli-polifunzionali")
    other.appointments.filter(role=Role.UNIT_HEAD).update(ends_on=day("2024-01-01"))
    factories.appointment(
        person=waiting.head.person, role=Role.UNIT_HEAD, unit=other, starts_on=day("2024-01-02")
    )
    waiting.indicator("Di un altro servizio", supplier=other)
    factories.monitoring_period(
        plan=waiting.plan,
        ends_on=day("2024-05-31"),
        closes_on=day("2024-07-10"),
        reopening_reason="Dati tardivi.",
    )

    send_reminders(now=at("2024-07-05T09:00"))

    [mail] = server.delivered
    assert mail.message["Subject"].endswith("entro il giorno 10.7.2024")
    assert mail.message.get_content().count("unita=") == 4
    assert sorted(Reminder.objects.values_list("kind", flat=True)) == ["opened", "week_before"]


def test_a_second_run_sends_nothing_again(waiting, server):
    send_reminders(now=at("2024-07-05T09:00"))
    again = send_reminders(now=at("2024-07-05T09:30"))

    assert (again.sent, len(server.delivered), Reminder.objects.count()) == ([], 1, 1)


def test_each_stage_is_told_once(waiting, server):
    for moment in ("07-05", "07-08", "07-09", "07-15", "07-16", "07-17"):
        send_reminders(now=at(f"2024-{moment}T09:00"))

    assert [one.recipients for one in server.delivered] == [
        ["responsabile@example.org"],
        ["responsabile@example.org"],
        ["pianificazione@example.org"],
    ]
    assert server.delivered[-1].message["Subject"] == "2 valori mancano dal giorno 15.7.2024"


def test_what_is_missing_in_many_units_leads_to_one_page(waiting, server, bergamo):
    waiting.indicator("Di un altro servizio", supplier=Unit.objects.get(slug="affari-generali"))

    send_reminders(now=at("2024-07-16T09:00"))

    text = server.delivered[-1].message.get_content()
    assert text.count("\n- Servizio") == 2
    assert text.count(f"{BASE}/piano/2024/periodi/") == 1
    assert "/deleghe/" not in text


def test_a_reopened_period_reminds_anew(waiting, server):
    send_reminders(now=at("2024-07-08T09:00"))
    MonitoringPeriod.objects.filter(pk=waiting.period.pk).update(closes_on=day("2024-07-20"))

    send_reminders(now=at("2024-07-15T09:00"))

    assert list(told(server).values()) == ["2 valori da rilevare entro il giorno 20.7.2024"]
    assert len(server.delivered) == 2


@pytest.mark.parametrize(
    "moment",
    ["2024-07-05T07:29", "2024-07-05T19:30", "2024-07-06T12:00", "2024-07-07T12:00"],
)
def test_nobody_is_written_to_at_rest(waiting, server, moment):
    run = send_reminders(now=at(moment))

    assert (run.is_quiet, server.delivered, Reminder.objects.count()) == (True, [], 0)


def test_nor_on_the_day_of_the_patron(waiting, server):
    Institution.objects.update(patron_day="5.7")

    assert send_reminders(now=at("2024-07-05T09:00")).is_quiet
    Institution.objects.all().delete()
    assert not send_reminders(now=at("2024-07-05T09:00")).is_quiet


def test_what_the_server_refuses_is_tried_again(waiting, server, bergamo):
    factories.delegation(
        unit=waiting.unit,
        delegate=bergamo.user("dipendente").person,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    server.refused = {"responsabile@example.org"}
    first = send_reminders(now=at("2024-07-05T09:00"))
    server.refused = set()

    second = send_reminders(now=at("2024-07-05T09:30"))

    assert (first.sent, len(first.failed)) == (["dipendente@example.org"], 1)
    assert "responsabile@example.org" in first.failed[0]
    assert (second.sent, second.failed) == (["responsabile@example.org"], [])


def test_without_a_server_nothing_is_marked_as_sent(waiting, server):
    server.stop()

    run = send_reminders(now=at("2024-07-05T09:00"))

    assert (run.sent, len(run.failed), Reminder.objects.count()) == ([], 1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_once(settings, server):
    settings.DEMO_DATE = TODAY
    service = make_service()
    service.indicator()
    start, sent = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(10)
            sent.extend(send_reminders(now=at("2024-07-05T09:00")).sent)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sent == ["responsabile@example.org"]
    assert (len(server.delivered), Reminder.objects.count()) == (1, 1)


def test_the_same_reminder_is_kept_once(db):
    made = factories.reminder()
    made.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_figures(service, django_assert_num_queries, count):
    for number in range(count):
        service.indicator(f"N. {number}")

    with django_assert_num_queries(9):
        reminders_due(TODAY)


# The command


def command(**options) -> str:
    said = StringIO()
    call_command("send_reminders", stdout=said, **options)
    return said.getvalue().strip()


def test_the_command_sends_and_counts(waiting, server):
    assert command(hour=9) == "1 promemoria inviato."
    assert command(hour=9) == "0 promemoria inviati."
    assert command(hour=3) == "A quest’ora non si scrive a nessuno."
    assert len(server.delivered) == 1


def test_the_command_writes_to_nobody_while_the_whole_chamber_is_closed(waiting, server):
    factories.closure(starts_on=TODAY, ends_on=TODAY)

    assert command(hour=9) == "A quest’ora non si scrive a nessuno."
    assert (server.delivered, Reminder.objects.count()) == ([], 0)


def test_the_command_tells_what_was_not_sent(waiting, server):
    server.refused = {"responsabile@example.org"}

    with pytest.raises(CommandError, match=r"responsabile@example\.org"):
        command(hour=9)


def test_the_command_wants_an_address_for_its_links(waiting, server, settings):
    settings.BASE_URL = ""

    with pytest.raises(CommandError, match="BASE_URL"):
        command()

    assert server.delivered == []


def test_another_hour_is_for_demonstrations(db, settings):
    settings.DEMO_DATE, settings.BASE_URL = None, BASE

    with pytest.raises(CommandError, match="DEMO_DATE"):
        command(hour=9)


# The page

PAGE = reverse("strategy:reminder-list", args=[2024])


@pytest.fixture
def files(settings, tmp_path):
    """Messages kept in files, as the demonstration does."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILES, tmp_path / "mail"
    settings.BASE_URL = BASE
    return settings


def test_planning_sees_who_was_reminded_and_in_a_demonstration_the_text(waiting, files, client):
    send_reminders(now=at("2024-07-05T09:00"))
    client.force_login(waiting.planner)

    answer = client.get(PAGE)

    assert [one.user for one in answer.context["reminders"]] == [waiting.head]
    [mail] = answer.context["mails"]
    assert (mail.to, mail.subject) == (
        "responsabile@example.org",
        "2 valori da rilevare entro il giorno 15.7.2024",
    )
    assert "Servizio Registro imprese: 2 valori" in mail.text
    assert mail.at is not None


def test_elsewhere_no_text_is_kept(service, server, client, bergamo):
    client.force_login(bergamo.user("amministratore"))

    answer = client.get(PAGE)

    assert (answer.context["mails"], answer.context["is_kept"]) == ([], False)


def test_the_newest_messages_come_first_and_not_all_of_them(files, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    for number in range(40):
        text = f"To: uno@example.org\nSubject: n. {number}\n\nTesto.\n" + "-" * 79 + "\n"
        (folder / f"20240705-{number:03}.log").write_text(text, "utf-8")
    (folder / "20240706-000.log").write_text("\n", "utf-8")

    found = kept_mail()

    assert (len(found), found[0].subject, found[0].at) == (30, "n. 39", None)


def test_a_message_with_a_file_is_read_like_the_others(service, client, files):
    mail = EmailMessage("Giornate approvate", "Testo.", to=["uno@example.org"])
    mail.attach("giornata.ics", "BEGIN:VCALENDAR", "text/calendar")
    mail.send()
    client.force_login(service.planner)

    page = client.get(PAGE).content.decode()
    [found] = kept_mail()

    assert (found.subject, found.text, found.attached) == (
        "Giornate approvate",
        "Testo.",
        ("giornata.ics",),
    )
    assert "Allegati: giornata.ics" in page


@pytest.mark.parametrize("username", ["responsabile", "segretario", "oiv", "dipendente"])
def test_the_others_do_not_see_it(service, client, bergamo, username):
    client.force_login(bergamo.user(username))

    assert client.get(PAGE).status_code == 403


def test_figures_are_not_needed_to_look_at_the_page(service, client):
    client.force_login(service.planner)

    assert client.get(PAGE).content.decode().count("cp-empty__title") == 1
    assert Recording.objects.count() == 0
