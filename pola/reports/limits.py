"""What the guidelines fix for days, hours and term, said before anything is asked."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.days import written
from pola.contact_windows import afternoon_limit, length, morning_limit
from pola.norms import Norms


def limits_of(norms: Norms, *, percent: int) -> tuple[str, ...]:
    """The limits in force, each with its article; windows as long as the working time wants."""
    days = ngettext(
        "Art. 4: at most %(count)s whole day a week.",
        "Art. 4: at most %(count)s whole days a week.",
        norms.max_days_per_week,
    ) % {"count": norms.max_days_per_week}
    windows = _(
        "Art. 5: reached for at least %(morning)s within %(morning_hours)s and %(afternoon)s "
        "within %(afternoon_hours)s."
    )
    morning = morning_limit(norms, percent=percent)
    afternoon = afternoon_limit(norms, percent=percent)
    said = windows % {
        "morning": length(morning.least),
        "morning_hours": morning.words,
        "afternoon": length(afternoon.least),
        "afternoon_hours": afternoon.words,
    }
    if percent < 100:
        said += " " + _("In proportion to your working time, %(percent)s%%.") % {"percent": percent}
    term = _("Art. 6: %(months)s months at first, never beyond %(day)s, end of the trial (art. 1).")
    words = {"months": norms.first_term_months, "day": written(norms.trial_ends_on)}
    return (days, said, term % words)
