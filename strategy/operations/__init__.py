"""What changes a plan: each verb checks right and state in its transaction and leaves a trace."""

from strategy.operations.adoption import adopt_edition, request_adoption
from strategy.operations.lifecycle import (
    close_plan,
    open_consultation,
    open_update,
    propose_plan,
    publish_plan,
    record_consultation,
    send_back_plan,
)
from strategy.operations.printing import request_pdf
from strategy.operations.triennium import roll_plan_forward

__all__ = [
    "adopt_edition",
    "close_plan",
    "open_consultation",
    "open_update",
    "propose_plan",
    "publish_plan",
    "record_consultation",
    "request_adoption",
    "request_pdf",
    "roll_plan_forward",
    "send_back_plan",
]
