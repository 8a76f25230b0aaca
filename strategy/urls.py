"""Addresses of the plan."""

from django.urls import path

from strategy.views import cascade, dashboards, document, indicators, map, pdf

app_name = "strategy"

map_urls = [
    path("<int:year>/", map.plan_map, name="plan-detail"),
    path("<int:year>/mappa/", map.plan_map, name="map"),
    path("<int:year>/prospettive/<int:pk>/", map.perspective_detail, name="perspective-detail"),
    path("<int:year>/obiettivi/<int:pk>/", map.objective_detail, name="objective-detail"),
]
dashboard_urls = [
    path("<int:year>/cruscotto/", dashboards.strategic_dashboard, name="strategic-dashboard"),
    path("<int:year>/cruscotti/", dashboards.dashboard_list, name="dashboard-list"),
    path("<int:year>/cruscotti/<slug:slug>/", dashboards.dashboard_detail, name="dashboard-detail"),
    path("<int:year>/cascata/", cascade.cascade, name="cascade"),
    path("<int:year>/indicatori/", indicators.indicator_list, name="indicator-list"),
    path("<int:year>/indicatori/<int:pk>/", indicators.indicator_detail, name="indicator-detail"),
]
document_urls = [
    path("<int:year>/documento/", document.document, name="document"),
    path("<int:year>/documento/<slug:slug>/", document.section_detail, name="section-detail"),
]
pdf_urls = [
    path("<int:year>/pdf/", pdf.plan_pdf, name="plan-pdf"),
    path("<int:year>/pdf/<int:pk>/stato/", pdf.build_status, name="build-status"),
    path("<int:year>/pdf/<int:pk>/file/", pdf.build_file, name="build-file"),
    path("<int:year>/cruscotti/<slug:slug>/pdf/", pdf.dashboard_pdf, name="dashboard-pdf"),
]

urlpatterns = [*map_urls, *dashboard_urls, *document_urls, *pdf_urls]
