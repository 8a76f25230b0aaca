"""Addresses of agile work."""

from django.urls import path

from pola import views
from pola.views import agreement_acts, agreement_pdf, agreements, interests, my_agile

app_name = "pola"

agreement_urls = [
    path("mio/", my_agile.my_agile, name="my-agile"),
    path("mio/richiesta/<slug:step>/", my_agile.interest_write, name="interest-write"),
    path("richieste/", interests.interest_list, name="interest-list"),
    path("richieste/<int:pk>/", interests.interest_detail, name="interest-detail"),
    path("richieste/<int:pk>/ritira/", my_agile.interest_withdraw, name="interest-withdraw"),
    path("decisioni/", interests.decision_list, name="decision-list"),
    path("accordi/", agreements.agreement_list, name="agreement-list"),
    path("accordi/<int:pk>/", agreements.agreement_detail, name="agreement-detail"),
    path("accordi/<int:pk>/testo/", agreements.agreement_write, name="agreement-write"),
    path("accordi/<int:pk>/storia/", agreements.agreement_story, name="agreement-story"),
    path(
        "accordi/<int:pk>/confronto/", agreements.agreement_difference, name="agreement-difference"
    ),
    path(
        "accordi/<int:pk>/testi/<int:number>/pdf/",
        agreement_pdf.agreement_pdf,
        name="agreement-pdf",
    ),
    path(
        "accordi/<int:pk>/testi/<int:number>/accordo.pdf",
        agreement_pdf.agreement_file,
        name="agreement-file",
    ),
    path("accordi/<int:pk>/<slug:act>/", agreement_acts.agreement_act, name="agreement-act"),
]

urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicatori/", views.indicators, name="indicators"),
    path("linee-guida/", views.guidelines, name="guidelines"),
    *agreement_urls,
]
