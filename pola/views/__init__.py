"""Pages of agile work."""

from pola.views.monitoring import figure_list, monitoring, monitoring_pdf
from pola.views.overview import guidelines, indicators, overview
from pola.views.sheets import sheet_detail, sheet_list, sheet_write

__all__ = [
    "figure_list",
    "guidelines",
    "indicators",
    "monitoring",
    "monitoring_pdf",
    "overview",
    "sheet_detail",
    "sheet_list",
    "sheet_write",
]
