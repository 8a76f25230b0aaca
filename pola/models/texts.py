"""The text of an agreement, version by version; evaluations and withdrawals; reminders sent."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from simple_history.models import HistoricalRecords

from organization import clock
from organization.days import written
from organization.models import User
from pola.enums import Letter, Party, VersionState
from pola.models.agreements import Agreement
from pola.querysets import OfAgreementQuerySet, WithdrawalQuerySet


class AgreementVersion(models.Model):
    """A text of an agreement with its nine contents (art. 6), offered and accepted by both sides.

    While it is written `terms` change; once offered, `text` and its SHA-256 stay as they are, and
    each side accepts that text. The one in force is the latest that both accepted, from the first
    day of its term on: until then the one that it replaces holds. Of each agreement one at a time
    is on its way (held by the database). Door: pola.operations.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="versions", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=10, choices=VersionState, default=VersionState.WRITTEN
    )
    terms = models.JSONField(_("contents"), default=dict)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    written_at = models.DateTimeField(_("written at"))
    written_by_label = models.CharField(_("written by"), max_length=200)
    offered_at = models.DateTimeField(_("offered at"), null=True, blank=True)
    offered_by_label = models.CharField(_("offered by"), max_length=200, blank=True)
    employee_accepted_at = models.DateTimeField(
        _("accepted by the employee at"), null=True, blank=True
    )
    employee_accepted_by_label = models.CharField(
        _("accepted by the employee"), max_length=200, blank=True
    )
    employer_accepted_at = models.DateTimeField(
        _("accepted for the Chamber at"), null=True, blank=True
    )
    employer_accepted_by_label = models.CharField(
        _("accepted for the Chamber by"), max_length=200, blank=True
    )
    return_reason = models.TextField(_("why it was given back"), max_length=1000, blank=True)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["text"])

    class Meta:
        verbose_name = _("text of an agreement")
        verbose_name_plural = _("texts of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="%(app_label)s_%(class)s_number_once_per_agreement",
                violation_error_message=_("This agreement already has a text with this number."),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=sorted(VersionState.open)),
                name="%(app_label)s_%(class)s_one_open_per_agreement",
                violation_error_message=_("A text of this agreement is already on its way."),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state=VersionState.IN_FORCE),
                name="%(app_label)s_%(class)s_one_in_force_per_agreement",
                violation_error_message=_("This agreement already has a text in force."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["written", "dropped"]) | ~Q(text="") & ~Q(text_sha256=""),
                name="%(app_label)s_%(class)s_offered_with_text_and_hash",
                violation_error_message=_("A text that is offered has its hash."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "replaced"])
                | Q(employee_accepted_at__isnull=False, employer_accepted_at__isnull=False),
                name="%(app_label)s_%(class)s_in_force_when_both_accepted",
                violation_error_message=_("A text is in force when both sides accepted it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.person}, {self.number}"

    @property
    def is_open(self) -> bool:
        """Written or offered: on its way."""
        return self.state in VersionState.open

    @property
    def is_fixed(self) -> bool:
        """It was offered: its text says everything, whatever norms and names say today."""
        return bool(self.text) and self.state != VersionState.WRITTEN

    @property
    def first_day(self) -> datetime.date | None:
        """The day from which it holds once both sides have accepted it; none while not written."""
        day = self.terms.get("starts_on")
        return datetime.date.fromisoformat(day) if day else None

    @property
    def is_to_come(self) -> bool:
        """Accepted by both, and its first day has still to come, before the agreement ends."""
        first = self.first_day or clock.today()
        is_later = clock.today() < first <= self.agreement.ends_on
        return self.state == VersionState.IN_FORCE and is_later

    @property
    def held_until(self) -> datetime.date | None:
        """The last day of a text that another one replaces on a known day."""
        own = self.terms.get("starts_on") or ""
        later = [day for one in self.agreement.terms_by_day if (day := one["starts_on"]) > own]
        if self.state != VersionState.REPLACED or not later:
            return None
        day_before = datetime.date.fromisoformat(later[0]) - datetime.timedelta(days=1)
        return min(day_before, self.agreement.ends_on)

    @property
    def state_words(self) -> str:
        """The state in words, by the day: a renewal accepted early holds from its first day on."""
        last = self.held_until
        if last is not None and last >= clock.today():
            words = pgettext("text of an agreement", "holds until %(day)s")
            return words % {"day": written(last)}
        first = self.first_day
        if self.state == VersionState.IN_FORCE and first is not None and first > clock.today():
            if first > self.agreement.ends_on:
                return pgettext("text of an agreement", "never begins: the agreement ends before")
            words = pgettext("text of an agreement", "holds from %(day)s")
            return words % {"day": written(first)}
        return str(self.get_state_display())

    @property
    def hash_groups(self) -> str:
        """The first twelve signs of the hash, as people compare them."""
        return " ".join(self.text_sha256[start : start + 4] for start in (0, 4, 8))

    @property
    def kind(self) -> str:
        """Under which its PDFs are kept."""
        return f"agreement-{self.agreement_id}-{self.number}"

    @property
    def file_name(self) -> str:
        """The name under which its PDF is downloaded."""
        number = self.agreement.person.employee_number or self.agreement.person_id
        return f"accordo-{number}-testo-{self.number}.pdf"

    def accepted_by(self, party: Party) -> bool:
        """Whether the side accepted it."""
        return getattr(self, f"{party.value}_accepted_at") is not None


class AgreementEvaluation(models.Model):
    """What an agreement did before it is renewed (art. 6): effects on the service, complexity of
    the objectives, outcome. Never changed: another one is a new row."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("agreement")
    )
    is_positive = models.BooleanField(_("favourable"))
    effects = models.TextField(_("effects on the service"), max_length=2000)
    complexity = models.TextField(_("complexity of the objectives"), max_length=2000)
    evaluated_at = models.DateTimeField(_("evaluated at"))
    evaluated_by_label = models.CharField(_("evaluated by"), max_length=200)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation of an agreement")
        verbose_name_plural = _("evaluations of agreements")
        ordering = ["-evaluated_at"]

    def __str__(self) -> str:
        return f"{self.agreement.person}, {written(self.evaluated_at)}"


class Withdrawal(models.Model):
    """One side ends an agreement before its term (art. 8): with notice and a specific reason, or
    the Chamber without notice for one of the causes a, b, c. One per agreement, never changed.

    The reason, the cause and the length of the notice may tell of the person's health: they are
    read by who has `pola.read_reserved` on the agreement (HR, who signs for the Chamber, the
    person).
    """

    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, related_name="withdrawal", verbose_name=_("agreement")
    )
    party = models.CharField(_("decided by"), max_length=10, choices=Party)
    letter = models.CharField(_("without notice for"), max_length=1, choices=Letter, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice, days"))
    given_on = models.DateField(_("given on"))
    last_day = models.DateField(_("last day of the agreement"))
    reserved_reason = models.TextField(_("reserved reason"), max_length=2000)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by_label = models.CharField(_("decided by"), max_length=200)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal from an agreement")
        verbose_name_plural = _("withdrawals from agreements")
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("given_on")),
                name="%(app_label)s_%(class)s_last_day_not_before_it_is_given",
                violation_error_message=_("An agreement does not end before the withdrawal."),
            ),
            models.CheckConstraint(
                condition=Q(letter="") | Q(party=Party.EMPLOYER, notice_days=0),
                name="%(app_label)s_%(class)s_letters_are_of_the_chamber",
                violation_error_message=_(
                    "Art. 8: only the Chamber withdraws without notice, for a cause a, b or c."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.person}, {written(self.last_day)}"


class AgreementReminder(models.Model):
    """Somebody was told that an agreement is about to end: the same thing is not told twice.

    `due_on` is the last day as it was when it was sent: a renewal reminds anew.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("agreement")
    )
    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        related_name="agreement_reminders",
        verbose_name=_("sent to"),
    )
    due_on = models.DateField(_("the agreement ends on"))
    sent_at = models.DateTimeField(_("sent at"))

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder of an agreement sent")
        verbose_name_plural = _("reminders of agreements sent")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "user", "due_on"],
                name="%(app_label)s_%(class)s_sent_once",
                violation_error_message=_("This reminder was sent already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.person}, {self.user}"
