"""Documents on their way: what is being built, for whom, and the file that came out."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.enums import BuildState
from documents.querysets import BuildQuerySet

is_sha256 = RegexValidator(r"^[0-9a-f]{64}$", _("Enter a SHA-256 in lower-case hexadecimal."))


class Build(models.Model):
    """A document built by a job, known by what goes into it.

    The same kind with the same fingerprint is built once and then served at once; while one is
    open nobody can ask for a second. The doors are those of `documents.operations`.
    """

    kind = models.SlugField(_("kind"), max_length=100)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, validators=[is_sha256])
    state = models.CharField(
        _("state"), max_length=10, choices=BuildState, default=BuildState.QUEUED
    )
    stage = models.CharField(_("stage"), max_length=120, blank=True)
    done_steps = models.PositiveIntegerField(_("steps done"), default=0)
    total_steps = models.PositiveIntegerField(_("steps in all"), default=0)
    file = models.FileField(_("file"), upload_to="builds/", max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, validators=[is_sha256])
    error = models.TextField(_("error"), blank=True)
    requested_by_label = models.CharField(_("requested by"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    reported_at = models.DateTimeField(_("last heard of at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("build")
        verbose_name_plural = _("builds")
        ordering = ("-requested_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "fingerprint"),
                condition=Q(state="done"),
                name="%(app_label)s_%(class)s_done_once",
                violation_error_message=_("This document has been built already."),
            ),
            models.UniqueConstraint(
                fields=("kind", "fingerprint"),
                condition=Q(state__in=("queued", "running")),
                name="%(app_label)s_%(class)s_open_once",
                violation_error_message=_("This document is being built already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(file="") & ~Q(sha256="") & Q(size__gt=0)),
                name="%(app_label)s_%(class)s_done_has_file",
                violation_error_message=_("A finished build has a file, its size and its hash."),
            ),
            models.CheckConstraint(
                condition=Q(state="failed") | Q(error=""),
                name="%(app_label)s_%(class)s_error_only_when_failed",
                violation_error_message=_("Only a failed build has an error."),
            ),
            # Refuses an unknown state too.
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running"), finished_at__isnull=True)
                | Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="%(app_label)s_%(class)s_finished_at_iff_closed",
                violation_error_message=_("Closed builds have an end, open ones have none."),
            ),
            models.CheckConstraint(
                condition=Q(done_steps__lte=F("total_steps")),
                name="%(app_label)s_%(class)s_steps_within_total",
                violation_error_message=_("No more steps can be done than there are."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in BuildState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == BuildState.DONE
