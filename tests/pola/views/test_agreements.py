"""The pages of an agreement: register, page, text, story, comparison, acts, PDF."""

import datetime
import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organization.days import written
from pola.agreement_pdf import agreement_html
from pola.agreement_text import agreement_text
from pola.enums import AgreementState, DayState, PriorityKind, VersionState
from pola.forms.agreements import WithdrawalForm
from pola.models import AgileDay, Agreement, AgreementVersion, Withdrawal
from pola.norms import Norms
from pola.operations.agreements import seen_of
from pola.reports.texts import heading_of
from pola.terms import terms_from_json, terms_to_json
from strategy.enums import PlanState
from tests import factories
from tests.pola.agreements import again

REGISTER = reverse("pola:agreement-list")


@pytest.fixture
def come(client):
    """`come(user)`: the client signed in as somebody."""

    def sign(user):
        client.force_login(again(user))
        return client

    return sign


def held(desk, state=VersionState.IN_FORCE, **given) -> AgreementVersion:
    """The agreement of the employee with a text in a state."""
    states = {
        VersionState.WRITTEN: AgreementState.DRAFT,
        VersionState.OFFERED: AgreementState.OFFERED,
    }
    agreement = factories.agreement(
        person=factories.dutiful(desk.employee.person),
        counterpart=desk.dirigente.person,
        state=states.get(state, AgreementState.RUNNING),
    )
    return factories.agreement_version(agreement=agreement, state=state, **given)


def page_of(version, name: str, *args: object) -> str:
    return reverse(f"pola:agreement-{name}", args=[version.agreement_id, *args])


def tags(page) -> list[str]:
    return [message.level_tag for message in page.context["messages"]]


# The register


def test_register_is_what_one_may_read(desk, come) -> None:
    mine = held(desk).agreement
    other = factories.agreement(state=AgreementState.ENDED)

    seen = {
        name: set(come(getattr(desk, name)).get(REGISTER).context["agreements"])
        for name in ("employee", "head", "dirigente", "hr")
    }

    assert seen["employee"] == seen["head"] == seen["dirigente"] == {mine}
    assert {mine, other} <= seen["hr"]


def test_register_is_narrowed(desk, come) -> None:
    mine = held(desk).agreement
    factories.agreement(state=AgreementState.ENDED)
    client = come(desk.hr)

    def found(**asked):
        return list(client.get(REGISTER, asked).context["agreements"])

    assert found(q=mine.person.last_name) == [mine]
    assert found(q=f"{mine.person.last_name} {mine.person.first_name}") == [mine]
    assert found(q=f"{mine.person.first_name} nessuno") == []
    assert found(unita=desk.service.slug) == [mine]
    assert mine not in found(stato="ended")
    assert found(q="nessuno") == []
    assert found(stato="in-scadenza") == []
    Agreement.objects.filter(pk=mine.pk).update(ends_on=datetime.date(2021, 2, 20))
    assert found(stato="in-scadenza") == [mine]
    assert client.get(REGISTER, {"stato": "x"}).context["total"] == 2


def test_register_is_read_25_at_a_time(desk, come) -> None:
    for _number in range(26):
        factories.agreement(person=factories.person(unit=desk.service))

    pages = [
        come(desk.hr).get(REGISTER, {"page": number}).context["agreements"] for number in (1, 2)
    ]

    assert [len(page) for page in pages] == [25, 1]
    assert pages[0].paginator.count == 26


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    for _number in range(rows):
        worker = factories.person(unit=desk.service)
        factories.agreement(person=worker, counterpart=desk.dirigente.person)
    client = come(desk.hr)

    with django_assert_num_queries(12):
        client.get(REGISTER)


def test_who_reads_no_agreement_is_not_told_that_there_is_none(desk, come) -> None:
    held(desk)

    page = come(factories.user()).get(REGISTER).content.decode()

    assert "Nessun accordo da leggere" in page
    assert reverse("pola:overview") in page


# The page


def test_page_says_whose_turn_it_is(desk, come) -> None:
    version = held(desk, VersionState.OFFERED)
    address = version.agreement.get_absolute_url()

    may = {
        name: come(getattr(desk, name)).get(address).context["may_accept"]
        for name in ("employee", "dirigente", "head", "hr")
    }

    assert may == {"employee": True, "dirigente": True, "head": False, "hr": False}
    assert come(factories.user()).get(address).status_code == 404


def test_a_text_whose_first_day_has_gone_by_is_given_back(desk, come, settings) -> None:
    version = held(desk, VersionState.OFFERED)
    page = version.agreement.get_absolute_url()
    settings.DEMO_DATE = terms_from_json(version.terms).starts_on + datetime.timedelta(days=1)

    seen = come(desk.employee).get(page)
    mine = come(desk.employee).get(reverse("pola:my-agile"))

    told = "questo testo non si può più accettare"
    assert told in seen.context["lead"]
    assert told in mine.context["agreement_words"]
    assert mine.context["to_accept"] is False
    assert 'value="accept"' not in seen.content.decode()
    assert 'value="give_back"' in seen.content.decode()


