"""Which rules, activities, agreements, days and months of agile work."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from organization.enums import Role
from organization.querysets import on_day, related_model
from pola.enums import AgreementState, Grade, InterestState
from pola.norms import Norms, norms_of

# Who reads the agreements and days of everybody, besides those who lead the people's units.
REGISTER_READERS = frozenset(
    {Role.HR.value, Role.SECRETARY_GENERAL.value, Role.ADMINISTRATOR.value}
)


class AgileMonthQuerySet(models.QuerySet):
    """Months of agile work, in order of time."""

    def visible_to(self, user: Any) -> AgileMonthQuerySet:
        """Every month for whoever is signed in: only totals of the ente, nobody's own days."""
        return self.all() if user.is_authenticated else self.none()

    def for_year(self, year: int) -> AgileMonthQuerySet:
        """Months of one year."""
        return self.filter(month__year=year).order_by("month")


class ArticleQuerySet(models.QuerySet):
    """Articles of the guidelines of a plan."""

    def visible_to(self, user: Any) -> ArticleQuerySet:
        """Every article for whoever is signed in."""
        return self.all() if user.is_authenticated else self.none()

    def with_rules(self) -> ArticleQuerySet:
        """The same articles with their numbered rules."""
        return self.prefetch_related("rules")


def belongs_to(user: Any, prefix: str = "") -> Q:
    """Rows of the person or of the people whose unit the user leads."""
    return Q(**{f"{prefix}person_id": user.person_id}) | Q(
        **{f"{prefix}person__unit_id__in": user.led_unit_ids}
    )


def reads_register(user: Any) -> bool:
    """Whether the user reads agreements and days of everybody."""
    return bool(user.is_superuser or user.roles & REGISTER_READERS)


def decided_by(user: Any, prefix: str = "") -> Q:
    """Requests that the user decides today."""
    return _named_in_post(user, f"{prefix}decider_id", f"{prefix}unit_id")


def signed_by(user: Any, prefix: str = "") -> Q:
    """Agreements that the user signs for the Chamber today."""
    return _named_in_post(user, f"{prefix}counterpart_id", f"{prefix}unit_id")


def _named_in_post(user: Any, named: str, unit: str) -> Q:
    """Rows that name the user as who decides or signs, of the units that are still his: who leaves
    a post decides and reads nothing more through it. See also: pola.rules.holds_the_post."""
    if user.person_id is None:
        return Q(pk__in=[])  # a draft names nobody: nobody is not its dirigente
    mine = Q(**{named: user.person_id})
    if user.holds(Role.SECRETARY_GENERAL):
        return mine
    led = user.led_unit_ids if user.holds(Role.DIRIGENTE) else ()
    return mine & Q(**{f"{unit}__in": led})


class PersonalQuerySet(models.QuerySet):
    """Rows about one person, whose field `person` leads to it."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """All of them for HR, the Secretary General and administrators; one's own, and those of the
        people one leads, for everybody else."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if reads_register(user) else self.filter(belongs_to(user))


class NormQuerySet(models.QuerySet):
    """Values that acts gave to the rules."""

    def visible_to(self, user: Any) -> NormQuerySet:
        """Every value for whoever is signed in: the rules are known to all."""
        return self.all() if user.is_authenticated else self.none()

    def in_force(self, *, on: datetime.date | None = None) -> Norms:
        """The norms of the day, in one statement: of each rule the latest value begun."""
        begun = self.filter(starts_on__lte=on_day(on)).order_by("starts_on")
        return norms_of(dict(begun.values_list("key", "printed")))


