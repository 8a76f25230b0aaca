"""The page of the validation: what the OIV does on it, what the others read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Build
from documents.operations import finish_build, start_build
from strategy.models import PerformanceReport, ReportExamination, ReportValidation
from strategy.operations import publish_report, reopen_year
from strategy.operations.examinations import save_examination, seen_of
from tests import factories
from tests.strategy.examined import COMPLETE, decide, sent_report, typed

SIGNED = b"%PDF-1.7\nfirmato\n%%EOF"


@pytest.fixture
def as_user(client, bergamo):
    def sign_in(username: str):
        user = bergamo.user(username)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def report(year, planner, secretary) -> PerformanceReport:
    year.row("A", actual="80")
    return sent_report(year, planner=planner, secretary=secretary)


@pytest.fixture
def decided(report, bergamo) -> ReportValidation:
    oiv = bergamo.user("oiv")
    save_examination(report, **COMPLETE, by=oiv)
    return decide(report, signed=SIGNED, by=oiv)


def page(name: str = "report-validation", *more: int) -> str:
    return reverse(f"strategy:{name}", args=[2011, 2012, *more])


def minutes(report: PerformanceReport) -> str:
    return reverse("strategy:report-file", args=[2011, 2012, 1, "verbale-oiv.pdf"])


def upload(content: bytes = SIGNED) -> dict[str, object]:
    """The decision with a signed file, on the examination as it stands."""
    seen = seen_of(ReportExamination.objects.last())
    return {"act": "valida", "seen": seen, "signed": SimpleUploadedFile("verbale.pdf", content)}


def test_before_the_relazione_is_sent_there_is_nothing_to_decide(client, year, as_user) -> None:
    as_user("oiv")

    shown, answer = client.get(page()), client.post(page(), {"act": "salva"})

    assert (shown.status_code, shown.context["may_decide"]) == (200, False)
    assert (shown.context["report"], answer.status_code) == (None, 404)


def test_the_oiv_saves_what_it_found(client, report, as_user) -> None:
    as_user("oiv")
    shown = client.get(page())

    answer = client.post(page(), typed(act="salva", meeting_on="", outcome=""))

    assert (shown.context["may_decide"], len(shown.context["lacks"])) == (True, 10)
    assert answer.url == page()
    again = client.get(page())
    assert len(again.context["lacks"]) == 2
    assert again.context["form"].initial["answer_method"] == "observed"


def test_the_minutes_are_asked_for_with_what_was_typed(client, report, as_user) -> None:
    as_user("oiv")

    client.post(page(), typed(act="verbale"))

    build = Build.objects.get()
    status = client.get(page("minutes-status"))
    assert (build.kind, ReportExamination.objects.count()) == ("minutes-2011-2012-1", 1)
    assert (status.context["build"], status.context["is_made"]) == (build, build.is_done)


def test_minutes_of_an_incomplete_examination_are_refused_and_what_was_typed_is_saved(
    client, report, as_user
) -> None:
    as_user("oiv")

    answer = client.post(page(), typed(act="verbale", outcome=""))

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["outcome"])
    assert answer.context["is_stale"] is False
    assert "il verbale non si può ancora preparare" in answer.content.decode()
    assert ReportExamination.objects.get().present == "Irene Segnalibro"
    assert answer.context["form"]["seen"].value() != ""
    assert not Build.objects.exists()


def test_what_is_typed_while_another_member_decides_stays_readable(client, report, as_user) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))
    client.post(page(), upload())

    late = client.post(page(), typed(act="salva", notes="Ancora una osservazione."))

    assert (late.status_code, late.context["may_decide"]) == (409, False)
    words = dict(late.context["typed"])
    assert "Ancora una osservazione." in words.values()
    assert "Ancora una osservazione." in late.content.decode()
    assert "Irene Segnalibro" in words.values()
    assert len(late.context["refused"]) == 1


def test_the_made_minutes_are_given_to_the_oiv_alone(client, report, as_user) -> None:
    as_user("oiv")
    client.post(page(), typed(act="verbale"))
    early = client.get(page("minutes-made")).status_code
    finish_build(build=start_build(build=Build.objects.get()), content=SIGNED, name="v.pdf")
    made = client.get(page("minutes-made"))
    as_user("segretario")

    assert (early, made.content) == (404, SIGNED)
    assert made.headers["Content-Disposition"] == 'attachment; filename="verbale-oiv-2012.pdf"'
    assert client.get(page("minutes-made")).status_code == 403


def test_a_signed_file_is_kept_with_the_decision(client, report, as_user) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))

    answer = client.post(page(), upload())

    assert answer.url == page()
    decided = ReportValidation.objects.get()
    shown = client.get(page())
    assert (decided.outcome, shown.context["decided"]) == (
        "with_remarks",
        [decided.edition],
    )
    assert shown.content.decode().count(decided.minutes_sha256) == 1
    file = client.get(minutes(report))
    assert b"".join(file) == SIGNED


def test_a_file_that_is_not_a_pdf_and_no_file_at_all(client, report, as_user) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))

    wrong, none = (
        client.post(page(), upload(b"ciao")),
        client.post(page(), upload() | {"signed": ""}),
    )

    assert list(wrong.context["decision_form"].errors) == ["signed"]
    assert len(none.context["refused"]) == 1
    assert not ReportValidation.objects.exists()


def test_of_two_who_save_the_second_is_told_and_keeps_what_was_typed(
    client, report, as_user
) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))

    answer = client.post(page(), typed(act="salva", present="Un altro"))

    form, content = answer.context["form"], answer.content.decode()
    again = client.post(page(), typed(act="salva", present="Un altro", seen=form["seen"].value()))
    assert (answer.status_code, answer.context["is_stale"]) == (409, True)
    assert form["present"].value() == "Un altro"
    assert content.count("<dd>Irene Segnalibro</dd>") == 1
    assert (again.url, ReportExamination.objects.get().present) == (page(), "Un altro")


def test_of_two_members_the_one_who_decides_has_read_what_the_other_saved(
    client, report, as_user
) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))
    read = client.get(page()).context["decision_form"]["seen"].value()
    client.post(page(), typed(act="salva", present="Un altro", seen=read))

    refused = client.post(page(), upload() | {"seen": read})

    assert (refused.status_code, ReportValidation.objects.exists()) == (409, False)
    assert "leggilo, poi decidi" in refused.content.decode()
    assert refused.context["form"].initial["present"] == "Un altro"
    again = refused.context["decision_form"]["seen"].value()
    assert client.post(page(), upload() | {"seen": again}).status_code == 302


def test_minutes_made_before_of_the_same_examination_are_found_again(
    client, report, as_user
) -> None:
    as_user("oiv")
    client.post(page(), typed(act="verbale"))
    first = Build.objects.get()
    finish_build(build=start_build(build=first), content=SIGNED, name="v.pdf")

    def seen() -> str:
        return seen_of(ReportExamination.objects.get())

    client.post(page(), typed(act="verbale", present="Un altro", seen=seen()))
    changed = client.get(page())
    client.post(page(), typed(act="verbale", seen=seen()))
    back = client.get(page())

    assert (changed.context["is_made"], Build.objects.count()) == (False, 2)
    assert (back.context["is_made"], back.context["build"]) == (True, first)
    assert client.get(page("minutes-made")).content == SIGNED


def test_a_year_opened_again_is_told_and_not_decided(client, report, as_user, secretary) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)

    shown, refused = client.get(page()), client.post(page(), upload())
    minutes = client.post(page(), typed(act="verbale", seen=upload()["seen"]))

    text = shown.content.decode()
    assert "L’anno è stato riaperto dopo l’approvazione" in text
    assert "Rispondi ai criteri" not in text
    assert 'value="valida" aria-disabled="true"' in text
    assert (refused.status_code, minutes.status_code) == (409, 409)
    assert minutes.context["refused"]
    assert not ReportValidation.objects.exists()
    assert not Build.objects.exists()


@pytest.mark.parametrize("name", ["report-validation", "minutes-status", "minutes-made"])
def test_a_damaged_closing_is_told_and_nothing_is_shown(client, report, as_user, name) -> None:
    damaged = factories.year_closing(
        plan=report.plan, year=2012, number=2, snapshot_sha256="0" * 64
    )
    factories.report_edition(report=report, number=2, closing=damaged)
    as_user("oiv")

    assert client.get(page(name)).status_code == 503


def test_savings_do_not_hide_the_acts_of_the_relazione(client, report, as_user) -> None:
    as_user("oiv")
    client.post(page(), typed(act="salva"))

    happened = client.get(report.get_absolute_url()).context["happenings"]

    assert [one.title for one in happened] == [
        "Relazione trasmessa all’OIV",
        "Relazione approvata",
        "Relazione avviata",
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("transmitted", "torna in lavorazione solo se"),
        ("validated", "Ciò che l’OIV ha validato non cambia più"),
        ("not_validated", "riportala in lavorazione dalla sua pagina"),
    ],
)
def test_a_text_that_is_fixed_says_whether_it_can_be_mended(
    client, report, as_user, state, words
) -> None:
    PerformanceReport.objects.filter(pk=report.pk).update(state=state)
    as_user("pianificazione")
    address = reverse("strategy:report-section-edit", args=[2011, 2012, "premessa"])

    answer = client.get(address)

    assert (answer.status_code, words in answer.content.decode()) == (409, True)


def test_what_was_decided_meanwhile_is_told(client, decided, as_user) -> None:
    as_user("oiv")

    answer = client.post(page(), typed(act="salva"))

    assert (answer.status_code, answer.context["may_decide"]) == (409, False)


@pytest.mark.parametrize("username", ["pianificazione", "segretario", "amministratore"])
def test_the_others_read_only_the_decision(client, report, as_user, bergamo, username) -> None:
    save_examination(report, **COMPLETE, by=bergamo.user("oiv"))
    as_user(username)
    during = client.get(page())
    decide(report, signed=SIGNED, by=bergamo.user("oiv"))
    after = client.get(page())

    assert (during.context["sheet"], during.context["may_decide"]) == (None, False)
    assert "Un indicatore non ha evidenze." not in during.content.decode()
    assert "Un indicatore non ha evidenze." in after.content.decode()
    assert client.post(page(), typed(act="salva")).status_code == 403


@pytest.mark.parametrize("name", ["reportexamination", "criterionfinding"])
def test_the_administration_shows_no_outcome_before_the_decision(
    client, report, as_user, bergamo, name
) -> None:
    save_examination(report, **COMPLETE, by=bergamo.user("oiv"))
    as_user("amministratore")
    address = reverse(f"admin:strategy_{name}_changelist")
    during = client.get(address).context["cl"].result_count
    decide(report, signed=SIGNED, by=bergamo.user("oiv"))
    after = client.get(address).context["cl"].result_count

    assert (during, after) == (0, {"reportexamination": 1, "criterionfinding": 7}[name])


def test_an_act_that_is_none(client, report, as_user) -> None:
    as_user("oiv")

    assert client.post(page(), {"act": "boh"}).status_code == 400


def test_the_minutes_are_public_with_the_relazione(client, decided, report, secretary) -> None:
    public = reverse("public-report-minutes", args=["2011-2013", 2012])
    before = client.get(public).status_code
    publish_report(report, by=secretary)

    answer = client.get(public)

    assert (before, answer.status_code, b"".join(answer)) == (404, 200, SIGNED)
    client.force_login(secretary)
    shown = client.get(page()).content.decode()
    assert shown.count(f'href="{reverse("public-report", args=["2011-2013", 2012])}"') == 1
