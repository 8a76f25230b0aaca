"""Addresses of the plan."""

from django.urls import path

from strategy.views import (
    activities,
    cascade,
    cells,
    checks,
    closing,
    dashboards,
    deviations,
    differences,
    document,
    document_blocks,
    document_edit,
    document_images,
    document_structure,
    evidence,
    indicator_edit,
    indicators,
    life,
    map,
    oversight,
    oversight_notes,
    pdf,
    periods,
    polarity,
    projects,
    recording,
    reminders,
    report,
    report_edit,
    report_validation,
    rows,
    scorecards,
    structure,
    structure_dashboards,
    triennium,
    validation,
)

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
    path("<int:year>/cascata/modifica/", cascade.cascade_edit, name="cascade-edit"),
    path("<int:year>/indicatori/", indicators.indicator_list, name="indicator-list"),
    path("<int:year>/indicatori/<int:pk>/", indicators.indicator_detail, name="indicator-detail"),
]
document_urls = [
    path("<int:year>/documento/", document.document, name="document"),
    path("<int:year>/documento/modifica/", document_structure.document_edit, name="document-edit"),
    path(
        "<int:year>/documento/modifica/aggiungi/",
        document_structure.section_add,
        name="section-add",
    ),
    path(
        "<int:year>/documento/modifica/ordine/",
        document_structure.section_move,
        name="section-move",
    ),
    path(
        "<int:year>/documento/modifica/immagini/", document_images.picture_add, name="picture-add"
    ),
    path("<int:year>/documento/<slug:slug>/", document.section_detail, name="section-detail"),
    path("<int:year>/documento/<slug:slug>/pdf/", pdf.section_pdf, name="section-pdf"),
]
section = "<int:year>/documento/<slug:slug>/modifica/"
section_urls = [
    path(section, document_edit.section_edit, name="section-edit"),
    path(f"{section}salva/", document_edit.section_save, name="section-save"),
    path(f"{section}presenza/", document_edit.section_presence, name="section-presence"),
    path(f"{section}finita/", document_edit.section_done, name="section-done"),
    path(f"{section}nome/", document_structure.section_rename, name="section-rename"),
    path(f"{section}togli/", document_structure.section_remove, name="section-remove"),
    path(f"{section}versioni/", document_edit.version_list, name="section-versions"),
    path(f"{section}versioni/<int:pk>/", document_edit.version_detail, name="section-version"),
    path(f"{section}blocchi/", document_blocks.block_add, name="block-add"),
    path(f"{section}blocchi/<int:pk>/", document_blocks.block_edit, name="block-edit"),
    path(f"{section}blocchi/<int:pk>/sposta/", document_blocks.block_move, name="block-move"),
    path(f"{section}blocchi/<int:pk>/togli/", document_blocks.block_remove, name="block-remove"),
]
scorecard_urls = [
    path("<int:year>/risultati/", scorecards.scorecards, name="scorecards"),
    # Before the scorecards: no dashboard has this address name.
    path("<int:year>/risultati/fasce/", scorecards.band_limits, name="band-limits"),
    path("<int:year>/risultati/<slug:slug>/", scorecards.scorecard_detail, name="scorecard-detail"),
    path("<int:year>/risultati/<slug:slug>/pdf/", scorecards.scorecard_pdf, name="scorecard-pdf"),
]
project = "<int:year>/progetti/<int:pk>/"
project_urls = [
    path("<int:year>/progetti/", projects.project_list, name="project-list"),
    path("<int:year>/progetti/apri/", projects.project_open, name="project-open"),
    path(project, projects.project_detail, name="project-detail"),
    path(f"{project}modifica/", projects.project_edit, name="project-edit"),
]
activity = f"{project}attivita/<int:activity>/"
activity_urls = [
    path(f"{project}attivita/aggiungi/", activities.activity_add, name="activity-add"),
    path(f"{activity}modifica/", activities.activity_edit, name="activity-edit"),
    path(f"{activity}date/", activities.activity_dates, name="activity-dates"),
    path(f"{activity}risultato/", activities.activity_result, name="activity-result"),
    path(f"{activity}sposta/", activities.activity_move, name="activity-move"),
    path(f"{activity}togli/", activities.activity_remove, name="activity-remove"),
]
grid_urls = [
    path(
        "<int:year>/cruscotto/modifica/",
        cells.strategic_dashboard_edit,
        name="strategic-dashboard-edit",
    ),
    path("<int:year>/cruscotti/<slug:slug>/modifica/", cells.dashboard_edit, name="dashboard-edit"),
    path(
        "<int:year>/cruscotti/<slug:slug>/modifica/controlla/",
        cells.dashboard_check,
        name="dashboard-check",
    ),
]
structure_urls = [
    path("<int:year>/struttura/", structure.structure, name="structure"),
    path("<int:year>/struttura/ordine/", structure.branch_move, name="branch-move"),
    path(
        "<int:year>/struttura/cruscotti/",
        structure_dashboards.structure_dashboards,
        name="structure-dashboards",
    ),
    path(
        "<int:year>/struttura/cruscotti/ordine/",
        structure_dashboards.dashboard_move,
        name="dashboard-move",
    ),
    path(
        "<int:year>/struttura/cruscotti/aggiungi/",
        structure_dashboards.dashboard_add,
        name="dashboard-add",
    ),
    path("<int:year>/struttura/<slug:kind>/aggiungi/", structure.branch_add, name="branch-add"),
    path("<int:year>/struttura/<slug:kind>/<int:pk>/", structure.branch_edit, name="branch-edit"),
    path(
        "<int:year>/struttura/<slug:kind>/<int:pk>/togli/",
        structure.branch_remove,
        name="branch-remove",
    ),
    path(
        "<int:year>/cruscotti/<slug:slug>/nome/",
        structure_dashboards.dashboard_rename,
        name="dashboard-rename",
    ),
    path(
        "<int:year>/cruscotti/<slug:slug>/togli/",
        structure_dashboards.dashboard_remove,
        name="dashboard-remove",
    ),
]
row_urls = [
    path("<int:year>/cruscotti/<slug:slug>/righe/", rows.dashboard_rows, name="dashboard-rows"),
    path("<int:year>/cruscotti/<slug:slug>/righe/ordine/", rows.row_move, name="row-move"),
    path("<int:year>/cruscotti/<slug:slug>/righe/aggiungi/", rows.row_add, name="row-add"),
    path(
        "<int:year>/cruscotti/<slug:slug>/righe/nuovo-indicatore/",
        indicator_edit.indicator_add,
        name="indicator-add",
    ),
    path("<int:year>/righe/<int:pk>/", rows.row_edit, name="row-edit"),
    path("<int:year>/righe/<int:pk>/togli/", rows.row_remove, name="row-remove"),
    path(
        "<int:year>/indicatori/<int:pk>/modifica/",
        indicator_edit.indicator_edit,
        name="indicator-edit",
    ),
    path(
        "<int:year>/indicatori/<int:pk>/ritira/",
        indicator_edit.indicator_retire,
        name="indicator-retire",
    ),
    path(
        "<int:year>/indicatori/<int:pk>/riprendi/",
        indicator_edit.indicator_resume,
        name="indicator-resume",
    ),
    path("<int:year>/polarita/", polarity.polarity_confirm, name="polarity-confirm"),
]
life_urls = [
    path("<int:year>/controlli/", checks.plan_checks, name="checks"),
    path("<int:year>/vita/", life.plan_life, name="plan-life"),
    path("<int:year>/vita/adozione/", life.adoption_status, name="adoption-status"),
    path("<int:year>/vita/rev-<int:revision>/<str:name>", life.edition_file, name="edition-file"),
]
pdf_urls = [
    path("<int:year>/pdf/", pdf.plan_pdf, name="plan-pdf"),
    path("<int:year>/pdf/<int:pk>/stato/", pdf.build_status, name="build-status"),
    path("<int:year>/pdf/<int:pk>/file/", pdf.build_file, name="build-file"),
    path("<int:year>/cruscotti/<slug:slug>/pdf/", pdf.dashboard_pdf, name="dashboard-pdf"),
]
difference_urls = [
    path("<int:year>/confronto/", differences.difference, name="difference"),
    path("<int:year>/confronto/csv/", differences.difference_file, name="difference-csv"),
    path("<int:year>/confronto/pdf/", differences.difference_pdf, name="difference-pdf"),
]
recording_urls = [
    path("<int:year>/da-rilevare/", recording.recording_list, name="recording-list"),
    path("<int:year>/da-rilevare/salva/", recording.recording_save, name="recording-save"),
    path("<int:year>/da-validare/", validation.validation_list, name="validation-list"),
    path("<int:year>/promemoria/", reminders.reminder_list, name="reminder-list"),
    path("<int:year>/prove/<int:pk>/", evidence.evidence_file, name="evidence-file"),
]
period = "<int:year>/periodi/<int:pk>/"
period_urls = [
    path("<int:year>/periodi/", periods.period_list, name="period-list"),
    path("<int:year>/periodi/aggiungi/", periods.period_add, name="period-add"),
    path(period, periods.period_edit, name="period-edit"),
    path(f"{period}apri/", periods.period_open, name="period-open"),
    path(f"{period}togli/", periods.period_remove, name="period-remove"),
]
reporting_urls = [
    path("<int:year>/scostamenti/", deviations.deviations, name="deviations"),
    path("<int:year>/scostamenti/csv/", deviations.deviation_file, name="deviations-csv"),
    path("<int:year>/scostamenti/<int:pk>/", deviations.deviation_edit, name="deviation-edit"),
    path("<int:year>/chiusura/", closing.closings, name="closings"),
    path("<int:year>/chiusura/<int:at>/", closing.year_closing, name="year-closing"),
    path(
        "<int:year>/chiusura/<int:at>/chiusura-<int:number>.json",
        closing.closing_data,
        name="year-closing-data",
    ),
]
examination = "<int:year>/oiv/<int:at>/validazione/"
oversight_urls = [
    path("<int:year>/oiv/", oversight.oversight, name="oversight"),
    path("<int:year>/oiv/<int:at>/", oversight.oversight_year, name="oversight-year"),
    path("<int:year>/oiv/<int:at>/csv/", oversight.oversight_file, name="oversight-csv"),
    path("<int:year>/oiv/<int:at>/note/", oversight_notes.oversight_notes, name="oversight-notes"),
    path(examination, report_validation.report_validation, name="report-validation"),
    path(f"{examination}stato/", report_validation.minutes_status, name="minutes-status"),
    path(f"{examination}verbale.pdf", report_validation.minutes_made, name="minutes-made"),
]
relazione = "<int:year>/relazione/<int:at>/"
text = f"{relazione}<slug:slug>/"
report_urls = [
    path("<int:year>/relazione/", report.reports, name="reports"),
    path(relazione, report.report, name="report"),
    path(f"{relazione}avvia/", report.report_open, name="report-open"),
    path(f"{relazione}pdf/", report_edit.report_pdf, name="report-pdf"),
    path(f"{relazione}approvazione/", report.approval_status, name="report-approval-status"),
    path(
        f"{relazione}approvazione-<int:number>/<str:name>", report.report_file, name="report-file"
    ),
    path(f"{relazione}immagini/", report_edit.picture_add, name="report-picture-add"),
    path(text, report_edit.section_detail, name="report-section"),
    path(f"{text}modifica/", report_edit.section_edit, name="report-section-edit"),
    path(f"{text}modifica/salva/", report_edit.section_save, name="report-section-save"),
    path(f"{text}modifica/finita/", report_edit.section_done, name="report-section-done"),
    path(f"{text}modifica/versioni/", report_edit.version_list, name="report-section-versions"),
    path(
        f"{text}modifica/versioni/<int:pk>/",
        report_edit.version_detail,
        name="report-section-version",
    ),
]
triennium_urls = [
    path("<int:year>/nuovo-triennio/", triennium.plan_roll_forward, name="plan-roll-forward"),
    path("<int:year>/da-decidere/", triennium.plan_decisions, name="plan-decisions"),
]

urlpatterns = [
    *map_urls,
    *dashboard_urls,
    *scorecard_urls,
    *project_urls,
    *activity_urls,
    *grid_urls,
    *structure_urls,
    *row_urls,
    *document_urls,
    *section_urls,
    *life_urls,
    *pdf_urls,
    *difference_urls,
    *reporting_urls,
    *oversight_urls,
    *report_urls,
    *triennium_urls,
    *recording_urls,
    *period_urls,
]