class ActivityQuerySet(models.QuerySet):
    """Activities of the units."""

    def visible_to(self, user: Any) -> ActivityQuerySet:
        """Every activity for whoever is signed in: they name no person."""
        return self.all() if user.is_authenticated else self.none()

    def remote(self, *, on: datetime.date | None = None) -> ActivityQuerySet:
        """Those that can be done remotely on the day, wholly or in part, by the newest mapping of
        then; one that was never mapped has the grade with which it was loaded."""
        mappings = related_model(self, "mappings")._default_manager.filter(activity=OuterRef("pk"))
        newest = mappings.filter(mapped_on__lte=on_day(on)).order_by("-mapped_on").values("grade")
        remote = sorted(Grade.remote)
        return self.alias(grade_then=Subquery(newest[:1])).filter(
            Q(grade_then__in=remote) | Q(~Exists(mappings), grade__in=remote)
        )

    def listed(self) -> ActivityQuerySet:
        """Those that the plan lists as never done remotely: they belong to no unit."""
        return self.filter(unit__isnull=True)

    def with_facts(self, *, on: datetime.date | None = None) -> ActivityQuerySet:
        """The same activities with their unit, the day of the newest mapping (`last_mapped_on`) and
        how many people do them on the day (`people_count`)."""
        day = on_day(on)
        running = Q(assignments__starts_on__lte=day) & (
            Q(assignments__ends_on__isnull=True) | Q(assignments__ends_on__gte=day)
        )
        return self.select_related("unit").annotate(
            last_mapped_on=Max("mappings__mapped_on"),
            people_count=Count("assignments__person", filter=running, distinct=True),
        )


def in_service(day: datetime.date, prefix: str = "") -> Q:
    """Hired by the day and not yet left. See also: PersonQuerySet.in_service."""
    stays = Q(**{f"{prefix}left_on__isnull": True}) | Q(**{f"{prefix}left_on__gt": day})
    return Q(**{f"{prefix}hired_on__lte": day}) & stays


