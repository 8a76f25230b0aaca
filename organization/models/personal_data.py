"""What the Chamber must tell others of an employee, and shows nobody else: HR alone reads it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organization.enums import EmploymentKind
from organization.models.people import Person
from organization.querysets import PersonalDataQuerySet

TAX_CODE = r"[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]"


class PersonalData(models.Model):
    """Tax code, birth and birthplace of a person, for the notices due to the Ministry of Labour.

    Apart from the person, so that no list, history or export of people carries them along. Door:
    organization.operations.write_personal_data.
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="personal_data", verbose_name=_("person")
    )
    tax_code = models.CharField(
        _("tax code"),
        max_length=16,
        validators=[RegexValidator(rf"^{TAX_CODE}$", _("Sixteen signs: RSSMRA80A01A794X."))],
    )
    born_on = models.DateField(_("born on"))
    birthplace_code = models.CharField(
        _("code of the birthplace"),
        max_length=4,
        help_text=_("Of the municipality or country, such as A794 for Bergamo"),
        validators=[RegexValidator(r"^[A-Z][0-9]{3}$", _("A letter and three digits: A794."))],
    )
    employment = models.CharField(
        _("employment"),
        max_length=10,
        choices=EmploymentKind,
        default=EmploymentKind.PERMANENT,
    )

    objects = PersonalDataQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal data for the Ministry")
        verbose_name_plural = _("personal data for the Ministry of Labour")
        ordering = ["person"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                name="%(app_label)s_%(class)s_tax_code_unique",
                violation_error_message=_("Another person has this tax code."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
