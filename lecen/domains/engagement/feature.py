"""What engagement offers the platform."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem, NoticeKind, SearchSource

PLAN_PANELS = {
    "start_plan": "lecen.domains.engagement.views.plan_panels.start_plan",
    "my_tasks": "lecen.domains.engagement.views.plan_panels.my_tasks",
    "plans_under_way": "lecen.domains.engagement.views.plan_panels.plans_under_way",
}
PLAN_MENU = (
    MenuItem(
        _("Plans"), "engagement:plan-list", shown_to="lecen.domains.engagement.rules.is_member_anywhere", place="desk"
    ),
    MenuItem(
        _("Programs"),
        "engagement:program-list",
        shown_to="lecen.domains.engagement.rules.is_member_anywhere",
        place="desk",
    ),
)
PLAN_NOTICES = (
    NoticeKind("engagement.task_due_soon", _("A task of mine is due in two days")),
    NoticeKind("engagement.task_late", _("A task of mine is late")),
)

EVENT_PANELS = {
    "agency_events": "lecen.domains.engagement.views.event_panels.agency_events",
    "neighborhood_events": "lecen.domains.engagement.views.event_panels.neighborhood_events",
    "next_events": "lecen.domains.engagement.views.event_panels.next_events",
    "own_events": "lecen.domains.engagement.views.event_panels.own_events",
}
EVENT_NOTICES = (
    NoticeKind("engagement.invitation", _("Invitations to take part in an event"), optional=False),
    NoticeKind("engagement.invitation_withdrawn", _("An invitation was withdrawn"), optional=False),
    NoticeKind("engagement.partner_answered", _("A partner answered my invitation")),
    NoticeKind("engagement.event_changed", _("An event that I count on has moved"), optional=False),
    NoticeKind("engagement.event_canceled", _("An event that I count on is canceled"), optional=False),
)

ATTENDANCE_PANELS = {
    "places": "lecen.domains.engagement.views.attendance_panels.places_panel",
    "door": "lecen.domains.engagement.views.attendance_panels.door_panel",
}
ATTENDANCE_NOTICES = (
    NoticeKind("engagement.registered", _("My registration for an event"), optional=False),
    NoticeKind("engagement.event_tomorrow", _("An event that I registered for is tomorrow"), optional=False),
)
ATTENDANCE_DUE = (
    "lecen.domains.engagement.notices.remind_of_tomorrow",
    "lecen.domains.engagement.services.registrations.forget_registrations",
)

FEATURE = Feature(
    name="engagement",
    title=_("Engagement"),
    urls="lecen.domains.engagement.urls",
    api="lecen.domains.engagement.api",
    commands="lecen.domains.engagement.commands",
    menu=PLAN_MENU,
    panels={**PLAN_PANELS, **EVENT_PANELS, **ATTENDANCE_PANELS},
    notices=PLAN_NOTICES + EVENT_NOTICES + ATTENDANCE_NOTICES,
    search=(SearchSource("events", _("Events"), "lecen.domains.engagement.rules.visible_events"),),
    due=("lecen.domains.engagement.notices.remind_of_tasks", *ATTENDANCE_DUE),
    demo="lecen.domains.engagement.demo.load",
)
