"""How a forecast for 31 December looks: its words and its tone, a traffic light during the year."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy

from strategy.monitoring_enums import Forecast


class ForecastLook(NamedTuple):
    """What is said of a forecast; no words where nobody was asked."""

    word: str
    tone: str


NO_FORECAST = ForecastLook("", "neutral")
FORECASTS = {
    Forecast.YES: (gettext_lazy("it is reached"), "ok"),
    Forecast.AT_RISK: (gettext_lazy("at risk"), "caution"),
    Forecast.NO: (gettext_lazy("it is not reached"), "error"),
}


def forecast_look(forecast: str | None) -> ForecastLook:
    """The look of a forecast that was stored."""
    if not forecast:
        return NO_FORECAST
    word, tone = FORECASTS[Forecast(forecast)]
    return ForecastLook(str(word), tone)
