"""What engagement offers the platform."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem, NoticeKind

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

FEATURE = Feature(
    name="engagement",
    title=_("Engagement"),
    urls="lecen.domains.engagement.urls",
    api="lecen.domains.engagement.api",
    menu=PLAN_MENU,
    panels={**PLAN_PANELS},
    notices=PLAN_NOTICES,
    due=("lecen.domains.engagement.notices.remind_of_tasks",),
    demo="lecen.domains.engagement.demo.load",
)