@pytest.mark.parametrize("is_renewal", [False, True])
def test_what_the_registers_lack_is_said_before_accepting(desk, come, is_renewal) -> None:
    version = held(desk, VersionState.OFFERED)
    page = version.agreement.get_absolute_url()
    if is_renewal:
        Agreement.objects.update(state=AgreementState.RUNNING)
    desk.employee.person.trainings.all().delete()
    accepting = {"act": "accept", "seen": version.text_sha256}

    seen = come(desk.employee).get(page)
    refused = come(desk.employee).post(page, accepting)
    factories.training_attendance(person=desk.employee.person)
    mended = come(desk.employee).get(page)

    told = ["Art. 11: la formazione sul lavoro agile non è stata svolta"]
    assert [one.text for one in seen.context["problems"]] == told
    assert "L’Ufficio del personale lo registra" in seen.content.decode()
    assert seen.context["lead"].startswith("Nessuno può ancora accettare") is not is_renewal
    assert [str(message) for message in refused.context["messages"]] == told
    buttons = ['value="accept"' in one.content.decode() for one in (seen, refused, mended)]
    assert buttons == [False, False, True]
    assert 'value="give_back"' in seen.content.decode()


def test_both_accept_on_the_page(desk, come) -> None:
    version = held(desk, VersionState.OFFERED)
    address = version.agreement.get_absolute_url()
    given = {"act": "accept", "seen": version.text_sha256}

    first = come(desk.employee).post(address, given, follow=True)
    twice = come(desk.employee).post(address, given)
    last = come(desk.dirigente).post(address, given, follow=True)

    assert (tags(first), twice.status_code, tags(last)) == (["success"], 409, ["success"])
    assert [side.is_given for side in last.context["acceptances"]] == [True, True]
    assert Agreement.objects.get(pk=version.agreement_id).state == AgreementState.RUNNING
    assert last.context["acts"] != []


def test_what_stops_a_text_is_said_once_and_its_offer_is_not_the_main_thing(desk, come) -> None:
    terms = replace(factories.whole_terms(), days_per_week=5)
    version = held(desk, VersionState.WRITTEN, terms=terms_to_json(terms))
    address = version.agreement.get_absolute_url()
    words, offer = "massimo 3 giornate a settimana", 'class="btn btn-outline-primary" type="submit"'

    before = come(desk.hr).get(address)
    refused = come(desk.hr).post(address, {"act": "offer"})

    assert before.context["lead"].startswith("Il testo è completo ma contrasta con una regola")
    assert [page.content.decode().count(words) for page in (before, refused)] == [1, 1]
    assert f'{offer} name="act" value="offer"' in before.content.decode()


