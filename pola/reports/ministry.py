"""The list of agreements for the Ministry of Labour (L. 81/2017, art. 23), and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.tabular import Value, csv_bytes
from organization.enums import EmploymentKind
from organization.models import Institution, Person, PersonalData, User
from pola.enums import AgreementState, VersionState
from pola.models import Agreement, AgreementVersion
from pola.months import next_month

DUE_DAY = 20  # of the month after the one in which an agreement begins
HEADER = (
    "codice_fiscale_datore",
    "denominazione_datore",
    "codice_fiscale_lavoratore",
    "cognome",
    "nome",
    "data_nascita",
    "codice_luogo_nascita",
    "data_inizio_rapporto",
    "tipologia_rapporto",
    "posizione_inail",
    "voce_tariffa_inail",
    "data_sottoscrizione",
    "data_inizio",
    "data_fine",
    "tipologia_durata",
)
EMPLOYMENT = {
    EmploymentKind.PERMANENT: "tempo indeterminato",
    EmploymentKind.FIXED_TERM: "tempo determinato",
}


@dataclass(frozen=True, slots=True)
class MinistryLine:
    """An agreement that began in the month, with what is told of its person."""

    agreement: Agreement
    data: PersonalData | None
    signed_on: datetime.date | None

    @property
    def person(self) -> Person:
        """Whose agreement it is."""
        return self.agreement.person

    @property
    def missing(self) -> tuple[str, ...]:
        """What the line still lacks, in words."""
        lacks = []
        if self.data is None:
            lacks.append(_("tax code, birth and birthplace"))
        if self.signed_on is None:
            lacks.append(_("day of the signature"))
        return tuple(lacks)


@dataclass(frozen=True, slots=True)
class MinistryReport:
    """The agreements that began in a month, and what the file would lack."""

    month: datetime.date
    institution: Institution
    lines: tuple[MinistryLine, ...]

    @property
    def due_on(self) -> datetime.date:
        """The last day for the notice: the 20th of the month after."""
        return next_month(self.month).replace(day=DUE_DAY)

    @property
    def incomplete(self) -> tuple[MinistryLine, ...]:
        """Lines that lack something."""
        return tuple(line for line in self.lines if line.missing)

    @property
    def institution_lacks(self) -> tuple[str, ...]:
        """What the institution has not written of itself."""
        needed = (
            (self.institution.tax_code, _("tax code of the Chamber")),
            (self.institution.inail_position, _("INAIL position")),
            (self.institution.inail_rate, _("INAIL rate item")),
        )
        return tuple(words for value, words in needed if not value)

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return not self.incomplete and not self.institution_lacks


def ministry_report(user: User, month: datetime.date) -> MinistryReport:
    """The agreements concluded that begin in the month: four statements whatever their number."""
    agreements = list(
        Agreement.objects.visible_to(user)
        .filter(state__in=sorted(AgreementState.concluded))
        .filter(starts_on__gte=month, starts_on__lt=next_month(month))
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "starts_on")
    )
    people = [one.person_id for one in agreements]
    told = PersonalData.objects.visible_to(user).filter(person__in=people)
    data = {one.person_id: one for one in told}
    lines = tuple(
        MinistryLine(one, data.get(one.person_id), signed)
        for one, signed in zip(agreements, _signatures(agreements), strict=True)
    )
    return MinistryReport(month, Institution.objects.first() or Institution(), lines)


def _signatures(agreements: list[Agreement]) -> list[datetime.date | None]:
    """The day on which both sides had accepted the first text of each."""
    texts = AgreementVersion.objects.filter(
        agreement__in=agreements, state__in=[VersionState.IN_FORCE, VersionState.REPLACED]
    ).order_by("-number")
    moments = texts.values_list("agreement", "employee_accepted_at", "employer_accepted_at")
    signed = {
        pk: timezone.localdate(max(own, theirs)) for pk, own, theirs in moments if own and theirs
    }
    return [signed.get(one.pk) for one in agreements]


def ministry_csv(report: MinistryReport) -> bytes:
    """The file: a line for each agreement, empty where something is missing."""
    return csv_bytes(HEADER, _rows(report))


def _rows(report: MinistryReport) -> Iterator[tuple[Value, ...]]:
    body = report.institution
    for line in report.lines:
        data, person, agreement = line.data, line.person, line.agreement
        yield (
            body.tax_code,
            body.name,
            data.tax_code if data else "",
            person.last_name,
            person.first_name,
            _written(data.born_on) if data else "",
            data.birthplace_code if data else "",
            _written(person.hired_on),
            EMPLOYMENT[EmploymentKind(data.employment)] if data else "",
            body.inail_position,
            body.inail_rate,
            _written(line.signed_on),
            _written(agreement.starts_on),
            _written(agreement.ends_on),
            "tempo determinato",  # every agreement has its last day (art. 6)
        )


def _written(day: datetime.date | None) -> str:
    """The day as the Ministry writes it."""
    return f"{day:%d/%m/%Y}" if day else ""
