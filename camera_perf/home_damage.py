"""What is stored and is no longer what was adopted, approved or closed: for the OIV, who reads it,
and for the administrator, who puts it back from a copy."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from strategy.integrity import act_file_looks_intact, pdf_looks_intact


def damaged_editions(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """Files of the plan that are no longer those adopted."""
    for edition in facts.editions:
        if not (pdf_looks_intact(edition) and act_file_looks_intact(edition)):
            yield Task(
                Due.LATE,
                _("The file of REV. %(revision)s is not the adopted one")
                % {"revision": edition.revision},
                _("Its SHA-256 differs: nothing is served until the file is put back."),
                edition.get_absolute_url(),
                _("Open the edition"),
                "it-error",
            )


def damaged_reports(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """Files of the Relazioni that are no longer those approved."""
    for edition in facts.report_editions:
        if not (pdf_looks_intact(edition) and act_file_looks_intact(edition)):
            yield Task(
                Due.LATE,
                _("The file of %(edition)s is not the approved one") % {"edition": edition},
                _("Its SHA-256 differs: nothing is served until the file is put back."),
                edition.report.get_absolute_url(),
                _("Open the Relazione"),
                "it-error",
            )


def damaged_closings(facts: Facts, _on: datetime.date) -> Iterator[Task]:
    """Closed years whose data are no longer those closed."""
    for closing in facts.closings:
        if not closing.is_snapshot_intact():
            yield Task(
                Due.LATE,
                _("The data of the closing of %(year)s are not those closed")
                % {"year": closing.year},
                _("Their SHA-256 differs: nothing of the year is shown until they are put back."),
                closing.get_absolute_url(),
                _("Read what to do"),
                "it-error",
            )
