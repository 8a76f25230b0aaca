"""What a text of an agreement says: as it was fixed once offered, as its contents stand before;
what an agreement says of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from pola.agreement_text import LANGUAGE, AgreementText, Heading, read_text, written_text
from pola.contact_windows import Window
from pola.enums import VersionState
from pola.models import Agreement, AgreementVersion, Norm
from pola.norms import Norms
from pola.terms import Terms, terms_from_json


def heading_of(version: AgreementVersion) -> Heading:
    """Who concludes the agreement, as the text says it."""
    agreement = version.agreement
    category = agreement.person.get_category_display()
    post = _("category %(category)s, %(unit)s") % {"category": category, "unit": agreement.unit}
    return Heading(str(agreement.person), post, str(agreement.counterpart), version.number)


def text_of(version: AgreementVersion, norms: Norms | None = None) -> AgreementText:
    """What is read of a text on page, PDF and comparison: the very words that are accepted. One
    being written is read in Italian with the norms of today, as it would be offered."""
    if version.is_fixed:
        return read_text(version.text)
    norms = norms or Norm.objects.in_force()
    with override(LANGUAGE):
        return written_text(heading_of(version), terms_from_json(version.terms), norms)


def text_of_day(
    versions: Iterable[AgreementVersion], day: datetime.date
) -> AgreementVersion | None:
    """Of the texts that both sides accepted, the newest first, the one that holds on a day; while
    none has begun the first that will."""
    concluded = [one for one in versions if one.state in VersionState.concluded]
    begun = [one for one in concluded if one.first_day is None or one.first_day <= day]
    return next(iter(begun or reversed(concluded)), None)


def terms_of_day(agreement: Agreement, day: datetime.date) -> Terms:
    """Days, hours and windows that hold on a day: those of the renewal from its first day on."""
    kept = agreement.terms_on(day)
    if kept is not None:
        return terms_from_json(kept)
    return Terms(
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        days_per_week=agreement.days_per_week,
        weekdays=tuple(agreement.weekdays),
        day_begins_at=agreement.day_begins_at,
        day_ends_at=agreement.day_ends_at,
        morning=Window(agreement.morning_from, agreement.morning_to),
        afternoon=Window(agreement.afternoon_from, agreement.afternoon_to),
    )
