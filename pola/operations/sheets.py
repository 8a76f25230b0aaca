"""What happens to an activity sheet: written and sent by the person, evaluated or given back by
the head (art. 13)."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import User
from pola.enums import SheetState, WorkGrade
from pola.models import ActivitySheet
from pola.monitoring_rules import evaluates
from pola.operations.interest_doors import save_signed
from pola.problems.finding import Blocker
from pola.problems.sheets import sending_problem, writing_problem

WRITTEN = ("objectives", "output", "quality")
STALE = "stale"


@transaction.atomic
def save_sheet(
    *,
    month: datetime.date,
    texts: dict[str, str],
    version: int,
    send: bool = False,
    by: User,
    at: datetime.datetime | None = None,
) -> ActivitySheet:
    """Keep what the person wrote of a month of his own; with `send` it goes to the head, which is
    recorded as `sheet.sent` with the month alone.

    `version` is the one that was read, 0 for a sheet not begun. Refuses a month to come, one in
    which no agreement held, a sheet already sent, one changed meanwhile (code `stale`), and
    sending one without objectives or output, or before the last working day of its month.
    """
    at = at or timezone.now()
    sheet = _own(month, by=by)
    if not sheet.is_draft:
        raise ValidationError(_("This sheet was sent: your head has it."), code="state")
    if (sheet.version if sheet.pk else 0) != version:
        raise ValidationError(_("This sheet was changed meanwhile, in another window."), code=STALE)
    for name in WRITTEN:
        setattr(sheet, name, texts[name].strip())
    if send:
        _refuse(sending_problem(sheet.person, month, today=clock.today()))
        _refuse_empty(sheet)
        sheet.state, sheet.return_reason = SheetState.SENT, ""
        sheet.sent_at, sheet.sent_by_label = at, str(by)
    sheet.version = version + 1
    save_signed(sheet, by=by, at=at)
    if send:
        audit.record("sheet.sent", target=sheet, by=by, at=at)
    return sheet


@transaction.atomic
def evaluate_sheet(
    sheet: ActivitySheet,
    *,
    quantity: str,
    quality: str,
    evaluation: str,
    by: User,
    at: datetime.datetime | None = None,
) -> ActivitySheet:
    """Say how quantity and quality compare with work in the office; recorded as
    `sheet.evaluated` without the outcome, which is for the person and who leads.

    Refuses whoever does not lead the person, a sheet that does not wait, and work below that of
    the office without a word on it.
    """
    at = at or timezone.now()
    sheet = _waiting(sheet, by=by)
    sheet.quantity_grade, sheet.quality_grade = quantity, quality
    sheet.evaluation = evaluation.strip()
    if WorkGrade.BELOW in (quantity, quality) and not sheet.evaluation:
        words = _("Say what is below the work of the office: the person reads it.")
        raise ValidationError({"evaluation": words})
    sheet.state = SheetState.EVALUATED
    sheet.evaluated_at, sheet.evaluated_by_label = at, str(by)
    sheet.version += 1
    save_signed(sheet, by=by, at=at)
    audit.record("sheet.evaluated", target=sheet, by=by, at=at)
    return sheet


@transaction.atomic
def return_sheet(
    sheet: ActivitySheet, *, reason: str, by: User, at: datetime.datetime | None = None
) -> ActivitySheet:
    """Give a sheet back to the person, with a reason; recorded as `sheet.returned`.

    Refuses as above; also an empty reason.
    """
    at = at or timezone.now()
    sheet = _waiting(sheet, by=by)
    sheet.return_reason = reason.strip()
    if not sheet.return_reason:
        raise ValidationError({"return_reason": _("Say why the sheet is given back.")})
    sheet.state = SheetState.DRAFT
    sheet.sent_at, sheet.sent_by_label = None, ""
    sheet.version += 1
    save_signed(sheet, by=by, at=at)
    audit.record("sheet.returned", target=sheet, by=by, at=at)
    return sheet


def _own(month: datetime.date, *, by: User) -> ActivitySheet:
    """The person's sheet of a month, locked; a new one when it was not begun."""
    if by.person is None:
        raise PermissionDenied(_("You have no right to do this."))
    found = ActivitySheet.objects.select_for_update().filter(person=by.person, month=month)
    sheet = found.first()
    if sheet:
        return sheet
    _refuse(writing_problem(by.person, month, today=clock.today()))
    return ActivitySheet(person=by.person, month=month)


def _refuse(problem: Blocker | None) -> None:
    if problem:
        raise ValidationError(problem.text, code=problem.code)


def _refuse_empty(sheet: ActivitySheet) -> None:
    """Objectives and output are said before the sheet is sent (art. 13)."""
    missing = {
        "objectives": _("Say what the month was for, as your agreement puts it."),
        "output": _("Say what you did: numbers and products, if you can."),
    }
    errors = {name: words for name, words in missing.items() if not getattr(sheet, name)}
    if errors:
        raise ValidationError(errors)


def _waiting(sheet: ActivitySheet, *, by: User) -> ActivitySheet:
    """The sheet as it stands, locked, if it waits for this head."""
    locked = ActivitySheet.objects.select_for_update(of=("self",)).select_related("person")
    sheet = locked.get(pk=sheet.pk)
    if not evaluates(by, sheet):
        raise PermissionDenied(_("You have no right to do this."))
    if sheet.state != SheetState.SENT:
        raise ValidationError(_("This sheet does not wait for you any more."), code="state")
    return sheet
