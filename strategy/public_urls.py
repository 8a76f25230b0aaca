"""Addresses of the public page: adopted editions and published Relazioni, without signing in."""

from django.urls import path

from strategy.views import public, public_report

relazione = "<str:label>/relazione-<int:year>/"

urlpatterns = [
    path("", public.edition_list, name="public"),
    path("<str:label>/rev-<int:revision>/", public.edition_detail, name="public-edition"),
    path("<str:label>/rev-<int:revision>/piano.pdf", public.edition_pdf, name="public-pdf"),
    path("<str:label>/rev-<int:revision>/atto.pdf", public.edition_act, name="public-act"),
    path("<str:label>/rev-<int:revision>/dati/<str:name>", public.edition_data, name="public-data"),
    path(relazione, public_report.report_detail, name="public-report"),
    path(f"{relazione}relazione.pdf", public_report.report_pdf, name="public-report-pdf"),
    path(f"{relazione}atto.pdf", public_report.report_act, name="public-report-act"),
    path(f"{relazione}verbale-oiv.pdf", public_report.report_minutes, name="public-report-minutes"),
    path(f"{relazione}attainment.csv", public_report.report_data, name="public-report-data"),
]
