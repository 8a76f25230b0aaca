"""Addresses of agile work."""

from django.urls import include, path

from pola import views
from pola.views import day_detail, day_office, day_team, days

app_name = "pola"

day_urls = [
    path("", days.day_calendar, name="day-calendar"),
    path("ripeti/", days.day_pattern, name="day-pattern"),
    path("rinuncia/", days.day_cancel, name="day-cancel"),
    path("servizio/", day_team.day_team, name="day-team"),
    path("servizio/<int:pk>/", day_team.day_month, name="day-month"),
    path("ente/", day_team.day_house, name="day-house"),
    path("chiusure/", day_office.day_closures, name="day-closures"),
    path("presenze/", day_office.day_export, name="day-export"),
    path("calendario/", day_office.day_feeds, name="day-feeds"),
    path("calendario/<str:token>.ics", day_office.day_feed, name="day-feed"),
    path("<int:pk>/", day_detail.day_detail, name="day-detail"),
]

urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicatori/", views.indicators, name="indicators"),
    path("linee-guida/", views.guidelines, name="guidelines"),
    # Days of agile work
    path("giornate/", include(day_urls)),
]
