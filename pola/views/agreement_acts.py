"""What is done to an agreement: renewed, suspended, ended, taken elsewhere, exempted; dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from rules import has_perm

from organization import clock
from organization.days import written
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from organization.refusals import tell
from pola import operations
from pola.durations import earliest_end, notice_days
from pola.enums import AgreementState, Letter, Party
from pola.forms.agreements import (
    DropForm,
    ExemptionForm,
    OwnWithdrawalForm,
    RenewalForm,
    SuspensionForm,
    UnitForm,
    WithdrawalForm,
)
from pola.models import AgileDay, Agreement, Norm
from pola.operations.agreement_life import is_known_protected
from pola.operations.interest_doors import RUNNING
from pola.problems import Finding
from pola.problems.agreements import sheet_problems
from pola.reports.agreement_days import TAKING, booked_days, falling_days, with_fallen
from pola.reports.sheets import unevaluated_months
from pola.views.agreements import load_agreement


@dataclass(frozen=True)
class Act:
    """One thing that is done to an agreement: who may, what is asked, what happens."""

    right: str
    title: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]
    is_grave: bool = False
    about: str | Promise = ""
    states: Collection[str] = RUNNING

    @property
    def is_for_running(self) -> bool:
        """It is done to an agreement in force."""
        return self.states == RUNNING


def _renew(agreement: Agreement, data: dict[str, Any], **how: Any) -> Any:
    is_positive = data.pop("outcome") == "yes"
    return operations.renew_agreement(agreement, **data, is_positive=is_positive, **how)


def _withdraw(agreement: Agreement, data: dict[str, Any], **how: Any) -> Any:
    letter = Letter(data.pop("letter")) if data.get("letter") else data.pop("letter", None)
    return operations.withdraw_from_agreement(
        agreement, **data, letter=letter or None, party=Party.EMPLOYER, **how
    )


def _withdraw_own(agreement: Agreement, data: dict[str, Any], **how: Any) -> Any:
    return operations.withdraw_from_agreement(agreement, **data, party=Party.EMPLOYEE, **how)


def _plain(operation: Callable[..., Any]) -> Callable[..., Any]:
    def do(agreement: Agreement, data: dict[str, Any], **how: Any) -> Any:
        return operation(agreement, **data, **how)

    return do


ACTS = {
    "richiesta": Act(
        "pola.ask_renewal",
        _("Ask for the renewal"),
        _("Ask for the renewal"),
        _("Asked. Who signs for the Chamber finds it among the things to do, and evaluates."),
        forms.Form,
        _plain(operations.ask_renewal),
        about=_(
            "Nothing changes until it is evaluated. If the outcome is favourable you find the new "
            "text here, to read and accept; otherwise the agreement ends on its last day."
        ),
    ),
    "rinnovo": Act(
        "pola.renew_agreement",
        _("Evaluate and renew"),
        _("Keep the evaluation"),
        _("The evaluation is kept."),
        RenewalForm,
        _renew,
    ),
    "sospensione": Act(
        "pola.suspend_agreement",
        _("Suspend the agreement"),
        _("Suspend"),
        _("The agreement is suspended on these days."),
        SuspensionForm,
        _plain(operations.suspend_agreement),
        is_grave=True,
    ),
    "recesso": Act(
        "pola.withdraw_for_the_chamber",
        _("Withdrawal for the Chamber"),
        _("Withdraw for the Chamber"),
        _("The withdrawal is recorded: the agreement has its last day."),
        WithdrawalForm,
        _withdraw,
        is_grave=True,
    ),
    "servizio": Act(
        "pola.change_unit_of_agreement",
        _("Change of unit"),
        _("Begin the agreement of the new unit"),
        _("The agreement of the new unit begins to be written."),
        UnitForm,
        _plain(operations.change_unit),
        about=_(
            "This agreement ends on the day before. The one of the new unit is written with its "
            "objectives, and holds when both sides have accepted it; until then the person works "
            "in the office. On that day the administrator moves the person to the new unit in the "
            "register of people too: who leads it decides the days from then on."
        ),
    ),
    "deroga": Act(
        "pola.grant_exemption",
        _("Exemption from the days a week"),
        _("Grant the exemption"),
        _("The exemption is granted."),
        ExemptionForm,
        _plain(operations.grant_exemption),
    ),
}
ACTS["abbandono"] = Act(
    "pola.drop_agreement",
    _("Do not conclude the agreement"),
    _("Do not conclude it"),
    _("The agreement is not concluded: another one may be asked for."),
    DropForm,
    _plain(operations.drop_agreement),
    is_grave=True,
    about=_("The text stays in the history as not concluded; the person may ask again."),
    states=AgreementState.on_its_way,
)
OWN_WITHDRAWAL = Act(
    "pola.withdraw_as_employee",
    _("Withdraw from your agreement"),
    _("Withdraw from the agreement"),
    _("The withdrawal is recorded: the agreement has its last day."),
    OwnWithdrawalForm,
    _withdraw_own,
    is_grave=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_act(request: AuthenticatedHttpRequest, pk: int, act: str) -> HttpResponse:
    """The page of one act; a POST does it."""
    agreement = load_agreement(request, pk)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    if act == "recesso" and agreement.person_id == request.user.person_id:
        chosen = OWN_WITHDRAWAL
    if not has_perm(chosen.right, request.user, agreement):
        raise PermissionDenied
    if act == "richiesta" and request.method != "POST" and agreement.renewal_asked_at is not None:
        return redirect(agreement)
    form = chosen.form(request.POST or None, initial=_initial(request, act, agreement))
    falling: list[AgileDay] = []
    if request.method == "POST" and form.is_valid():
        falling = falling_days(agreement, act, form.cleaned_data)
    sure = _days_token(falling)
    is_asked = bool(falling) and request.POST.get("sure") != sure
    if request.method == "POST" and form.is_valid():
        try:
            made = _do(chosen, agreement, form.cleaned_data, by=request.user, is_trial=is_asked)
        except ValidationError as refusal:
            tell(form, refusal)
            is_asked = False
        else:
            if not is_asked:
                messages.success(request, with_fallen(str(chosen.done), len(falling)))
                return redirect(made if isinstance(made, Agreement) else agreement)
    is_possible = agreement.state in chosen.states
    context = {
        "agreement": agreement,
        "act": chosen,
        "form": form,
        "is_possible": is_possible,
        "facts": _facts(request, act, agreement) + _booked(act, agreement),
        "cautions": _cautions(act, agreement),
        "falling": falling,
        "sure": sure,
        "is_asked": is_asked,
    }
    return render(request, "pola/agreements_act.html", context, status=200 if is_possible else 409)


def _do(
    chosen: Act, agreement: Agreement, data: dict[str, Any], *, by: User, is_trial: bool
) -> Any:
    """Do the act. On trial nothing stays done: what refuses it is told before anybody is asked to
    confirm the days that fall."""
    with transaction.atomic():
        made = chosen.do(agreement, dict(data), by=by)
        transaction.set_rollback(is_trial)
    return made


def _days_token(falling: Iterable[AgileDay]) -> str:
    """Which days were seen: others than these are asked about again."""
    return " ".join(one.day.isoformat() for one in falling)


def _cautions(act: str, agreement: Agreement) -> list[Finding]:
    """What to look at before an evaluation: the sheets that lack theirs (art. 13)."""
    if act != "rinnovo":
        return []
    return sheet_problems(unevaluated_months(agreement, on=clock.today()))


def _booked(act: str, agreement: Agreement) -> list[tuple[Any, str]]:
    """How many days are booked ahead, before an act that may take them away."""
    if act not in TAKING:
        return []
    ahead = booked_days(agreement)
    words = _("from %(first)s to %(last)s")
    span = words % {"first": written(ahead[0].day), "last": written(ahead[-1].day)} if ahead else ""
    if len(ahead) == 1:
        span = written(ahead[0].day)
    return [(_("Days of agile work booked"), f"{len(ahead)}, {span}" if ahead else "0")]


def _is_known(request: AuthenticatedHttpRequest, agreement: Agreement) -> bool:
    """Whether the longer notice is known to apply, for who may read it."""
    may_read = has_perm("pola.read_reserved", request.user, agreement)
    return may_read and is_known_protected(agreement)


def _initial(request: AuthenticatedHttpRequest, act: str, agreement: Agreement) -> dict[str, Any]:
    norms, today = Norm.objects.in_force(), clock.today()
    if act == "recesso":
        own = agreement.person_id == request.user.person_id
        party = Party.EMPLOYEE if own else Party.EMPLOYER
        known = not own and _is_known(request, agreement)
        days = notice_days(norms, party=party, is_protected=known)
        return {"is_protected": known, "last_day": earliest_end(today, days), "letter": ""}
    if act == "rinnovo":
        return {"ends_on": norms.trial_ends_on}
    return {}


def _facts(
    request: AuthenticatedHttpRequest, act: str, agreement: Agreement
) -> list[tuple[Any, str]]:
    """What to know before doing it: the norm in force with its days."""
    norms, today = Norm.objects.in_force(), clock.today()
    match act:
        case "recesso":
            own = agreement.person_id == request.user.person_id
            days = [norms.notice_days, *([] if own else [norms.notice_days_disabled])]
            return [
                (_("Notice of %(days)s days (art. 8)") % {"days": n}, _from(today, n)) for n in days
            ]
        case "sospensione":
            limit = _("%(days)s days") % {"days": norms.suspension_days}
            return [(_("At most, at a time (art. 8)"), limit)]
        case "rinnovo" | "richiesta":
            return [
                (_("Evaluates and renews (art. 6)"), str(agreement.counterpart)),
                (_("The agreement ends on"), written(agreement.ends_on)),
                (_("End of the trial (art. 1)"), written(norms.trial_ends_on)),
            ]
        case "deroga":
            limit = _("%(days)s days a week") % {"days": norms.max_days_per_week}
            return [(_("Without exemption (art. 4)"), limit)]
        case _:
            return [(_("Unit of the agreement"), str(agreement.unit))]


def _from(today: Any, days: int) -> str:
    words = _("last day not before %(day)s")
    return str(words % {"day": written(earliest_end(today, days))})
