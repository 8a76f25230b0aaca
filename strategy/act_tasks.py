"""What the job of an adoption and that of an approval do alike: the order is carried out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from documents.models import Build
from documents.operations import finish_build
from documents.pdf import PrintError
from strategy.models import Edition, ReportEdition
from strategy.operations.act_orders import Order
from strategy.tasks import carry_out

Made = tuple[Edition | ReportEdition, str]  # the edition, and how its PDF is called


def carry_out_order(build_id: int, order: Order, make: Callable[[Order, Build], Made]) -> None:
    """Make the edition that was ordered, then take its act's file out of the waiting room. A
    refusal is said on the build, and nothing has changed."""
    carry_out(build_id, partial(_make, order, make))
    if order["act_file"]:
        default_storage.delete(order["act_file"])


def _make(order: Order, make: Callable[[Order, Build], Made], build: Build) -> None:
    try:
        edition, name = make(order, build)
    except ValidationError as refusal:
        raise PrintError(" ".join(refusal.messages)) from refusal
    except PermissionDenied as refusal:
        raise PrintError(str(refusal)) from refusal
    with default_storage.open(str(edition.pdf.name)) as file:
        finish_build(build=build, content=file.read(), name=name)
