"""Plans: the list, the start from a playbook, the board, another day, the end, on paper and as a table."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import TaskState
from lecen.domains.engagement.exchange.plans import tasks_csv
from lecen.domains.engagement.forms.plans import PlanEventForm, PlanMoveForm, PlanStartForm
from lecen.domains.engagement.models import Plan
from lecen.domains.engagement.queries import plans as queries
from lecen.domains.engagement.queries.programs import open_programs
from lecen.domains.engagement.services import plans as services
from lecen.domains.library import rules as library
from lecen.kernel.rules import require
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required


def visible_plan(request: HttpRequest, plan_id: UUID, *, to_organize: bool = False) -> Plan:
    """The plan of a page; 404 for whoever may not see it, 403 where one sees it and may not change it."""
    plan = get_visible(queries.shown_plans(viewer=request.viewer), pk=plan_id)
    if to_organize:
        require(rules.can_organize_plan, request.viewer, plan)
    return plan


@require_safe
@sign_in_required
def plan_list(request: HttpRequest) -> HttpResponse:
    ended = request.GET.get("state") == "ended"
    read = queries.ended_plans if ended else queries.plans_under_way
    page = paginate(request, read(viewer=request.viewer))
    late = queries.late_ones(page, at=timezone.now())
    return render(request, "engagement/plan_list.html", {"page": page, "ended": ended, "late": late})


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def plan_start(request: HttpRequest, slug: str) -> HttpResponse:
    playbook = get_visible(library.visible_playbooks(request.viewer), slug=slug)
    require(rules.organizes_anywhere, request.viewer)
    initial = {"title": playbook.name, "minutes": playbook.duration_minutes, "time": "10:00"}
    form = PlanStartForm(
        request.POST or None,
        initial=initial,
        agencies=agencies.organized_agencies(request.viewer),
        programs=open_programs(viewer=request.viewer),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            plan = services.start_plan(by=request.viewer, draft=_draft(form.cleaned_data, playbook), at=timezone.now())
            return redirect(plan)
    return render(request, "engagement/plan_start.html", {"form": form, "playbook": playbook})


def _draft(given: dict, playbook: Any) -> services.PlanDraft:
    return services.PlanDraft(
        agency=given["agency"],
        playbook=playbook,
        title=given["title"],
        day=given["day"],
        request_key=given["request_key"],
        program=given.get("program"),
        starts=given["time"],
        minutes=given["minutes"],
        place=given["place"],
    )


@require_safe
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    mine = request.GET.get("mine") == "1"
    board = queries.plan_board(plan=plan, viewer=request.viewer, at=timezone.now(), mine_only=mine)
    changed = next((each for each in board.tasks if str(each.task.pk) == request.GET.get("changed")), None)
    context = {
        "plan": plan,
        "board": board,
        "mine": mine,
        "changed": changed,
        "event": getattr(plan, "event", None),
        "can_organize": rules.can_organize_plan(request.viewer, plan),
    }
    return render(request, "engagement/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_event(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Draft the event of a plan that has none yet."""
    plan = visible_plan(request, plan_id, to_organize=True)
    form = PlanEventForm(request.POST or None, initial={"time": "10:00", "minutes": plan.playbook.duration_minutes})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            event = services.draft_plan_event(
                by=request.viewer,
                plan_id=plan.pk,
                starts=given["time"],
                minutes=given["minutes"],
                place=given["place"],
                at=timezone.now(),
            )
            return redirect("engagement:event-manage", event.pk)
    return render(request, "engagement/plan_event.html", {"plan": plan, "form": form})


@require_safe
def plan_print(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    board = queries.plan_board(plan=plan, viewer=request.viewer, at=timezone.now())
    return render(request, "engagement/plan_print.html", {"plan": plan, "board": board})


@require_safe
def plan_tasks_file(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The tasks as CSV."""
    plan = visible_plan(request, plan_id)
    response = HttpResponse(
        tasks_csv(queries.tasks_of(plan=plan), zone=plan.agency.time_zone), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="tasks-{plan.playbook.slug}-{plan.day}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def plan_move(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id, to_organize=True)
    form = PlanMoveForm(request.POST or None, initial={"day": plan.day})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            moved = services.move_plan(
                by=request.viewer, plan_id=plan.pk, day=form.cleaned_data["day"], at=timezone.now()
            )
            _say_what_moved(request, moved)
            return redirect(plan)
    tasks = plan.tasks.filter(state=TaskState.OPEN)
    counts = {"moving": tasks.filter(days__isnull=False).count(), "staying": tasks.filter(days=None).count()}
    return render(request, "engagement/plan_move.html", {"plan": plan, "form": form, **counts})


def _say_what_moved(request: HttpRequest, moved: services.Moved) -> None:
    tasks, hurried = {"number": moved.tasks}, {"number": moved.hurried}
    messages.success(
        request,
        ngettext("%(number)d open task moved along.", "%(number)d open tasks moved along.", moved.tasks) % tasks,
    )
    if moved.hurried:
        text = ngettext(
            "%(number)d of them would be due before today; it is due today.",
            "%(number)d of them would be due before today; they are due today.",
            moved.hurried,
        )
        messages.warning(request, text % hurried)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_end(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Done or given up: one page, two buttons."""
    plan = visible_plan(request, plan_id, to_organize=True)
    acts = {"finish": services.finish_plan, "give-up": services.give_up_plan}
    act = acts.get(request.POST.get("act", ""))
    if act is not None:
        act(by=request.viewer, plan_id=plan.pk, at=timezone.now())
        messages.success(request, _("The plan is closed. It stays readable, and you can take it up again."))
        return redirect(plan)
    open_tasks = plan.tasks.filter(state=TaskState.OPEN).count()
    return render(request, "engagement/plan_end.html", {"plan": plan, "open_tasks": open_tasks})


@require_POST
def plan_resume(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id, to_organize=True)
    services.resume_plan(by=request.viewer, plan_id=plan.pk, at=timezone.now())
    return redirect(plan)