def _running(day: datetime.date) -> Q:
    """An assignment in force on the day, of somebody in service on it."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Q(starts_on__lte=day) & goes_on & in_service(day, "person__")


def counted_on(
    days: Collection[datetime.date],
    rows: models.QuerySet,
    condition: Callable[[datetime.date], Q],
    field: str,
) -> dict[datetime.date, int]:
    """How many different values the field of the rows has on each of the days: one statement."""
    counts = {
        f"on_{day:%Y%m%d}": Count(field, filter=condition(day), distinct=field != "pk")
        for day in days
    }
    found = rows.aggregate(**counts) if counts else {}
    return {day: found[f"on_{day:%Y%m%d}"] for day in days}


class ActivityAssignmentQuerySet(PersonalQuerySet):
    """Who does which activity."""

    def running(self, *, on: datetime.date | None = None) -> ActivityAssignmentQuerySet:
        """Those in force on the day."""
        day = on_day(on)
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def remote(self, *, on: datetime.date | None = None) -> ActivityAssignmentQuerySet:
        """Those to activities that can be done remotely on the day: their people are the potential
        workers."""
        return self.filter(self._to_remote(on_day(on)))

    def potential_on(self, days: Collection[datetime.date]) -> dict[datetime.date, int]:
        """How many employees in service could work remotely on each of the days: one statement."""
        employees = self.exclude(person__category="")
        return counted_on(
            days, employees, lambda day: _running(day) & self._to_remote(day), "person_id"
        )

    def _to_remote(self, day: datetime.date) -> Q:
        activities = related_model(self, "activity")._default_manager.remote(on=day)
        return Q(activity__in=activities.order_by().values("pk"))


class AgreementQuerySet(PersonalQuerySet):
    """Individual agreements."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """As for every row about a person, and those that one signs for the Chamber."""
        if not user.is_authenticated:
            return self.none()
        if reads_register(user):
            return self.all()
        return self.filter(belongs_to(user) | signed_by(user))

    def of_unit(self, unit: Any | None) -> AgreementQuerySet:
        """Those of the people of a unit and of all below it; of everybody where none is named."""
        if unit is None:
            return self.all()
        return self.filter(person__unit__in=type(unit).objects.ids_under(unit.pk))

    def covering(self, *, on: datetime.date | None = None) -> AgreementQuerySet:
        """Concluded, with the day in their term. See also: Agreement.covers."""
        day = on_day(on)
        return self.filter(
            state__in=sorted(AgreementState.concluded), starts_on__lte=day, ends_on__gte=day
        )

    def concluded_between(self, first: datetime.date, last: datetime.date) -> AgreementQuerySet:
        """Concluded, with some day from the first to the last in their term."""
        concluded = self.filter(state__in=sorted(AgreementState.concluded))
        return concluded.filter(starts_on__lte=last, ends_on__gte=first)

    def ending_between(self, first: datetime.date, last: datetime.date) -> AgreementQuerySet:
        """In force, with the last day from the first to the last."""
        return self.filter(state=AgreementState.RUNNING, ends_on__gte=first, ends_on__lte=last)

    def running(self, *, on: datetime.date | None = None) -> AgreementQuerySet:
        """Those that hold on the day: covering it and not suspended on it."""
        day = on_day(on)
        suspended = Q(suspensions__starts_on__lte=day, suspensions__ends_on__gte=day)
        return self.covering(on=day).exclude(
            pk__in=self.model._default_manager.filter(suspended).values("pk")
        )


class ExemptionQuerySet(models.QuerySet):
    """Exemptions from the days a week, whose reason is special-category data."""

    def running(self, *, on: datetime.date | None = None) -> ExemptionQuerySet:
        """Those in force on the day."""
        day = on_day(on)
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class DecidedQuerySet(PersonalQuerySet):
    """Rows about one person that the head decides, or who stands in for the head."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """As for every row about a person, and those of the units of heads one stands in for."""
        if not user.is_authenticated:
            return self.none()
        if reads_register(user):
            return self.all()
        units = Q(person__unit_id__in=user.recording_unit_ids)
        return self.filter(Q(person_id=user.person_id) | units)


class InterestQuerySet(PersonalQuerySet):
    """Expressions of interest."""

    def visible_to(self, user: Any) -> InterestQuerySet:
        """One's own; those sent, to whoever reads the register, leads the unit or decides."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(person_id=user.person_id)
        sent = ~Q(state=InterestState.DRAFT)
        if reads_register(user):
            return self.filter(mine | sent)
        led = Q(person__unit_id__in=user.led_unit_ids)
        return self.filter(mine | sent & (led | decided_by(user)))

    def sent(self) -> InterestQuerySet:
        """Those that wait for HR."""
        return self.filter(state=InterestState.SENT)

    def checked(self) -> InterestQuerySet:
        """Those that wait for the dirigente."""
        return self.filter(state=InterestState.CHECKED)

    def with_people(self) -> InterestQuerySet:
        """The same requests with person, unit and who decides loaded."""
        return self.select_related("person", "unit", "decider")


SENT = ~Q(interest__state=InterestState.DRAFT)


class PriorityGroundQuerySet(models.QuerySet):
    """Why requests have precedence: special-category data."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """To HR, to who decides as long as the post is his, to the person: to nobody else. What
        is still being written is its author's alone."""
        if not user.is_authenticated or user.person_id is None:
            return self.none()
        mine = Q(interest__person_id=user.person_id)
        if user.holds(Role.HR):
            return self.filter(mine | SENT)
        return self.filter(mine | decided_by(user, "interest__"))

    def sent(self) -> PriorityGroundQuerySet:
        """Those of requests that were sent: nobody acts on what is still being written."""
        return self.filter(SENT)


class OfAgreementQuerySet(models.QuerySet):
    """Rows that belong to an agreement."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """Those of the agreements that one reads."""
        if not user.is_authenticated:
            return self.none()
        if reads_register(user):
            return self.all()
        return self.filter(belongs_to(user, "agreement__") | signed_by(user, "agreement__"))


class WithdrawalQuerySet(models.QuerySet):
    """Withdrawals, whose reason and notice are reserved."""

    def of(self, agreement: Any) -> WithdrawalQuerySet:
        """That of an agreement, if one side has withdrawn."""
        return self.filter(agreement=agreement)
