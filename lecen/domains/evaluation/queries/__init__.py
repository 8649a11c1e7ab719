"""Reads: the report of an event, and which reports there are."""

from lecen.domains.evaluation.queries.reports import EventReport, event_report, recent_reports, reported_events

__all__ = ["EventReport", "event_report", "recent_reports", "reported_events"]
