"""Nobody but HR and who decides reads why somebody has precedence or is exempted.

Special-category words stand in the reserved fields of one agreement; every page, export, page of
the administration, table of history, message and entry of the register is read by the others, and
none of them has one of the words. The person reads his own.
"""

from __future__ import annotations

import datetime
import io

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook

from organization.models import AuditEvent, User
from pola.enums import InterestState, Party, PriorityKind
from pola.models import (
    Agreement,
    AgreementEvaluation,
    DayEvent,
    DayNotice,
    Exemption,
    Interest,
    PriorityGround,
    Suspension,
    Withdrawal,
)
from pola.operations import (
    assess_interest,
    check_eligibility,
    grant_exemption,
    send_interest,
    suspend_agreement,
    withdraw_from_agreement,
)
from pola.operations.agreement_days import take_away_after
from pola.operations.agreement_life import is_known_protected
from pola.operations.agreement_reminders import send_expiry_reminders
from tests import factories
from tests.pola.agreements import again

pytestmark = pytest.mark.slow

# A word for each reserved field, and what the grounds are called on the screen.
WORDS = {
    "nota": "asma bronchiale",
    "deroga": "immunodepressione",
    "recesso": "invalidità civile",
    "sospensione": "ricovero ospedaliero",
    "decisione": "carico di famiglia",
    "valutazione": "rallentato dalle terapie",
    "messaggio": "visita oncologica",
    "maternità": "entro tre anni dalla fine del congedo",
    "L. 104": "figlio con disabilità",
    "L. 68": "disabilità propria",
    "fragile": "salute propria, lavoratore fragile",
}
RESERVED_MODELS = {
    AgreementEvaluation,
    DayNotice,
    Exemption,
    Interest,
    PriorityGround,
    Suspension,
    Withdrawal,
}
DAY = datetime.date(2021, 2, 15)
# The forms in which the grounds are asked of everybody: they say nothing of anybody.
ASKING = {"pola:interest-write"}


@pytest.fixture
def story(bergamo, settings):
    """An employee of Registro imprese whose whole story has reserved words in it."""
    settings.DEMO_DATE = DAY
    employee, dirigente, hr = (
        bergamo.user(name) for name in ("dipendente", "dirigente", "personale")
    )
    asked = factories.interest(person=employee.person, state=InterestState.DRAFT)
    for kind in PriorityKind.values:
        ended = datetime.date(2019, 9, 1) if kind == PriorityKind.MATERNITY else None
        factories.priority_ground(
            interest=asked, kind=kind, leave_ended_on=ended, note=WORDS["nota"]
        )
    send_interest(asked, by=employee)
    check_eligibility(asked, training_on=DAY, safety_on=DAY, by=hr)
    asked = assess_interest(
        asked, criteria=(True,) * 3, is_granted=True, reason=WORDS["decisione"], by=dirigente
    )
    agreement = asked.agreement
    Agreement.objects.filter(pk=agreement.pk).update(state="running", starts_on=DAY)
    agreement.versions.all().delete()
    factories.agreement_version(agreement=agreement, state="in_force")
    factories.agreement_evaluation(agreement=agreement, effects=WORDS["valutazione"])
    factories.day_notice(person=employee.person, text=WORDS["messaggio"])
    grant_exemption(
        agreement,
        days_per_week=5,
        starts_on=DAY,
        ends_on=DAY,
        reserved_reason=WORDS["deroga"],
        by=hr,
    )
    suspend_agreement(
        agreement, starts_on=DAY, ends_on=DAY, reason=WORDS["sospensione"], by=dirigente
    )
    withdraw_from_agreement(
        agreement,
        party=Party.EMPLOYER,
        reason=WORDS["recesso"],
        last_day=datetime.date(2021, 5, 16),
        by=hr,
    )
    return asked


def words_in(text: str) -> list[str]:
    return [name for name, word in WORDS.items() if word.lower() in text.lower()]


def addresses(story) -> list[str]:
    """Every page of agile work, of the organization, of the register, filled in for the story."""
    keys = {
        "pk": {"interest": story.pk, "agreement": story.agreement.pk},
        "number": 1,
        "act": "recesso",
    }
    found = [reverse("home")]
    for namespace in ("pola", "organization"):
        [resolver] = [
            one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == namespace
        ]
        for pattern in flat(resolver.url_patterns):
            name = f"{namespace}:{pattern.name}"
            if name in ASKING:
                continue
            arguments = {
                part: _value(part, pattern.name, keys, story) for part in pattern.pattern.converters
            }
            if None not in arguments.values():
                found.append(reverse(name, kwargs=arguments))
    return found


