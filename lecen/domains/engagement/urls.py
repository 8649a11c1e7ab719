"""Pages of the engagement area: `programs/`, `plans/`, `events/` and what belongs to them."""

from django.urls import path

from lecen.domains.engagement.views import (
    check_ins,
    door,
    events,
    partners,
    plans,
    programs,
    public,
    registrations,
    tasks,
)

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

PARTNER = "events/<uuid:event_id>/partners/<uuid:partner_id>/"
PARTNERS = [
    path("events/<uuid:event_id>/partners/", partners.event_partners, name="event-partners"),
    path(f"{PARTNER}remind/", partners.partner_remind, name="partner-remind"),
    path(f"{PARTNER}withdraw/", partners.partner_withdraw, name="partner-withdraw"),
    path(f"{PARTNER}reinvite/", partners.partner_reinvite, name="partner-reinvite"),
    path("invitations/<str:token>/", partners.invitation, name="invitation"),
]

PROGRAMS = [
    path("programs/", programs.program_list, name="program-list"),
    path("programs/start/", programs.program_start, name="program-start"),
    path("programs/<uuid:program_id>/", programs.program, name="program"),
    path("programs/<uuid:program_id>/edit/", programs.program_edit, name="program-edit"),
    path("programs/<uuid:program_id>/end/", programs.program_end, name="program-end"),
    path("programs/<uuid:program_id>/resume/", programs.program_resume, name="program-resume"),
]

TASK = "plans/<uuid:plan_id>/tasks/<uuid:task_id>/"
PLANS = [
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/start/<slug:slug>/", plans.plan_start, name="plan-start"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/print/", plans.plan_print, name="plan-print"),
    path("plans/<uuid:plan_id>/tasks.csv", plans.plan_tasks_file, name="plan-tasks-file"),
    path("plans/<uuid:plan_id>/event/", plans.plan_event, name="plan-event"),
    path("plans/<uuid:plan_id>/move/", plans.plan_move, name="plan-move"),
    path("plans/<uuid:plan_id>/end/", plans.plan_end, name="plan-end"),
    path("plans/<uuid:plan_id>/resume/", plans.plan_resume, name="plan-resume"),
    path("plans/<uuid:plan_id>/tasks/add/", tasks.task_add, name="task-add"),
    path("plans/<uuid:plan_id>/follow-ups/add/", tasks.follow_up_add, name="follow-up-add"),
    path(TASK, tasks.task_edit, name="task-edit"),
    path(f"{TASK}done/", tasks.task_state, {"state": "done"}, name="task-check-off"),
    path(f"{TASK}reopen/", tasks.task_state, {"state": "open"}, name="task-reopen"),
    path(f"{TASK}drop/", tasks.task_state, {"state": "drop"}, name="task-drop"),
    path("plans/<uuid:plan_id>/roles/<uuid:role_id>/", tasks.role_assign, name="role-assign"),
    path(
        "plans/<uuid:plan_id>/safeguards/<uuid:safeguard_id>/confirm/",
        tasks.safeguard_confirm,
        name="safeguard-confirm",
    ),
    path(
        "plans/<uuid:plan_id>/safeguards/<uuid:safeguard_id>/withdraw/",
        tasks.safeguard_withdraw,
        name="safeguard-withdraw",
    ),
]

ATTENDANCE = [
    path("registration/", registrations.registration, name="registration"),
    path("registration/change/", registrations.registration_change, name="registration-change"),
    path("registration/cancel/", registrations.registration_cancel, name="registration-cancel"),
    path("events/<uuid:event_id>/register/", registrations.register, name="register"),
    path("events/<uuid:event_id>/registrations/", door.registration_list, name="registration-list"),
    path("events/<uuid:event_id>/check-in/", check_ins.check_in, name="check-in"),
    path("events/<uuid:event_id>/check-in/undo/", check_ins.check_in_undo, name="check-in-undo"),
    path("events/<uuid:event_id>/check-in/<slug:code_hash>/", check_ins.check_in_scanned, name="check-in-scanned"),
]

urlpatterns = [*EVENTS, *PARTNERS, *PROGRAMS, *PLANS, *ATTENDANCE]
