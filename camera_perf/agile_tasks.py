"""What waits for whom in agile work: requests to check and decide, texts to write and accept,
agreements about to end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from camera_perf.home_facts import Facts
from camera_perf.home_tasks import Due, Task
from organization.days import written
from organization.enums import Role
from pola.enums import InterestState, VersionState
from pola.models import AgreementVersion, Interest
from pola.reports.agreement_reminders import expiring


def agile_tasks(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """Everything of agile work that waits for the person: one statement for an employee, one more
    for who decides, three more for HR; none for the others."""
    person = facts.user.person
    if person is None or not person.category:
        return
    yield from _texts(facts)
    if facts.user.holds(Role.HR, Role.DIRIGENTE, Role.SECRETARY_GENERAL):
        yield from _requests(facts)
    if facts.user.holds(Role.HR):
        yield from _expiries(on)


def _texts(facts: Facts) -> Iterator[Task]:
    """Texts to accept, on either side; granted requests whose text is to be written."""
    me = facts.user.person_id
    mine = Q(agreement__person=me, employee_accepted_at=None, state=VersionState.OFFERED)
    for_chamber = Q(agreement__counterpart=me)
    offered = Q(state=VersionState.OFFERED, employer_accepted_at=None)
    waiting = AgreementVersion.objects.filter(
        mine | for_chamber & (offered | Q(state=VersionState.WRITTEN))
    )
    for version in waiting.select_related("agreement__person", "agreement__unit"):
        agreement = version.agreement
        is_written = version.state == VersionState.WRITTEN
        words = (
            _("Write the agreement of %(name)s")
            if is_written
            else _("Accept the agreement: %(name)s")
        )
        yield Task(
            Due.OPEN,
            words % {"name": agreement.person},
            agreement.unit.name,
            agreement.get_absolute_url(),
            _("Open the agreement"),
            "it-file-signed",
            _("from %(day)s") % {"day": written(agreement.starts_on)},
        )


def _requests(facts: Facts) -> Iterator[Task]:
    """Requests to check, for HR; to decide, for the dirigente."""
    is_hr = facts.user.holds(Role.HR)
    to_decide = Q(state=InterestState.CHECKED, decider=facts.user.person_id)
    waiting = Q(state=InterestState.SENT) | to_decide if is_hr else to_decide
    states = list(Interest.objects.filter(waiting).values_list("state", flat=True))
    if count := states.count(InterestState.SENT):
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s request of agile work to check",
                "%(count)s requests of agile work to check",
                count,
            )
            % {"count": count},
            _("Service, training, safety notice."),
            reverse("pola:interest-list"),
            _("Open the queue"),
            "it-user",
        )
    if count := states.count(InterestState.CHECKED):
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s request of agile work to decide",
                "%(count)s requests of agile work to decide",
                count,
            )
            % {"count": count},
            _("The criteria a, b, c of art. 3."),
            reverse("pola:decision-list"),
            _("Open the requests"),
            "it-user",
        )


def _expiries(on: datetime.date) -> Iterator[Task]:
    """Agreements about to end, for HR."""
    agreements = expiring(on)
    if agreements:
        first = agreements[0]
        yield Task(
            Due.OPEN,
            ngettext(
                "%(count)s agreement about to end",
                "%(count)s agreements about to end",
                len(agreements),
            )
            % {"count": len(agreements)},
            _("The first is that of %(name)s.") % {"name": first.person},
            reverse("pola:agreement-list"),
            _("Open the register"),
            "it-calendar",
            _("by %(day)s") % {"day": written(first.ends_on)},
        )