def flat(patterns) -> list[URLPattern]:
    """The patterns with those that they include."""
    found = []
    for one in patterns:
        found += [one] if isinstance(one, URLPattern) else flat(one.url_patterns)
    return found


def _value(part: str, name: str, keys, story):
    if part == "pk":
        kind = "interest" if name.startswith("interest") else "agreement"
        people = {"person-detail", "day-month"}
        return story.person_id if name in people else keys["pk"][kind]
    if part == "slug":
        return story.unit.slug
    return keys.get(part)


def read(client, address: str) -> str:
    answer = client.get(address, follow=True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


OTHERS = (
    "pianificazione",
    "segretario",
    "responsabile",
    "oiv",
    "amministratore",
)


@pytest.mark.parametrize("reader", OTHERS)
def test_no_page_tells_others(bergamo, client, story, reader) -> None:
    client.force_login(bergamo.user(reader))

    told = {address: words_in(read(client, address)) for address in addresses(story)}

    assert {address: words for address, words in told.items() if words} == {}
    assert story.agreement.get_absolute_url() in told


@pytest.mark.parametrize("reader", ["personale", "dirigente"])
def test_hr_and_who_decides_read_them(bergamo, client, story, reader) -> None:
    client.force_login(bergamo.user(reader))

    request = words_in(read(client, story.get_absolute_url()))
    agreement = words_in(read(client, story.agreement.get_absolute_url()))

    story_page = words_in(read(client, story_url(story)))

    assert request == ["nota", "decisione", "maternità", "L. 104", "L. 68", "fragile"]
    assert agreement == ["deroga", "recesso", "sospensione"]
    assert story_page == ["valutazione"]


def story_url(story) -> str:
    return reverse("pola:agreement-story", args=[story.agreement.pk])


def test_who_has_left_the_post_reads_nothing(bergamo, client, story) -> None:
    before = bergamo.user("dirigente")
    before.person.appointments.update(ends_on=DAY - datetime.timedelta(days=1))
    factories.appointment(person=before.person, unit=factories.unit(), role="dirigente")
    client.force_login(again(before))

    told = {address: words_in(read(client, address)) for address in addresses(story)}

    assert {address: words for address, words in told.items() if words} == {}


@pytest.mark.parametrize("reader", OTHERS)
def test_nobody_else_reads_when_the_chamber_withdrew(bergamo, client, story, reader) -> None:
    """The day of the withdrawal and the last day would give 90 days: those of the L. 68."""
    agreement = Agreement.objects.get(pk=story.agreement.pk)
    fallen = factories.agile_day(agreement=agreement, day=datetime.date(2021, 5, 20))
    take_away_after(agreement, by=bergamo.user("personale"), at=timezone.now())
    client.force_login(bergamo.user(reader))
    page = reverse("pola:day-detail", args=[fallen.pk])

    acts = AuditEvent.objects.visible_to(bergamo.user(reader))
    story_page, register = (
        client.get(address).content.decode()
        for address in (story_url(story), reverse("organization:audit-list"))
    )
    day = client.get(page)

    assert not acts.filter(verb="agreement.withdrawn").exists()
    assert "Recesso da un accordo" not in story_page + register
    assert day.status_code in (200, 404)
    if day.status_code == 200:
        assert [entry.when for entry in day.context["page"].story] == [""]


@pytest.mark.parametrize("reader", ["pianificazione", "segretario", "oiv", "amministratore"])
def test_the_register_of_acts_does_not_list_the_exempted(bergamo, client, story, reader) -> None:
    """Nor who was suspended: looked for by the verb they would be a list."""
    client.force_login(bergamo.user(reader))
    told = ("exemption.granted", "agreement.suspended")

    acts = AuditEvent.objects.visible_to(bergamo.user(reader))
    pages = [
        client.get(reverse("organization:audit-list"), {"verb": verb}, follow=True).text
        for verb in ("", *told)
    ]

    assert AuditEvent.objects.filter(verb__in=told).count() == len(told)
    assert not acts.filter(verb__in=told).exists()
    for words in ("Deroga concessa", "Accordo sospeso"):
        assert [page for page in pages if words in page] == []


def test_hr_reads_when_the_chamber_withdrew(bergamo, client, story) -> None:
    client.force_login(bergamo.user("personale"))

    assert "Recesso da un accordo" in client.get(story_url(story)).content.decode()


@pytest.mark.parametrize("reader", OTHERS)
def test_nobody_else_reads_the_cause_of_a_withdrawal(bergamo, client, story, reader) -> None:
    Withdrawal.objects.update(letter="c", notice_days=0)
    client.force_login(bergamo.user(reader))

    assert "causa c" not in read(client, story.agreement.get_absolute_url())


def test_an_unsent_request_says_nothing_of_the_notice(bergamo, client, story) -> None:
    story.grounds.all().delete()
    draft = factories.interest(person=story.person, state=InterestState.DRAFT)
    factories.priority_ground(interest=draft, kind=PriorityKind.OWN_DISABILITY)
    Withdrawal.objects.all().delete()
    client.force_login(bergamo.user("personale"))

    form = client.get(reverse("pola:agreement-act", args=[story.agreement.pk, "recesso"])).context[
        "form"
    ]

    assert form.initial["is_protected"] is False
    assert not is_known_protected(story.agreement)


@pytest.mark.parametrize("verb", ["interest.checked", "interest.granted"])
def test_the_register_of_acts_judges_nobody(story, verb) -> None:
    assert AuditEvent.objects.filter(verb=verb).latest("pk").after == {}


def admin_pages() -> list[str]:
    """Lists, searches, changes, histories and exports of every model of ours."""
    found = []
    for model, options in admin.site._registry.items():
        if model._meta.app_label not in ("pola", "organization"):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        for row in model._default_manager.all()[:40]:
            if model in RESERVED_MODELS or model._meta.app_label == "pola":
                found.append(reverse(f"{name}_change", args=[row.pk]))
                found.append(reverse(f"{name}_history", args=[row.pk]))
        if hasattr(options, "export_action"):
            found.append(reverse(f"{name}_export"))
    return found


def test_the_administration_tells_nobody(bergamo, client, story) -> None:
    client.force_login(bergamo.user("amministratore"))

    told = {address: words_in(read(client, address)) for address in admin_pages()}

    assert {address: words for address, words in told.items() if words} == {}
    assert reverse("admin:pola_interest_history", args=[story.pk]) in told
    assert not {PriorityGround, DayEvent} & admin.site._registry.keys()


def test_no_export_of_the_administration_has_them(bergamo, client, story) -> None:
    client.force_login(bergamo.user("amministratore"))
    found = {}
    for model, options in admin.site._registry.items():
        if not hasattr(options, "export_action"):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
        answer = client.post(reverse(name), {"format": "1", "resource": "0"})
        if answer["Content-Type"].startswith("text/html"):
            continue
        book = load_workbook(io.BytesIO(answer.content))
        cells = " ".join(str(c.value) for row in book.active.iter_rows() for c in row)
        found[name] = words_in(cells)

    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) > 5


