"""Fixed vocabularies of agile work."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RuleEffect(TextChoices):
    """What a rule of the guidelines does when it is not respected."""

    BLOCKS = "blocks", _("blocks")
    WARNS = "warns", _("warns")
    WORKFLOW = "workflow", _("sets a procedure")
    DECLARATION = "declaration", _("asks for a declaration")
    INFORMATION = "information", _("informs")

    # Effects that hold a request back or raise a warning on it: worth a word beside the rule.
    enforced = nonmember(frozenset({"blocks", "warns"}))
