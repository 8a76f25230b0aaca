"""The register of agreements, one agreement, its text, its story, two texts compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest, typed
from organization.models import Unit
from organization.querysets import PERSON_NAMES, holding_words
from organization.refusals import tell
from organization.tables import PER_PAGE
from pola.durations import A_DAY, add_months
from pola.enums import AgreementState, VersionState
from pola.forms.agreements import (
    ENDING,
    GiveBackForm,
    RegisterForm,
    TermsForm,
    initial_terms,
)
from pola.models import Agreement, AgreementVersion, Norm, Withdrawal
from pola.norms import Norms
from pola.operations import accept_agreement, give_back_agreement, offer_agreement, write_terms
from pola.operations.agreements import eligibility_of, problems_of_text, seen_of
from pola.problems import Finding
from pola.problems.finding import blockers
from pola.register_facts import duty_days
from pola.reports.agreement_reminders import expiring
from pola.reports.agreement_story import story_of
from pola.reports.agreements import (
    acceptances,
    checks_of,
    day_gone_by,
    differences,
    events_of,
    lead_words,
    whole_count,
)
from pola.reports.counterparts import chart_of
from pola.reports.limits import limits_of
from pola.reports.my_agile import earliest_withdrawal, may_be_renewed
from pola.reports.objectives import objectives_for
from pola.reports.steps import steps_of
from pola.reports.texts import text_of, text_of_day
from pola.terms import terms_from_json
from pola.views.interests import shares_context

CONFLICTS = {"stale", "state"}


@require_safe
def agreement_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The register: the agreements that the person reads, narrowed by the address, 25 at a time."""
    readable = Agreement.objects.visible_to(request.user).select_related(
        "person", "unit", "counterpart"
    )
    form = RegisterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = readable
    if chosen.get("stato") == ENDING:
        found = found.filter(pk__in=[one.pk for one in expiring(clock.today())])
    elif chosen.get("stato"):
        found = found.filter(state=chosen["stato"])
    if chosen.get("unita"):
        found = found.filter(unit=chosen["unita"])
    found = holding_words(found, chosen.get("q", ""), *PERSON_NAMES)
    ordered = list(found.order_by("person__last_name", "person__first_name", "-starts_on"))
    context = {
        "form": form,
        "agreements": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "total": readable.count(),
        "is_filtered": any(chosen.values()),
    } | shares_context(clock.today())
    return render(request, "pola/agreements_register.html", context)


def load_agreement(request: AuthenticatedHttpRequest, pk: int) -> Agreement:
    """An agreement that the person may read; 404 otherwise."""
    readable = Agreement.objects.visible_to(request.user)
    agreement: Agreement = get_object_or_404(
        readable.select_related("person", "unit", "counterpart", "interest"), pk=pk
    )
    return agreement


def versions_of(agreement: Agreement) -> list[AgreementVersion]:
    """Its texts, the newest first."""
    versions = list(agreement.versions.order_by("-number"))
    for version in versions:
        version.agreement = agreement
    return versions


