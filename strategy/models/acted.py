"""What an edition of a plan and an approved Relazione say of themselves in the same way."""

from __future__ import annotations

import hashlib
from typing import Any

from documents.file_hashes import file_sha256
from strategy.acts import Act


class MadeByAct:
    """Made by an act of a body, with data and files whose hashes are those of that day."""

    act_type: Any
    act_number: Any
    act_date: Any
    act_body: Any
    act_file: Any
    act_file_sha256: Any
    snapshot: Any
    snapshot_sha256: Any
    pdf: Any
    pdf_sha256: Any

    @property
    def act(self) -> str:
        """The act as it is quoted: Delibera di Giunta n. 2 del 25.1.2021."""
        return str(
            Act(type=self.act_type, number=self.act_number, date=self.act_date, body=self.act_body)
        )

    def is_snapshot_intact(self) -> bool:
        """The stored data still have the hash of the day of the act."""
        digest = hashlib.sha256(self.snapshot.encode()).hexdigest()
        return bool(digest == self.snapshot_sha256)

    def is_pdf_intact(self) -> bool:
        """The file on disk still has the hash of the day of the act."""
        return bool(file_sha256(self.pdf) == self.pdf_sha256)

    def is_act_file_intact(self) -> bool:
        """The file of the act, if there is one, still has the hash of that day."""
        return not self.act_file or bool(file_sha256(self.act_file) == self.act_file_sha256)
