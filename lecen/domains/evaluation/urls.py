"""Addresses below `events/`: the report of one event, as page and files."""

from django.urls import path

from lecen.domains.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("<uuid:event_id>/report/", views.event_report, name="event-report"),
    path("<uuid:event_id>/report.pdf", views.event_report_document, name="event-report-document"),
    path("<uuid:event_id>/report.csv", views.event_report_table, name="event-report-table"),
    path("<uuid:event_id>/report/close/", views.pulse_close, name="pulse-close"),
]
