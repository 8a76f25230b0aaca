"""What changes a plan: each verb checks right and state in its transaction and leaves a trace."""

from strategy.operations.adoption import adopt_edition, request_adoption
from strategy.operations.closing import close_year, reopen_year
from strategy.operations.deviations import explain_deviation
from strategy.operations.examinations import decide_report
from strategy.operations.lifecycle import (
    close_plan,
    open_consultation,
    open_update,
    propose_plan,
    publish_plan,
    record_consultation,
    send_back_plan,
)
from strategy.operations.oversight import answer_note, withdraw_note, write_note
from strategy.operations.performance_reports import (
    open_report,
    publish_report,
    rework_report,
    transmit_report,
)
from strategy.operations.printing import request_pdf
from strategy.operations.report_approval import approve_report, request_approval
from strategy.operations.resolutions import (
    approve_exclusions,
    count_as_zero,
    propose_exclusions,
    refuse_exclusions,
    withdraw_resolutions,
)
from strategy.operations.triennium import roll_plan_forward

__all__ = [
    "adopt_edition",
    "answer_note",
    "approve_exclusions",
    "approve_report",
    "close_plan",
    "close_year",
    "count_as_zero",
    "decide_report",
    "explain_deviation",
    "open_consultation",
    "open_report",
    "open_update",
    "propose_exclusions",
    "propose_plan",
    "publish_plan",
    "publish_report",
    "record_consultation",
    "refuse_exclusions",
    "reopen_year",
    "request_adoption",
    "request_approval",
    "request_pdf",
    "rework_report",
    "roll_plan_forward",
    "send_back_plan",
    "transmit_report",
    "withdraw_note",
    "withdraw_resolutions",
    "write_note",
]
