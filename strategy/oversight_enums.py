"""Fixed vocabularies of the OIV: what it looks for, and what it decides of a Relazione."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strategy.monitoring_enums import MissingPiece


class OversightFilter(TextChoices):
    """What the OIV looks for in a year: words of the address."""

    WEAKEST = "deboli", pgettext_lazy("objectives", "The weakest")
    VALUE = "senza-risultato", _("Without result")
    REASON = "senza-motivo", _("Without reason")
    EVIDENCE = "senza-evidenza", _("Without evidence")
    SOURCE = "senza-fonte", _("Without source")
    POLARITY = "polarita", _("Polarity not confirmed")
    CORRECTED = "corretti", _("Corrected after validation")

    @property
    def piece(self) -> MissingPiece | None:
        """What the indicators looked for still lack, if the filter is about that."""
        return MissingPiece[self.name] if self.name in MissingPiece.names else None


class ValidationCriterion(TextChoices):
    """What the OIV looks at to validate a Relazione (guidelines 3/2018 of the Dipartimento della
    funzione pubblica), in the order of the minutes."""

    PLAN = "plan", _("The Relazione is coherent with the plan of its year")
    EVALUATION = (
        "evaluation",
        _("The overall evaluation of the OIV is coherent with what the Relazione says"),
    )
    RESULTS = "results", _("The results of all the objectives of the plan are there")
    DEVIATIONS = "deviations", _("Deviations are shown, each with its reason")
    METHOD = (
        "method",
        _("Results are measured by the method of the plan, on reliable sources alone"),
    )
    CONCISENESS = "conciseness", _("The Relazione is concise")
    CLARITY = "clarity", _("The Relazione is clear and can be understood")


class CriterionAnswer(TextChoices):
    """What the OIV found of a criterion."""

    YES = "yes", pgettext_lazy("criterion", "yes")
    OBSERVED = "observed", pgettext_lazy("criterion", "yes, with a remark")
    NO = "no", pgettext_lazy("criterion", "no")

    # Answers that say why.
    reasoned = nonmember(frozenset({"observed", "no"}))
