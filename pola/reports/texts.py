"""What a text of an agreement says: as it was fixed once offered, as its contents stand before."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from pola.agreement_text import LANGUAGE, AgreementText, Heading, read_text, written_text
from pola.models import AgreementVersion, Norm
from pola.norms import Norms
from pola.terms import terms_from_json


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