def test_the_list_of_the_administration_searches_no_reserved_word(bergamo, client, story) -> None:
    client.force_login(bergamo.user("amministratore"))

    counts = {
        model._meta.model_name: client.get(
            reverse(f"admin:pola_{model._meta.model_name}_changelist"), {"q": "immunodepressione"}
        )
        .context["cl"]
        .result_count
        for model in RESERVED_MODELS & admin.site._registry.keys()
    }

    assert set(counts.values()) == {0}


def test_no_table_of_history_has_them(story) -> None:
    """The reserved words stand in the tables of the reserved facts and in no other one."""
    where = set()
    for model in apps.get_models():
        texts = [
            field.name
            for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if not texts or model._meta.proxy or not model._meta.managed:
            continue
        for row in model._base_manager.values_list(*texts):
            if words_in(" ".join(map(str, row))):
                where.add(model)

    assert where == RESERVED_MODELS


def test_the_register_and_the_messages_say_nothing(bergamo, story) -> None:
    User.objects.filter(username="segretario").update(email="segretario@example.org")
    factories.agreement(
        person=factories.person(unit=story.unit),
        counterpart=story.decider,
        ends_on=datetime.date(2021, 3, 1),
    )
    send_expiry_reminders(now=datetime.datetime(2021, 2, 15, 12, tzinfo=datetime.UTC))

    events = " ".join(
        f"{e.target_label} {e.note} {e.before} {e.after}" for e in AuditEvent.objects.all()
    )
    mails = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)

    assert (words_in(events), words_in(mails), "90 giorni" in mails) == ([], [], False)
    assert mail.outbox != []


def test_the_person_reads_his_own(bergamo, story) -> None:
    client = Client()
    client.force_login(bergamo.user("dipendente"))

    assert "nota" in words_in(read(client, story.get_absolute_url()))
    assert "deroga" in words_in(read(client, story.agreement.get_absolute_url()))
