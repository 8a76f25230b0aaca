"""Figures are not taken back by who does not enter them; a period with figures stays as it is."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from strategy.operations.periods import change_period, remove_period
from strategy.operations.recording import take_back
from strategy.operations.recording_doors import enters_figures_of


def test_a_figure_is_not_taken_back_by_who_does_not_enter_it(service, bergamo):
    sent = service.sent(service.indicator())

    with pytest.raises(PermissionDenied):
        take_back(sent, by=bergamo.user("oiv"))


def test_what_nobody_supplies_is_of_planning(bergamo):
    people = [bergamo.user("pianificazione"), bergamo.user("responsabile")]

    assert [enters_figures_of(one, None) for one in people] == [True, False]


def test_a_period_with_figures_is_neither_moved_nor_taken_away(service, bergamo):
    period = service.sent(service.indicator()).period
    planner = bergamo.user("pianificazione")

    with pytest.raises(ValidationError):
        remove_period(period, by=planner)
    with pytest.raises(ValidationError):
        change_period(
            period,
            ends_on=period.ends_on - datetime.timedelta(days=1),
            opens_on=period.opens_on,
            closes_on=period.closes_on,
            by=planner,
        )
