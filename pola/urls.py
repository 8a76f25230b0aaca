"""Addresses of agile work."""

from django.urls import include, path

from pola import views
from pola.views import (
    agreement_acts,
    agreement_pdf,
    agreements,
    consultations,
    day_detail,
    day_office,
    day_team,
    days,
    equipment,
    interests,
    mappings,
    ministry,
    my_agile,
    norms,
    registers,
    safety,
)

app_name = "pola"

# Rules of the day, mapping of activities, registers, consultations, notices to the Ministry.
rules_and_registers = [
    path("regole/", norms.norm_list, name="norm-list"),
    path("regole/<slug:key>/", norms.norm_detail, name="norm-detail"),
    path("regole/valori/<int:pk>/togli/", norms.norm_withdraw, name="norm-withdraw"),
    path("attivita/", mappings.activity_list, name="activity-list"),
    path("attivita/aggiungi/", mappings.activity_add, name="activity-add"),
    path("attivita/<int:pk>/", mappings.activity_detail, name="activity-detail"),
    path("attivita/<int:pk>/mappatura/", mappings.activity_map, name="activity-map"),
    path("attivita/<int:pk>/persone/", mappings.activity_assign, name="activity-assign"),
    path("assegnazioni/<int:pk>/fine/", mappings.assignment_end, name="assignment-end"),
    path("registri/", registers.register_people_list, name="register-people"),
    path(
        "registri/<slug:register>.<slug:extension>", registers.register_file, name="register-file"
    ),
    path("registri/formazione/", registers.training_list, name="training-list"),
    path("registri/formazione/aggiungi/", registers.training_add, name="training-add"),
    path("registri/formazione/<int:pk>/", registers.training, name="training"),
    path(
        "registri/formazione/presenze/<int:pk>/togli/",
        registers.attendance_remove,
        name="attendance-remove",
    ),
    path("registri/sicurezza/", safety.safety_list, name="safety-list"),
    path("registri/sicurezza/aggiungi/", safety.safety_add, name="safety-add"),
    path("registri/sicurezza/<int:pk>/", safety.safety, name="safety"),
    path(
        "registri/sicurezza/ricevute/<int:pk>/togli/", safety.receipt_remove, name="receipt-remove"
    ),
    path("registri/dotazioni/", equipment.equipment_list, name="equipment-list"),
    path("registri/dotazioni/consegna/", equipment.equipment_add, name="equipment-add"),
    path(
        "registri/dotazioni/<int:pk>/restituzione/",
        equipment.equipment_return,
        name="equipment-return",
    ),
    path("registri/segnalazioni/", safety.incident_list, name="incident-list"),
    path("registri/segnalazioni/aggiungi/", safety.incident_add, name="incident-add"),
    path("registri/segnalazioni/<int:pk>/", safety.incident, name="incident"),
    path("consultazioni/", consultations.consultation_list, name="consultation-list"),
    path("consultazioni/aggiungi/", consultations.consultation_add, name="consultation-add"),
    path("consultazioni/<int:pk>/file/", consultations.consultation_file, name="consultation-file"),
    path("ministero/", ministry.ministry, name="ministry"),
    path("ministero/persone/<int:pk>/", ministry.personal_data, name="personal-data"),
]

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
    # Monitoring
    path("monitoraggio/", views.monitoring, name="monitoring"),
    path("monitoraggio/valori/", views.figure_list, name="figure-list"),
    path("monitoraggio/<int:year>/pdf/", views.monitoring_pdf, name="monitoring-pdf"),
    path("schede/", views.sheet_list, name="sheet-list"),
    path("schede/<int:pk>/", views.sheet_detail, name="sheet-detail"),
    path("schede/<str:month>/scrivi/", views.sheet_write, name="sheet-write"),
    *rules_and_registers,
    *agreement_urls,
    # Days of agile work
    path("giornate/", include(day_urls)),
]
