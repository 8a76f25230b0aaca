"""Pages of agile work."""

from pola.views.overview import guidelines, indicators, overview

__all__ = ["guidelines", "indicators", "overview"]