def shown_text(versions: list[AgreementVersion]) -> AgreementVersion | None:
    """The newest text that was not dropped, of those dropped when every one was; of a renewal that
    both accepted and that has still to begin, the text that holds until then."""
    standing = [one for one in versions if one.state != VersionState.DROPPED]
    newest = next(iter(standing or versions), None)
    is_accepted = newest is not None and newest.state == VersionState.IN_FORCE
    return text_of_day(versions, clock.today()) if is_accepted else newest


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The page of an agreement; a POST offers, accepts or gives back its text."""
    agreement = load_agreement(request, pk)
    versions = versions_of(agreement)
    form = GiveBackForm()
    status, refused = 200, False
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in ACTS or not versions:
            raise BadRequest
        form = GiveBackForm(request.POST) if act == "give_back" else form
        try:
            ACTS[act](request, versions[0])
        except ValidationError as refusal:
            status, refused = 409, True
            for words in refusal.messages:
                messages.error(request, words)
        else:
            return redirect(agreement)
        agreement = load_agreement(request, pk)
        versions = versions_of(agreement)
    context = _page(request, agreement, versions) | {"give_back_form": form, "refused": refused}
    return render(request, "pola/agreements_detail.html", context, status=status)


def _offer(request: AuthenticatedHttpRequest, version: AgreementVersion) -> None:
    offer_agreement(version, by=request.user)
    messages.success(request, _("Offered: both sides find it among what waits for them."))


def _accept(request: AuthenticatedHttpRequest, version: AgreementVersion) -> None:
    done = accept_agreement(version, seen=request.POST.get("seen", ""), by=request.user)
    if done.state == VersionState.IN_FORCE:
        messages.success(request, _("Accepted by both: the agreement is concluded."))
    else:
        messages.success(request, _("Accepted. The other side is still missing."))


def _give_back(request: AuthenticatedHttpRequest, version: AgreementVersion) -> None:
    give_back_agreement(version, reason=typed(request, "reason"), by=request.user)
    messages.success(request, _("Given back: the text is written again."))


ACTS = {"offer": _offer, "accept": _accept, "give_back": _give_back}


def _page(
    request: AuthenticatedHttpRequest, agreement: Agreement, versions: list[AgreementVersion]
) -> dict[str, Any]:
    user = request.user
    norms = Norm.objects.in_force()
    version = shown_text(versions)
    text = text_of(version, norms) if version else None
    interest = agreement.interest
    sides = acceptances(version, person_id=user.person_id) if version else ()
    reserved = has_perm("pola.read_reserved", user, agreement)
    may_write = has_perm("pola.write_agreement", user, agreement)
    is_written = version is not None and version.state == VersionState.WRITTEN
    problems = _problems(agreement, version, norms)
    is_stopped = bool(blockers(problems))
    withdrawal = Withdrawal.objects.of(agreement).first()
    following = agreement.following if agreement.state in AgreementState.concluded else None
    return {
        "agreement": agreement,
        "version": version,
        "versions": versions,
        "lead": lead_words(
            agreement, version, person_id=user.person_id or 0, is_stopped=is_stopped
        ),
        "steps": steps_of(interest, agreement, versions[-1] if versions else None),
        "text": text,
        "whole": whole_count(text.contents) if text else 0,
        "acceptances": sides,
        "checks": checks_of(agreement, duty_days(agreement), on=clock.today()),
        "problems": problems,
        "is_stopped": is_stopped,
        "before_what": _("Before offering it") if is_written else _("Before accepting it"),
        "may_write": may_write and is_written,
        "may_accept": _may_accept(user, agreement, version),
        "is_too_late": day_gone_by(version) is not None,
        "acts": acts_of(
            user, agreement, undoable(user, agreement, version, withdrawal, following, norms)
        ),
        "events": events_of(agreement, withdrawal, reserved=reserved),
        "is_renewal": is_renewal(agreement, version),
        "coming": next((one for one in versions if one.is_to_come and one != version), None),
        "following": following,
        "may_follow": following is not None and _reads(user, following),
        "other_unit": _other_unit(agreement),
        "drop_reason": agreement.drop_reason if reserved else "",
    }


def _problems(
    agreement: Agreement, version: AgreementVersion | None, norms: Norms
) -> list[Finding]:
    """What a text still needs before it is offered; once offered, what the registers lack."""
    if version is None or not version.is_open:
        return []
    if version.state == VersionState.WRITTEN:
        return problems_of_text(version, norms)
    return eligibility_of(agreement, norms)


def _may_accept(user: Any, agreement: Agreement, version: AgreementVersion | None) -> bool:
    """A text is offered and the person's own acceptance is missing."""
    if version is None or version.state != VersionState.OFFERED:
        return False
    if agreement.person_id == user.person_id:
        return version.employee_accepted_at is None
    is_missing = version.employer_accepted_at is None
    return is_missing and has_perm("pola.accept_agreement", user, agreement)


def _other_unit(agreement: Agreement) -> Unit | None:
    """The unit in which the register of people has the person, when it is not that of the agreement
    in force today: who leads it decides the days."""
    covers_today = agreement.state == AgreementState.RUNNING and agreement.covers(clock.today())
    is_there = agreement.person.unit_id == agreement.unit_id
    return agreement.person.unit if covers_today and not is_there else None


def _reads(user: Any, agreement: Agreement) -> bool:
    return bool(Agreement.objects.visible_to(user).filter(pk=agreement.pk).exists())


def is_renewal(agreement: Agreement, version: AgreementVersion | None) -> bool:
    """The text shown is that of a renewal on its way: until both accept it another one holds."""
    is_running = agreement.state == AgreementState.RUNNING
    return is_running and version is not None and version.is_open


def undoable(
    user: Any,
    agreement: Agreement,
    version: AgreementVersion | None,
    withdrawal: Withdrawal | None,
    following: Agreement | None,
    norms: Norms,
) -> set[str]:
    """The acts that would be refused as the agreement stands: no page offers them."""
    found = set() if may_be_renewed(agreement, norms) else {"richiesta"}
    if agreement.ends_on >= norms.trial_ends_on:
        found |= {"rinnovo"}
    if is_renewal(agreement, version):
        found |= {"richiesta", "rinnovo"}
    if following is not None:
        found |= {"richiesta", "rinnovo", "servizio"}
    own = agreement.person_id == user.person_id
    if own and earliest_withdrawal(agreement, norms, on=clock.today()) is None:
        found |= {"recesso"}
    if withdrawal is not None:
        found |= {"richiesta", "rinnovo", "recesso", "servizio"}
    return found


