"""Fixed vocabularies of the Relazione sulla performance."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    """Where the Relazione of a year stands, from the first text to the publication."""

    DRAFT = "draft", pgettext_lazy("Relazione", "draft")
    APPROVED = "approved", pgettext_lazy("Relazione", "approved")
    TRANSMITTED = "transmitted", pgettext_lazy("Relazione", "sent to the OIV")
    VALIDATED = "validated", pgettext_lazy("Relazione", "validated")
    WITH_REMARKS = "with_remarks", pgettext_lazy("Relazione", "validated with remarks")
    NOT_VALIDATED = "not_validated", pgettext_lazy("Relazione", "not validated")
    PUBLISHED = "published", pgettext_lazy("Relazione", "published")

    # States in which planning writes it.
    editable = nonmember(frozenset({"draft"}))
    # States read by whoever prepares and checks it, not by every signed-in person.
    unsettled = nonmember(frozenset({"draft", "not_validated"}))
    # States to which the OIV's yes leads.
    accepted = nonmember(frozenset({"validated", "with_remarks"}))


class ReportOutcome(TextChoices):
    """What the OIV decides of a Relazione; each value is the state it leads to."""

    VALIDATED = "validated", pgettext_lazy("Relazione", "validated")
    WITH_REMARKS = "with_remarks", pgettext_lazy("Relazione", "validated with remarks")
    NOT_VALIDATED = "not_validated", pgettext_lazy("Relazione", "not validated")

    # Outcomes that say why.
    reasoned = nonmember(frozenset({"with_remarks", "not_validated"}))


class ReportAct(TextChoices):
    """What leads a Relazione from one state to the next: the words of the buttons.

    Each value is the name of the right it needs (see also: strategy.rules, strategy.transitions).
    """

    WRITE = "write_report", _("Write the Relazione")
    APPROVE = "approve_report", _("Approve the Relazione")
    TRANSMIT = "transmit_report", _("Send it to the OIV")
    VALIDATE = "validate_report", _("Record the validation")
    REWORK = "rework_report", _("Take it back to work")
    PUBLISH = "publish_report", _("Publish the Relazione")
