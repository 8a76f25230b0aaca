"""What an edition of a plan, an approved Relazione and a closing keep in the same way."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.file_hashes import file_sha256
from organization.models import Kept
from strategy.acts import Act


class KeptData(Kept):
    """Data as they were on a day, with their hash; the snapshot is canonical JSON."""

    snapshot = models.TextField(_("data"))
    snapshot_sha256 = models.CharField(_("SHA-256 of the data"), max_length=64)

    class Meta:
        abstract = True

    def is_snapshot_intact(self) -> bool:
        """The stored data still have the hash of that day."""
        digest = hashlib.sha256(self.snapshot.encode()).hexdigest()
        return bool(digest == self.snapshot_sha256)


class MadeByAct(KeptData):
    """Made by an act of a body, with data and files whose hashes are those of that day."""

    act_type = models.CharField(_("act"), max_length=80)
    act_number = models.CharField(_("number of the act"), max_length=20)
    act_date = models.DateField(_("date of the act"))
    act_body = models.CharField(_("body"), max_length=80)
    act_file = models.FileField(_("file of the act"), upload_to="acts/", max_length=200, blank=True)
    act_file_sha256 = models.CharField(_("SHA-256 of the act"), max_length=64, blank=True)
    pdf: Any  # each keeps its own in a folder of its own
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    pdf_size = models.PositiveIntegerField(_("size of the PDF, bytes"))

    class Meta:
        abstract = True

    @property
    def act(self) -> str:
        """The act as it is quoted: Delibera di Giunta n. 2 del 25.1.2021."""
        return str(
            Act(type=self.act_type, number=self.act_number, date=self.act_date, body=self.act_body)
        )

    def is_pdf_intact(self) -> bool:
        """The file on disk still has the hash of the day of the act."""
        return bool(file_sha256(self.pdf) == self.pdf_sha256)

    def is_act_file_intact(self) -> bool:
        """The file of the act, if there is one, still has the hash of that day."""
        return not self.act_file or bool(file_sha256(self.act_file) == self.act_file_sha256)
