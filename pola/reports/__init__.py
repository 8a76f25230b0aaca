"""What the pages and the document say of agile work, as row objects without markup."""

from pola.reports.months import effect_signs, guidelines_report, months_chart, months_report

__all__ = ["effect_signs", "guidelines_report", "months_chart", "months_report"]
