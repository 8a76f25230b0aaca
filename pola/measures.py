"""Which indicators can agreements, days and registers feed, and how is each computed? Pure.

An indicator is recognised by its name in the plan; what a plan names otherwise is not proposed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organization.days import written
from pola.statistics import share

EFFECTIVE_SHARE = "% lavoratori agili effettivi"
DAYS = "n giornate in lavoro agile"
IN_SERVICE_SHARE = (
    "Grado di attuazione di forme di organizzazione del lavoro in telelavoro o smart working: "
    "N. dipendenti in smart working e telelavoro/N. dipendenti in servizio"
)
TRAINED_SHARE = (
    "Dipendenti formati per svolgere l'attività in modalità lavoro agile "
    "(N. dipendenti formati/N. dipendenti in lavoro agile)"
)
ORGANISATION_COURSES = (
    "% lavoratori agili che hanno partecipato a corsi di formazione sulle competenze "
    "organizzative specifiche del lavoro agile nell'ultimo anno"
)
PCS = "N. PC messi a disposizione dall'Ente per lavoro agile"
ACCESSES = "Sistema VPN/VDI"
NAMES = (
    EFFECTIVE_SHARE,
    DAYS,
    IN_SERVICE_SHARE,
    TRAINED_SHARE,
    ORGANISATION_COURSES,
    PCS,
    ACCESSES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted at a day. None: the register it would come from is not kept yet."""

    measured_on: datetime.date
    employees: int
    potential: int
    effective: int
    days: int
    agile_workers: int
    trained: int | None = None
    pcs: int | None = None
    vpn: int | None = None
    vdi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure computed for an indicator, with the arithmetic in words and numbers."""

    name: str
    measured_on: datetime.date
    printed: str
    arithmetic: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def normalised(name: str) -> str:
    """A name without case, spaces and the signs that plans write in two ways."""
    return "".join(char for char in name.casefold().replace("’", "'") if char.isalnum())


def figures(counts: Counts) -> Iterator[Figure]:
    """Every figure that the counts can give, in the order of the plan."""
    words = {"day": written(counts.measured_on)}
    worked = _("people who worked remotely at least one day of the month")
    remote = _("employees who can work remotely on %(day)s") % words
    yield from _ratio(
        counts, EFFECTIVE_SHARE, (counts.effective, worked), (counts.potential, remote), heads=True
    )
    yield Figure(
        name=DAYS,
        measured_on=counts.measured_on,
        printed=f"{counts.days:,}".replace(",", "."),
        arithmetic=_("days worked remotely from 1.1.%(year)s to %(day)s: approved, not revoked")
        % (words | {"year": counts.measured_on.year}),
    )
    in_service = _("employees in service on %(day)s") % words
    yield from _ratio(
        counts, IN_SERVICE_SHARE, (counts.effective, worked), (counts.employees, in_service)
    )
    if counts.trained is not None:
        trained = _("who attended a course on agile work in the year before")
        held = _("people with an agreement in force on %(day)s") % words
        for name in (TRAINED_SHARE, ORGANISATION_COURSES):
            yield from _ratio(counts, name, (counts.trained, trained), (counts.agile_workers, held))
    if counts.pcs is not None:
        yield Figure(
            name=PCS,
            measured_on=counts.measured_on,
            printed=f"{counts.pcs}",
            arithmetic=_("portable PCs handed over and not returned on %(day)s") % words,
        )
    if counts.vpn is not None and counts.vdi is not None:
        yield Figure(
            name=ACCESSES,
            measured_on=counts.measured_on,
            printed=f"{counts.vpn + counts.vdi}",
            arithmetic=_("%(vpn)s VPN + %(vdi)s VDI accesses held on %(day)s")
            % (words | {"vpn": counts.vpn, "vdi": counts.vdi}),
        )


Term = tuple[int, str]


def _ratio(
    counts: Counts, name: str, part: Term, whole: Term, *, heads: bool = False
) -> Iterator[Figure]:
    """A share of a whole that is stated; nothing of nothing."""
    found = share(part[0], whole[0])
    if found is None:
        return
    printed = f"{found}%".replace(".", ",")
    yield Figure(
        name=name,
        measured_on=counts.measured_on,
        printed=f"{printed} ({part[0]} dip.)" if heads else printed,
        arithmetic=f"{part[0]} ({part[1]}) / {whole[0]} ({whole[1]})",
        numerator=Decimal(part[0]),
        denominator=Decimal(whole[0]),
    )