def test_offered_and_given_back_on_the_page(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    address = version.agreement.get_absolute_url()

    offered = come(desk.hr).post(address, {"act": "offer"}, follow=True)
    nothing = come(desk.employee).post(address, {"act": "give_back", "reason": ""})
    back = come(desk.employee).post(address, {"act": "give_back", "reason": "x\0y"}, follow=True)

    version.refresh_from_db()
    assert version.return_reason == "xy"
    assert (tags(offered), nothing.status_code, tags(back)) == (["success"], 409, ["success"])
    assert come(desk.hr).post(address, {"act": "burn"}).status_code == 400
    assert come(desk.head).post(address, {"act": "offer"}).status_code == 403


def test_page_says_what_is_missing(desk, come) -> None:
    version = held(
        desk,
        VersionState.WRITTEN,
        terms=terms_to_json(factories.whole_terms(objectives=(), monitoring="")),
    )
    address = version.agreement.get_absolute_url()

    page = come(desk.dirigente).get(address)

    assert (page.context["whole"], page.context["may_write"]) == (7, True)
    assert [one.code for one in page.context["problems"]] == ["objectives", "monitoring"]
    assert come(desk.employee).get(address).context["may_write"] is False


def test_page_of_an_agreement_without_text(desk, come) -> None:
    agreement = factories.agreement(person=desk.employee.person)
    client = come(desk.hr)

    assert client.get(agreement.get_absolute_url()).context["version"] is None
    assert client.post(agreement.get_absolute_url(), {"act": "offer"}).status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    version = held(desk)
    for number in range(rows):
        factories.suspension(agreement=version.agreement)
        factories.exemption(agreement=version.agreement)
        if number:
            factories.agreement_version(
                agreement=version.agreement, number=number + 1, state=VersionState.REPLACED
            )
    client = come(desk.hr)

    with django_assert_num_queries(14):
        client.get(version.agreement.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_story_costs_the_same(desk, come, django_assert_num_queries, rows) -> None:
    version = held(desk)
    for _number in range(rows):
        factories.audit_event(
            target_type="pola.agreement",
            target_id=str(version.agreement_id),
            verb="agreement.offered",
            after={"number": 1, "sha256": "a" * 64},
        )
        factories.agreement_evaluation(agreement=version.agreement)
    client = come(desk.hr)

    with django_assert_num_queries(12):
        page = client.get(page_of(version, "story"))

    told = [entry.text for entry in page.context["story"] if entry.text.startswith("Qualcuno")]
    assert told == [f"Qualcuno, testo n. 1, SHA-256 {'a' * 12}"] * rows


def test_when_it_was_suspended_is_told_to_who_reads_what_is_reserved(desk, come) -> None:
    version = held(desk)
    suspend = {"starts_on": "2021-03-01", "ends_on": "2021-03-05", "reason": "Cure"}
    come(desk.hr).post(page_of(version, "act", "sospensione"), suspend)
    factories.suspension(agreement=version.agreement, starts_on=datetime.date(2021, 2, 1))

    pages = {
        name: come(getattr(desk, name)).get(page_of(version, "story")).context
        for name in ("head", "hr", "dirigente", "employee")
    }

    told = {
        name: [entry.title for entry in page["story"]].count("Accordo sospeso")
        for name, page in pages.items()
    }
    assert told == {"head": 0, "hr": 2, "dirigente": 2, "employee": 2}
    assert {len(page["suspensions"]) for page in pages.values()} == {2}


def test_an_agreement_that_was_loaded_tells_its_signing_by_its_rows(desk, come) -> None:
    version = held(desk)
    agreement = version.agreement
    agreement.interest = factories.interest(person=agreement.person, state="sent")
    agreement.save()

    page = come(desk.hr).get(page_of(version, "story"))

    assert sorted(entry.title for entry in page.context["story"]) == [
        "Accordo accettato da una parte",
        "Accordo accettato da una parte",
        "Accordo concluso",
        "Accordo proposto",
        "Manifestazione d’interesse inviata",
    ]


def test_what_was_signed_here_is_told_once(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    page = version.agreement.get_absolute_url()
    come(desk.dirigente).post(page, {"act": "offer"})
    seen = AgreementVersion.objects.get(pk=version.pk).text_sha256
    for user in (desk.dirigente, desk.employee):
        come(user).post(page, {"act": "accept", "seen": seen})

    story = come(desk.employee).get(page_of(version, "story")).context["story"]

    assert [(entry.title, entry.text.partition(",")[0]) for entry in story] == [
        ("Accordo concluso", str(desk.employee)),
        ("Accordo accettato da una parte", str(desk.employee)),
        ("Accordo accettato da una parte", str(desk.dirigente)),
        ("Accordo proposto", str(desk.dirigente)),
    ]


def test_story_holds_the_request_and_the_agreement_before(desk, come) -> None:
    before = factories.agreement(person=desk.employee.person, state=AgreementState.ENDED)
    version = held(desk)
    agreement = version.agreement
    agreement.interest = factories.interest(person=agreement.person, state="granted")
    agreement.continues = before
    agreement.save()
    for target, verb in (
        (agreement, "agreement.concluded"),
        (before, "agreement.moved"),
        (agreement.interest, "interest.granted"),
        (factories.agreement(), "agreement.expired"),
    ):
        factories.audit_event(
            target_type=target._meta.label_lower, target_id=str(target.pk), verb=verb
        )

    page = come(desk.hr).get(page_of(version, "story"))

    acts = [entry.title for entry in page.context["story"] if entry.text == "Qualcuno"]
    assert len(acts) == 3
    assert page.context["before"] == before
    follow = reverse("pola:agreement-story", args=[before.pk])
    assert come(desk.hr).get(follow).context["continued"] == agreement


def test_two_texts_are_compared_word_by_word(desk, come) -> None:
    version = held(desk, VersionState.REPLACED)
    assert come(desk.employee).get(page_of(version, "difference")).status_code == 404
    changed = factories.whole_terms(days_per_week=3, place="domicilio")
    factories.agreement_version(
        agreement=version.agreement,
        number=2,
        state=VersionState.IN_FORCE,
        terms=terms_to_json(changed),
    )

    page = come(desk.employee).get(page_of(version, "difference"))
    same = come(desk.employee).get(page_of(version, "difference"), {"da": "1", "a": "1"})

    found = page.context["differences"]
    assert [one.article for one in found] == ["Art. 4", "Art. 4"]
    assert [word.text.strip() for word in found[1].changes if word.is_added] == ["domicilio"]
    assert same.context["differences"] == ()


# The text


def posted(version, **given) -> dict[str, object]:
    terms = terms_from_json(version.terms)
    return {
        "starts_on": terms.starts_on.isoformat(),
        "ends_on": terms.ends_on.isoformat(),
        "days_per_week": "2",
        "weekdays": ["1"],
        "objectives": [str(one.row) for one in terms.objectives],
        "day_begins_at": "08:00",
        "day_ends_at": "16:30",
        "morning_from": "09:00",
        "morning_to": "12:00",
        "afternoon_from": "14:30",
        "afternoon_to": "15:30",
        "seen": seen_of(version),
        **{
            name: getattr(terms, name)
            for name in (
                "returns",
                "availability",
                "place",
                "equipment",
                "indicators",
                "monitoring",
                "notice",
            )
        },
    } | given


def test_objectives_come_from_the_dashboard_of_the_unit(desk, come) -> None:
    plan = factories.plan(first_year=2021 + 60, state=PlanState.PUBLISHED)
    year = plan.first_year
    dashboard = factories.dashboard(plan=plan, unit=desk.area)
    row = factories.dashboard_row(dashboard=dashboard)
    factories.target(indicator=row.indicator, cycle=year, year=year, printed="90%")
    silent = factories.dashboard_row(dashboard=dashboard, position=2)
    factories.target(indicator=silent.indicator, cycle=year, year=year, printed="-")
    terms = factories.whole_terms(starts_on=datetime.date(year, 3, 1), objectives=())
    version = held(desk, VersionState.WRITTEN, terms=terms_to_json(terms))

    page = come(desk.dirigente).get(page_of(version, "write"))

    assert [pk for pk, _words in page.context["form"].fields["objectives"].choices] == [row.pk]


def test_a_first_day_of_another_century_is_told_at_its_field(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    terms = posted(version, starts_on="9999-12-31")

    answer = come(desk.dirigente).post(page_of(version, "write"), terms)

    assert list(answer.context["form"].errors) == ["starts_on"]


def test_a_term_that_ends_before_it_begins_is_told_on_the_page(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    terms = posted(version, starts_on="2021-05-01", ends_on="2021-04-01")

    answer = come(desk.dirigente).post(page_of(version, "write"), terms)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [
        "Un accordo finisce il giorno in cui inizia o dopo."
    ]


def test_written_and_kept_though_unfinished(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    client = come(desk.hr)

    unfinished = client.post(page_of(version, "write"), posted(version, monitoring=""), follow=True)
    version.refresh_from_db()
    whole = client.post(
        page_of(version, "write"), posted(version, monitoring="Scheda"), follow=True
    )

    version.refresh_from_db()
    assert (tags(unfinished), tags(whole)) == (["warning"], ["success"])
    assert terms_from_json(version.terms).monitoring == "Scheda"
    assert terms_from_json(version.terms).weekdays == (1,)


def test_written_meanwhile_by_somebody_else(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    client = come(desk.hr)

    page = client.post(page_of(version, "write"), posted(version, seen="prima", returns="Mio"))

    assert page.status_code == 409
    assert page.context["form"]["returns"].value() == "Mio"


def test_text_without_days_is_kept_too(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    given = posted(version, starts_on="", ends_on="", morning_from="", morning_to="")

    page = come(desk.hr).post(page_of(version, "write"), given, follow=True)
    wrong = come(desk.hr).post(page_of(version, "write"), given | {"days_per_week": "9"})

    assert tags(page) == ["warning"]
    assert list(wrong.context["form"].errors) == ["days_per_week"]
    assert come(desk.hr).get(page_of(version, "write")).status_code == 200


def test_a_term_at_the_end_of_the_trial_is_cut(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    given = posted(version, starts_on="2021-10-01", ends_on="2022-01-31")

    come(desk.hr).post(page_of(version, "write"), given)

    version.refresh_from_db()
    assert terms_from_json(version.terms).is_cut


def test_the_first_day_of_a_renewal_is_not_chosen(desk, come) -> None:
    first = held(desk)
    come(desk.dirigente).post(page_of(first, "act", "rinnovo"), ACTS["rinnovo"])
    version = first.agreement.versions.get(number=2)
    given = posted(version, starts_on="2020-01-01", ends_on="2021-11-30")
    client = come(desk.hr)

    shown = client.get(page_of(version, "write")).context["form"]["starts_on"]
    client.post(page_of(version, "write"), given)

    version.refresh_from_db()
    terms = terms_from_json(version.terms)
    assert (shown.field.disabled, shown.value()) == (True, datetime.date(2021, 7, 1))
    assert (terms.starts_on, terms.ends_on) == (
        datetime.date(2021, 7, 1),
        datetime.date(2021, 11, 30),
    )
    fresh = held(replace(desk, employee=factories.user()), VersionState.WRITTEN)
    assert not client.get(page_of(fresh, "write")).context["form"]["starts_on"].field.disabled


def test_text_is_written_by_who_may(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)

    assert come(desk.employee).get(page_of(version, "write")).status_code == 403
    AgreementVersion.objects.filter(pk=version.pk).update(
        state=VersionState.OFFERED, text="x", text_sha256="x"
    )
    assert come(desk.hr).get(page_of(version, "write")).status_code == 404


# What is done to it

ACTS = {
    "rinnovo": {
        "effects": "Buoni",
        "complexity": "Adeguata",
        "outcome": "yes",
        "ends_on": "2021-12-31",
    },
    "sospensione": {"starts_on": "2021-03-01", "ends_on": "2021-03-05", "reason": "x"},
    "recesso": {"letter": "", "last_day": "2021-03-17", "reason": "x"},
    "deroga": {
        "days_per_week": "5",
        "starts_on": "2021-03-01",
        "ends_on": "2021-03-31",
        "reserved_reason": "x",
    },
}


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_done_on_their_page(desk, come, act) -> None:
    version = held(desk)
    client = come(desk.dirigente)
    address = page_of(version, "act", act)

    shown = client.get(address)
    done = client.post(address, ACTS[act], follow=True)

    assert (shown.status_code, shown.context["is_possible"]) == (200, True)
    assert tags(done) == ["success"]
    assert done.redirect_chain == [(version.agreement.get_absolute_url(), 302)]


@pytest.mark.parametrize(("most", "offered"), [("3", [4, 5]), ("2", [3, 4, 5])])
def test_an_exemption_offers_more_days_than_the_rule_in_force(desk, come, most, offered) -> None:
    factories.norm(printed=most, starts_on=datetime.date(2021, 2, 1))

    shown = come(desk.dirigente).get(page_of(held(desk), "act", "deroga"))

    choices = shown.context["form"].fields["days_per_week"].choices
    assert [days for days, _words in choices] == offered


@pytest.mark.parametrize("act", ["sospensione", "recesso", "deroga"])
def test_a_day_of_another_century_is_told_at_its_field(desk, come, act) -> None:
    field = "last_day" if act == "recesso" else "ends_on"

    answer = come(desk.dirigente).post(
        page_of(held(desk), "act", act), ACTS[act] | {field: "9999-12-31"}
    )

    assert list(answer.context["form"].errors) == [field]


def test_taken_to_another_unit_by_hr(desk, come) -> None:
    version = held(desk)
    address = page_of(version, "act", "servizio")

    come(desk.hr).get(address)
    wrong = come(desk.hr).post(address, {"unit": desk.service.pk, "from_day": "2021-02-20"})
    done = come(desk.hr).post(address, {"unit": desk.area.pk, "from_day": "2021-03-01"})

    new = Agreement.objects.get(continues=version.agreement)
    assert (new.unit, done.url) == (desk.area, new.get_absolute_url())
    page = version.agreement.get_absolute_url()
    assert new.get_absolute_url() in come(desk.employee).get(page).content.decode()
    seen = come(desk.head).get(page)
    assert (seen.context["following"], seen.context["may_follow"]) == (new, True)
    assert list(wrong.context["form"].errors) == ["unit"]
    assert come(desk.dirigente).get(address).status_code == 403


@pytest.mark.parametrize(
    ("act", "values", "fallen"),
    [
        ("sospensione", {}, ["2021-03-02", "2021-03-03"]),
        ("recesso", {}, ["2021-03-18"]),
        ("servizio", {"from_day": "2021-03-03"}, ["2021-03-03", "2021-03-18"]),
    ],
)
def test_days_that_fall_are_counted_before_it_is_done(desk, come, act, values, fallen) -> None:
    version = held(desk)
    for number in (2, 3, 18):
        factories.agile_day(agreement=version.agreement, day=datetime.date(2021, 3, number))
    address, client = page_of(version, "act", act), come(desk.hr)
    values = {"unit": desk.area.pk} | ACTS.get(act, {}) | values

    shown = client.get(address)
    asked = client.post(address, values)
    others = " ".join(f"2021-03-{number:02}" for number in range(22, 22 + len(fallen)))
    changed = client.post(address, values | {"sure": others})
    counted = client.post(address, values | {"sure": str(len(fallen))})
    done = client.post(address, values | {"sure": " ".join(fallen)}, follow=True)

    facts = {str(words): str(detail) for words, detail in shown.context["facts"]}
    assert (
        facts["Giornate di lavoro agile prenotate"] == "3, dal giorno 2.3.2021 al giorno 18.3.2021"
    )
    assert [one.day.isoformat() for one in asked.context["falling"]] == fallen
    assert asked.context["is_asked"]
    assert (changed.context["is_asked"], counted.context["is_asked"]) == (True, True)
    assert f'name="sure" value="{" ".join(fallen)}"' in asked.content.decode()
    said = "si legge solo che l’accordo è sospeso, termina o non entra in vigore, mai il motivo"
    assert said in html.unescape(asked.content.decode())
    assert tags(done) == ["success"]
    assert str(len(fallen)) in str(next(iter(done.context["messages"])))
    cancelled = AgileDay.objects.filter(state=DayState.CANCELLED)
    assert [one.day.isoformat() for one in cancelled] == fallen


def test_withdrawal_of_ninety_days_is_prepared_for_who_is_protected(desk, come) -> None:
    version = held(desk)
    asked = factories.interest(person=desk.employee.person, state="granted")
    factories.priority_ground(interest=asked, kind=PriorityKind.OWN_DISABILITY)
    address = page_of(version, "act", "recesso")
    client = come(desk.hr)

    opened = client.get(address)
    initial = opened.context["form"].initial
    early = client.post(address, ACTS["recesso"])
    done = client.post(address, ACTS["recesso"] | {"last_day": "2021-05-16", "is_protected": "on"})

    assert initial == {
        "is_protected": True,
        "last_day": datetime.date(2021, 5, 16),
        "letter": "",
    }
    facts = [str(words) for _name, words in opened.context["facts"]]
    assert facts[:2] == [
        "ultimo giorno non prima del giorno 17.3.2021",
        "ultimo giorno non prima del giorno 16.5.2021",
    ]
    assert early.context["form"].non_field_errors()[0].startswith("Art. 8")
    assert done.status_code == 302
    assert Withdrawal.objects.get().notice_days == 90


def test_what_refuses_an_act_is_said_before_the_days_that_fall(desk, come) -> None:
    version = held(desk)
    factories.agile_day(agreement=version.agreement, day=datetime.date(2021, 3, 18))
    address, client = page_of(version, "act", "recesso"), come(desk.hr)

    early = client.post(address, ACTS["recesso"] | {"is_protected": "on"})

    assert early.context["form"].non_field_errors()[0].startswith("Art. 8")
    assert (early.context["is_asked"], 'name="sure"' in early.content.decode()) == (False, False)
    asked = client.post(address, ACTS["recesso"])
    assert asked.context["is_asked"]
    assert not Withdrawal.objects.exists()
    assert AgileDay.objects.get().state == DayState.ASKED


def test_acts_that_would_be_refused_are_not_offered(desk, come) -> None:
    version = held(desk)
    page = version.agreement.get_absolute_url()
    client = come(desk.dirigente)

    def offered() -> set[str]:
        return set(dict(client.get(page).context["acts"]))

    at_first = offered()
    client.post(page_of(version, "act", "rinnovo"), ACTS["rinnovo"])
    renewing = offered()
    client.post(page_of(version, "act", "recesso"), ACTS["recesso"])
    left = offered()

    assert at_first == {"rinnovo", "sospensione", "recesso", "deroga"}
    assert (at_first - renewing, at_first - left) == ({"rinnovo"}, {"rinnovo", "recesso"})


def test_hr_does_not_evaluate_what_others_have_seen(desk, come) -> None:
    version = held(desk)
    client = come(desk.hr)

    acts = dict(client.get(version.agreement.get_absolute_url()).context["acts"])

    assert set(acts) == {"sospensione", "recesso", "servizio", "deroga"}
    assert client.get(page_of(version, "act", "rinnovo")).status_code == 403


def test_what_ends_with_the_trial_is_not_renewed(desk, come) -> None:
    page = held(desk).agreement.get_absolute_url()
    Agreement.objects.update(ends_on=datetime.date(2023, 12, 31))  # art. 1

    assert "rinnovo" not in dict(come(desk.dirigente).get(page).context["acts"])


def test_the_text_of_a_renewal_says_what_it_is_and_what_changes(desk, come) -> None:
    version = held(desk)
    page, compared = version.agreement.get_absolute_url(), page_of(version, "difference")
    client = come(desk.dirigente)
    before = client.get(page)

    client.post(page_of(version, "act", "rinnovo"), ACTS["rinnovo"])
    client.post(page, {"act": "offer"})
    after = come(desk.employee).get(page)

    assert (before.context["is_renewal"], after.context["is_renewal"]) == (False, True)
    assert (compared in before.content.decode(), compared in after.content.decode()) == (
        False,
        True,
    )
    mine = come(desk.employee).get(reverse("pola:my-agile")).context
    assert [step.look for step in mine["steps"][-2:]] == ["done", "now"]
    assert (mine["version"], mine["to_accept"]) == (version, True)


def renewed(desk, client, version) -> AgreementVersion:
    """The same agreement renewed from 1 July on, accepted by both in February."""
    page = version.agreement.get_absolute_url()
    client.force_login(again(desk.dirigente))
    client.post(page_of(version, "act", "rinnovo"), ACTS["rinnovo"])
    client.post(page, {"act": "offer"})
    text = version.agreement.versions.get(number=2)
    for side in (desk.employee, desk.dirigente):
        client.force_login(again(side))
        client.post(page, {"act": "accept", "seen": text.text_sha256})
    return version.agreement.versions.get(number=2)


def words_of_texts(page) -> list[str]:
    return [one.state_words for one in page.context["versions"]]


def test_until_a_renewal_begins_the_text_before_is_shown(desk, client) -> None:
    version = held(desk)
    following = renewed(desk, client, version)

    page = client.get(version.agreement.get_absolute_url())
    mine = again(desk.employee)
    client.force_login(mine)
    own = client.get(reverse("pola:my-agile"))
    compared = client.get(page_of(version, "difference")).content.decode()
    story = client.get(page_of(version, "story")).content.decode()

    assert (page.context["version"], page.context["coming"]) == (version, following)
    assert page.context["is_renewal"] is False
    assert "Dal giorno 1.7.2021 vale il testo n. 2" in page.content.decode()
    assert page_of(version, "pdf", 2) in page.content.decode()
    assert own.context["version"] == version
    words = ["vale dal giorno 1.7.2021", "vale fino al giorno 30.6.2021"]
    assert words_of_texts(page) == words
    assert [[one in told for one in words] for told in (compared, story)] == [[True] * 2] * 2


def test_from_its_first_day_the_text_of_the_renewal_is_shown(desk, client, settings) -> None:
    version = held(desk)
    following = renewed(desk, client, version)
    settings.DEMO_DATE = datetime.date(2021, 7, 1)

    page = client.get(version.agreement.get_absolute_url())

    assert (page.context["version"], page.context["coming"]) == (following, None)
    assert words_of_texts(page) == ["in vigore", "sostituito"]


def test_a_renewal_that_never_begins_is_not_announced(desk, client) -> None:
    version = held(desk)
    renewed(desk, client, version)
    client.post(page_of(version, "act", "recesso"), ACTS["recesso"])

    page = client.get(version.agreement.get_absolute_url())

    assert (page.context["version"], page.context["coming"]) == (version, None)
    assert words_of_texts(page) == [
        "non inizia: l’accordo finisce prima",
        "vale fino al giorno 17.3.2021",
    ]


def test_a_withdrawal_is_not_offered_when_its_notice_ends_after_the_agreement(desk, come) -> None:
    version = held(desk)
    Agreement.objects.update(ends_on=datetime.date(2021, 3, 16))
    page, client = version.agreement.get_absolute_url(), come(desk.employee)

    assert "recesso" not in dict(client.get(page).context["acts"])
    assert client.get(reverse("pola:my-agile")).context["mine"].earliest_end is None
    assert "recesso" in dict(come(desk.hr).get(page).context["acts"])
    Agreement.objects.update(ends_on=datetime.date(2021, 3, 17))
    assert "recesso" in dict(come(desk.employee).get(page).context["acts"])


def test_a_renewal_that_was_dropped_is_not_the_text_of_the_agreement(desk, come) -> None:
    version = held(desk)
    come(desk.dirigente).post(page_of(version, "act", "rinnovo"), ACTS["rinnovo"])
    come(desk.hr).post(page_of(version, "act", "recesso"), ACTS["recesso"])

    page = come(desk.employee).get(version.agreement.get_absolute_url())
    mine = come(desk.employee).get(reverse("pola:my-agile"))

    states = set(version.agreement.versions.values_list("state", flat=True))
    assert states == {VersionState.IN_FORCE, VersionState.DROPPED}
    assert (page.context["version"], mine.context["version"]) == (version, version)


def test_withdrawal_with_a_letter_and_by_the_employee(desk, come) -> None:
    address = page_of(held(desk), "act", "recesso")

    own = come(desk.employee).get(address)
    come(desk.employee).post(address, {"last_day": "2021-03-17", "reason": "x"})
    withdrawal = Withdrawal.objects.get()

    assert list(own.context["form"].fields) == ["last_day", "reason"]
    assert withdrawal.party == "employee"
    late = come(desk.hr).post(address, ACTS["recesso"] | {"letter": "a", "last_day": "2021-02-15"})
    assert list(late.context["form"].non_field_errors()) != []


def test_acts_are_of_an_agreement_in_force(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    client = come(desk.dirigente)

    assert client.get(page_of(version, "act", "rinnovo")).status_code == 409
    assert client.get(page_of(version, "act", "altro")).status_code == 404
    acts = client.get(version.agreement.get_absolute_url()).context["acts"]
    assert [name for name, _words in acts] == ["abbandono"]
    assert come(desk.employee).get(page_of(version, "act", "rinnovo")).status_code == 403


def test_the_employee_asks_for_the_renewal_and_reads_that_it_waits(desk, come) -> None:
    version = held(desk)
    address, page = page_of(version, "act", "richiesta"), version.agreement.get_absolute_url()
    client = come(desk.employee)

    offered = dict(client.get(page).context["acts"])
    answer = client.post(address, {"csrfmiddlewaretoken": "x"})
    after = client.get(page)

    assert "richiesta" in offered
    assert answer.url == page
    assert "richiesta" not in dict(after.context["acts"])
    assert "Rinnovo" in after.context["events"][0].title
    assert written(timezone.localdate()) in after.context["events"][0].text
    mine = client.get(reverse("pola:my-agile")).context["mine"]
    assert (mine.may_ask_renewal, "art. 6" in mine.how_it_ends) == (False, True)
    assert come(desk.dirigente).get(address).status_code == 403


def test_a_renewal_asked_twice_is_said_to_be_asked(desk, come) -> None:
    version = held(desk)
    address, page = page_of(version, "act", "richiesta"), version.agreement.get_absolute_url()
    client = come(desk.employee)
    client.post(address, {"csrfmiddlewaretoken": "x"})

    again_asked = client.post(address, {"csrfmiddlewaretoken": "x"}, follow=True)
    opened = client.get(address)

    assert again_asked.redirect_chain == [(page, 302)]
    assert "error" not in tags(again_asked)
    assert "Rinnovo chiesto" in again_asked.content.decode()
    assert opened.url == page


def test_an_agreement_that_has_still_to_begin_is_not_renewed(desk, come, settings) -> None:
    version = held(desk)
    settings.DEMO_DATE = datetime.date(2020, 12, 31)
    address, page = page_of(version, "act", "richiesta"), version.agreement.get_absolute_url()
    client = come(desk.employee)

    offered = dict(client.get(page).context["acts"])
    refused = client.post(address, {"csrfmiddlewaretoken": "x"})
    register = come(desk.hr).get(REGISTER).content.decode()

    assert "richiesta" not in offered
    assert refused.context["form"].non_field_errors() == [
        "Art. 6: l’accordo inizia il giorno 1.1.2021: il rinnovo si chiede da quel giorno in poi"
    ]
    assert "firmato, inizia il giorno 1.1.2021" in register


def test_no_renewal_is_offered_past_the_trial(desk, come) -> None:
    version = held(desk)
    Agreement.objects.update(ends_on=datetime.date(2022, 1, 31))
    client = come(desk.employee)

    assert "richiesta" not in dict(client.get(version.agreement.get_absolute_url()).context["acts"])
    mine = client.get(reverse("pola:my-agile")).context["mine"]
    assert (mine.may_ask_renewal, "art. 1" in mine.how_it_ends) == (False, True)


def test_given_up_on_the_page_and_asked_again(desk, come) -> None:
    version = held(desk, VersionState.OFFERED)
    address, page = page_of(version, "act", "abbandono"), version.agreement.get_absolute_url()
    client = come(desk.employee)

    silent = client.post(address, {"reason": " "})
    done = client.post(address, {"reason": "Nota riservata"}, follow=True)
    twice = client.post(address, {"reason": "x"})

    assert list(silent.context["form"].errors) == ["reason"]
    assert (tags(done), twice.status_code) == (["success"], 409)
    assert done.context["drop_reason"] == "Nota riservata"
    assert "Nota riservata" not in come(desk.head).get(page).content.decode()
    assert come(desk.head).get(address).status_code == 403
    mine = come(desk.employee).get(reverse("pola:my-agile"))
    assert mine.context["agreement"] is None
    assert reverse("pola:interest-write", args=["attivita"]) in mine.content.decode()


def test_sheets_that_lack_their_evaluation_are_said_before_the_renewal(desk, come) -> None:
    version = held(desk)
    person = desk.employee.person
    for month, number in ((1, 12), (1, 13), (2, 3)):
        factories.agile_day(
            agreement=version.agreement,
            day=datetime.date(2021, month, number),
            state=DayState.APPROVED,
        )
    address, client = page_of(version, "act", "rinnovo"), come(desk.dirigente)

    missing = client.get(address)
    factories.activity_sheet(person=person, month=datetime.date(2021, 1, 1), state="evaluated")

    [caution] = missing.context["cautions"]
    assert caution.text == "Art. 13: la scheda di attività di gennaio 2021 non è stata valutata"
    assert str(caution.text) in html.unescape(missing.content.decode())
    assert client.get(address).context["cautions"] == []


def test_my_page_prefers_the_agreement_in_force_and_lists_the_next(desk, come) -> None:
    version = held(desk)
    client = come(desk.hr)
    client.post(
        page_of(version, "act", "servizio"), {"unit": desk.area.pk, "from_day": "2021-03-01"}
    )
    new = Agreement.objects.get(continues=version.agreement)

    page = come(desk.employee).get(reverse("pola:my-agile"))
    acts = come(desk.hr).get(version.agreement.get_absolute_url()).context["acts"]

    assert (page.context["agreement"], page.context["following"]) == (version.agreement, new)
    assert page.context["mine"].may_ask_renewal is False
    until_accepted = page.context["mine"].how_it_ends
    Agreement.objects.filter(pk=new.pk).update(state=AgreementState.RUNNING)
    concluded = come(desk.employee).get(reverse("pola:my-agile")).context["mine"].how_it_ends

    concluded_page = come(desk.employee).get(reverse("pola:my-agile"))
    assert ": firmato, inizia il giorno 1.3.2021. Leggilo" in words_of(
        concluded_page.content.decode()
    )
    assert until_accepted.startswith(concluded.rstrip("."))
    assert ("accettato" in until_accepted, "accettato" in concluded) == (True, False)
    assert new.unit.name in concluded
    assert new.get_absolute_url() in page.content.decode()
    assert {"servizio", "rinnovo"} & {name for name, _words in acts} == set()


def test_the_causes_of_a_withdrawal_are_in_the_language_of_the_page() -> None:
    with override("en"):
        choices = list(WithdrawalForm().fields["letter"].choices)

    assert ("c", "c) unforeseen needs of the service") in choices


def test_an_agreement_gone_by_never_follows_the_next_one(desk, come, settings) -> None:
    """Before the timer of the night has closed it."""
    version = held(desk)
    come(desk.hr).post(
        page_of(version, "act", "servizio"), {"unit": desk.area.pk, "from_day": "2021-03-01"}
    )
    new = Agreement.objects.get(continues=version.agreement)
    Agreement.objects.filter(pk=new.pk).update(state=AgreementState.RUNNING)
    settings.DEMO_DATE = datetime.date(2021, 3, 1)

    page = come(desk.employee).get(reverse("pola:my-agile"))

    assert (page.context["agreement"], page.context["following"]) == (new, None)


def test_the_page_says_when_the_register_of_people_has_another_unit(desk, come) -> None:
    version = held(desk)
    address = version.agreement.get_absolute_url()
    told = "L’anagrafica indica un’altra unità"

    before = come(desk.hr).get(address)
    Agreement.objects.filter(pk=version.agreement_id).update(unit=desk.area)
    after = come(desk.hr).get(address)

    assert (before.context["other_unit"], after.context["other_unit"]) == (None, desk.service)
    assert (told in before.content.decode(), told in after.content.decode()) == (False, True)


# The text that is shown is the text that is accepted


def words_of(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_page_and_pdf_show_the_text_that_was_offered(desk, come) -> None:
    version = held(desk, VersionState.WRITTEN)
    address = version.agreement.get_absolute_url()
    come(desk.hr).post(address, {"act": "offer"})
    version = AgreementVersion.objects.get(pk=version.pk)
    factories.norm(key="rest_hours", printed="12")
    factories.norm(key="morning_closes", printed="13.30")
    unit = version.agreement.unit
    unit.name = "Servizio dal nome nuovo"
    unit.save()

    page = come(desk.employee).get(address)
    printed = words_of(agreement_html(version))

    assert str(page.context["text"]) == version.text
    shown = words_of(page.content.decode())
    assert "Leggi tutto il testo" in shown
    for line in version.text.splitlines():
        assert line in printed
    text = page.context["text"]
    for words in (*text.head, text.place, *text.declarations):
        assert words in shown
    for one in text.contents:
        assert f"{one.number}. {one.title} {one.text}" in shown
    assert "Servizio dal nome nuovo" not in " ".join(text.head)
    assert "11 ore consecutive" in shown


def test_a_comparison_is_of_the_texts_that_were_offered(desk, come) -> None:
    version = held(desk, VersionState.REPLACED)
    heading = replace(heading_of(version), number=2)
    terms = terms_from_json(version.terms)
    later = agreement_text(heading, terms, Norms(rest_hours=12))
    factories.agreement_version(
        agreement=version.agreement, number=2, state=VersionState.IN_FORCE, text=later
    )
    factories.norm(key="rest_hours", printed="13")

    found = come(desk.employee).get(page_of(version, "difference")).context["differences"]

    assert [one.title for one in found] == ["Dichiarazioni"]
    assert [word.text.strip() for word in found[0].changes if word.is_added] == ["12"]


# The PDF


def test_pdf_is_asked_for_followed_and_given_out(
    desk, come, django_capture_on_commit_callbacks
) -> None:
    version = held(desk)
    client = come(desk.employee)
    address = page_of(version, "pdf", 1)

    nothing = client.get(address).context["build"]
    missing = client.get(page_of(version, "file", 1)).status_code
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(address)
    ready = client.get(address).context["build"]
    again_asked = client.post(address)

    assert (nothing, missing, asked.url) == (None, 404, address)
    assert (ready.is_done, ready.error) == (True, "")
    assert again_asked.url == page_of(version, "file", 1)
    answer = client.get(page_of(version, "file", 1))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].endswith(f'"{version.file_name}"')
    ready.file.storage.delete(ready.file.name)
    assert client.get(page_of(version, "file", 1)).status_code == 404


def test_pdf_is_for_the_readers_of_the_agreement(desk, come) -> None:
    version = held(desk)

    assert come(factories.user()).get(page_of(version, "pdf", 1)).status_code == 404
    assert come(desk.hr).get(page_of(version, "pdf", 2)).status_code == 404


def test_requirements_and_choices_are_worded_for_everybody(desk, come) -> None:
    version = held(desk)

    page = come(desk.hr).get(version.agreement.get_absolute_url())
    move = come(desk.hr).get(page_of(version, "act", "servizio"))

    assert page.context["checks"][0].detail.startswith("in servizio dal ")
    assert "Scegli l’unità" in move.content.decode()
    assert "---------" not in move.content.decode()
