"""Pages of the engagement area: `programs/`, `plans/`, `events/` and what belongs to them."""

from django.urls import path

from lecen.domains.engagement.views import events, public

app_name = "engagement"

EVENTS = [
    path("events/new/<slug:agency>/", events.event_new, name="event-new"),
    path("events/of/<slug:agency>/", public.event_list, name="event-list"),
    path("events/<uuid:event_id>/", public.event, name="event"),
    path("events/<uuid:event_id>/calendar.ics", public.event_calendar_file, name="event-calendar"),
    path("events/<uuid:event_id>/flyer.pdf", public.event_flyer_file, name="event-flyer"),
    path("events/<uuid:event_id>/manage/", events.event_manage, name="event-manage"),
    path("events/<uuid:event_id>/edit/", events.event_edit, name="event-edit"),
    path("events/<uuid:event_id>/publish/", events.event_publish, name="event-publish"),
    path("events/<uuid:event_id>/cancel/", events.event_cancel, name="event-cancel"),
    path("events/<uuid:event_id>/delete/", events.event_delete, name="event-delete"),
]

urlpatterns = [*EVENTS]