def acts_of(user: Any, agreement: Agreement, hidden: set[str]) -> list[tuple[str, str]]:
    """What the person may do to an agreement in force or on its way: address and words."""
    if agreement.state in AgreementState.on_its_way:
        may_drop = has_perm("pola.drop_agreement", user, agreement)
        return [("abbandono", _("Do not conclude it"))] if may_drop else []
    from_rights = (
        ("richiesta", "pola.ask_renewal", _("Ask for the renewal")),
        ("rinnovo", "pola.renew_agreement", _("Evaluate and renew")),
        ("sospensione", "pola.suspend_agreement", _("Suspend")),
        ("recesso", "pola.withdraw_for_the_chamber", _("Withdraw for the Chamber")),
        ("recesso", "pola.withdraw_as_employee", _("Withdraw from the agreement")),
        ("servizio", "pola.change_unit_of_agreement", _("Change of unit")),
        ("deroga", "pola.grant_exemption", _("Grant an exemption")),
    )
    if agreement.state != AgreementState.RUNNING:
        return []
    return [
        (name, words)
        for name, right, words in from_rights
        if name not in hidden and has_perm(right, user, agreement)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_write(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The nine contents of the text that is being written; a POST keeps them."""
    agreement = load_agreement(request, pk)
    if not has_perm("pola.write_agreement", request.user, agreement):
        raise PermissionDenied
    version = agreement.versions.filter(state=VersionState.WRITTEN).first()
    if version is None:
        raise Http404
    version.agreement = agreement
    terms = terms_from_json(version.terms)
    year = (terms.starts_on or clock.today()).year
    offered = objectives_for(agreement.unit, chart_of(clock.today()), year=year)
    known = {one.row for one in offered}
    offered += tuple(one for one in terms.objectives if one.row not in known)
    initial = initial_terms(terms) | {"seen": seen_of(version)}
    renews = version.number > 1
    if renews:
        initial["starts_on"] = agreement.ends_on + A_DAY
    form = TermsForm(request.POST or None, initial=initial, offered=offered, is_renewal=renews)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _write(request, version, form)
        if status == 302:
            return redirect(agreement)
    context = {
        "agreement": agreement,
        "version": version,
        "form": form,
        "year": year,
        "limits": limits_of(Norm.objects.in_force(), percent=agreement.person.part_time_percent),
    }
    return render(request, "pola/agreements_write.html", context, status=status)


def _write(request: AuthenticatedHttpRequest, version: AgreementVersion, form: TermsForm) -> int:
    """Keep the terms; 302 when they are kept, else the answer of the page."""
    norms = Norm.objects.in_force()
    starts_on = form.cleaned_data["starts_on"]
    whole_end = add_months(starts_on, norms.first_term_months) if starts_on else None
    terms = form.terms(trial_ends_on=norms.trial_ends_on, whole_end=whole_end)
    try:
        write_terms(version, terms=terms, seen=form.cleaned_data["seen"], by=request.user)
    except ValidationError as refusal:
        tell(form, refusal)
        return 409 if getattr(refusal, "code", "") in CONFLICTS else 200
    if missing := terms.missing:
        names = ", ".join(str(content.label) for content in missing)
        messages.warning(request, _("Kept. Still missing: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("Kept. The nine contents are there."))
    return 302


@require_safe
def agreement_story(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Everything that happened, act by act, and the texts one after the other."""
    agreement = load_agreement(request, pk)
    versions = versions_of(agreement)
    reserved = has_perm("pola.read_reserved", request.user, agreement)
    readable = Agreement.objects.visible_to(request.user)
    suspensions = list(agreement.suspensions.all())
    evaluations = list(agreement.evaluations.all()) if reserved else []
    context = {
        "agreement": agreement,
        "versions": versions,
        "story": story_of(
            agreement, versions, evaluations, suspensions if reserved else (), reserved=reserved
        ),
        "suspensions": suspensions,
        "evaluations": evaluations,
        "continued": readable.filter(continues=agreement).first(),
        "before": readable.filter(pk=agreement.continues_id).first(),
    }
    return render(request, "pola/agreements_story.html", context)


@require_safe
def agreement_difference(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What two texts say differently, content by content, word by word."""
    agreement = load_agreement(request, pk)
    versions = versions_of(agreement)
    if len(versions) < 2:
        raise Http404
    by_number = {str(version.number): version for version in versions}
    old = by_number.get(request.GET.get("da", ""), versions[1])
    new = by_number.get(request.GET.get("a", ""), versions[0])
    context = {
        "agreement": agreement,
        "versions": versions,
        "old": old,
        "new": new,
        "differences": differences(text_of(old), text_of(new)),
    }
    return render(request, "pola/agreements_difference.html", context)
