"""The words of documents: how far a build is, and at what moment a printed file is."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class BuildState(models.TextChoices):
    """How far the building of a document is; only DONE leaves a file behind."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")

    OPEN = nonmember(frozenset({"queued", "running"}))
    CLOSED = nonmember(frozenset({"done", "failed"}))


class PrintStage(models.TextChoices):
    """Where the engine is while it turns a page of HTML into paper, in its own order."""

    READING = "reading", _("Reading text and styles")
    LAYOUT = "layout", _("Laying out the pages")
    DRAWING = "drawing", _("Drawing the pages")
    WRITING = "writing", _("Writing the file and its data")
    CHECKING = "checking", _("Checking the file")
