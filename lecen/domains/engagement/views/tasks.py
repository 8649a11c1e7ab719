"""What one does on a plan's board: tasks, follow-ups, roles, safeguards."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lecen.domains.engagement.forms.plans import FollowUpForm, RoleForm, TaskForm, initial_of
from lecen.domains.engagement.models import Plan, PlanTask, SafeguardCheck
from lecen.domains.engagement.queries.plans import people_of
from lecen.domains.engagement.services import plans, tasks
from lecen.domains.engagement.views.plans import visible_plan
from lecen.kernel.web import get_visible, refusals_on

CHANGES = {"done": tasks.check_off_task, "open": tasks.reopen_task, "drop": tasks.drop_task}


@require_POST
def task_state(request: HttpRequest, plan_id: UUID, task_id: UUID, state: str) -> HttpResponse:
    """Check off, take back or drop; the address names the state, so that a second tap changes nothing."""
    plan = visible_plan(request, plan_id)
    task = get_visible(plan.tasks.all(), pk=task_id)
    CHANGES[state](by=request.viewer, task_id=task.pk, at=timezone.now())
    return _back(request, plan, changed=task.pk)


def _back(request: HttpRequest, plan: Plan, *, changed: UUID) -> HttpResponseRedirect:
    """To the page one came from where it is one of ours, else to the board with the way to take it back."""
    origin = request.GET.get("next", "")
    if origin.startswith("/") and url_has_allowed_host_and_scheme(origin, allowed_hosts=None):
        return redirect(origin)
    mine = "&mine=1" if request.GET.get("mine") == "1" else ""
    return redirect(f"{plan.get_absolute_url()}?changed={changed}{mine}")


@require_http_methods(["GET", "HEAD", "POST"])
def task_add(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _add(request, plan_id, TaskForm, is_follow_up=False)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_add(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return _add(request, plan_id, FollowUpForm, is_follow_up=True)


def _add(request: HttpRequest, plan_id: UUID, shape: type[TaskForm], *, is_follow_up: bool) -> HttpResponse:
    plan = visible_plan(request, plan_id, to_organize=True)
    form = _task_form(request, plan, shape)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            task = tasks.add_task(
                by=request.viewer, plan_id=plan.pk, draft=_draft(form, is_follow_up=is_follow_up), at=timezone.now()
            )
            messages.success(request, _("“%(task)s” is on the plan.") % {"task": task.title})
            return redirect(plan)
    return render(request, "engagement/task_add.html", {"plan": plan, "form": form, "is_follow_up": is_follow_up})


@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: HttpRequest, plan_id: UUID, task_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id, to_organize=True)
    task = get_visible(plan.tasks.select_related("owner", "role"), pk=task_id)
    form = _task_form(request, plan, FollowUpForm if task.is_follow_up and not task.role_id else TaskForm, task)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            draft = _draft(form, is_follow_up=isinstance(form, FollowUpForm))
            tasks.change_task(by=request.viewer, task_id=task.pk, draft=draft, at=timezone.now())
            messages.success(request, _("“%(task)s” is changed.") % {"task": draft.title})
            return redirect(plan)
    return render(request, "engagement/task_edit.html", {"plan": plan, "form": form, "task": task})


def _task_form(request: HttpRequest, plan: Plan, shape: type[TaskForm], task: PlanTask | None = None) -> TaskForm:
    return shape(
        request.POST or None,
        initial=initial_of(task) if task else None,
        people=people_of(agency=plan.agency, at=timezone.now()),
        roles=plan.roles.order_by("position"),
    )


def _draft(form: TaskForm, *, is_follow_up: bool) -> tasks.TaskDraft:
    given = form.cleaned_data
    return tasks.TaskDraft(
        task_id=given["task_id"],
        title=given["title"],
        detail=given["detail"],
        due_on=given["due_on"],
        owner_id=given["owner"].pk if given["owner"] else None,
        role_id=given["role"].pk if given.get("role") else None,
        is_follow_up=is_follow_up,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role_assign(request: HttpRequest, plan_id: UUID, role_id: UUID) -> HttpResponse:
    plan = visible_plan(request, plan_id, to_organize=True)
    role = get_visible(plan.roles.all(), pk=role_id)
    form = RoleForm(request.POST or None, people=people_of(agency=plan.agency, at=timezone.now()), role=role)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            holder = form.cleaned_data["holder"]
            plans.assign_role(
                by=request.viewer,
                role_id=role.pk,
                holder_id=holder.pk if holder else None,
                holder_name=form.cleaned_data["holder_name"],
                at=timezone.now(),
            )
            return redirect(f"{plan.get_absolute_url()}#roles")
    return render(request, "engagement/role_assign.html", {"plan": plan, "role": role, "form": form})


@require_POST
def safeguard_confirm(request: HttpRequest, plan_id: UUID, safeguard_id: UUID) -> HttpResponse:
    return _safeguard(request, plan_id, safeguard_id, plans.confirm_safeguard)


@require_POST
def safeguard_withdraw(request: HttpRequest, plan_id: UUID, safeguard_id: UUID) -> HttpResponse:
    return _safeguard(request, plan_id, safeguard_id, plans.withdraw_safeguard)


def _safeguard(
    request: HttpRequest, plan_id: UUID, safeguard_id: UUID, service: Callable[..., SafeguardCheck]
) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    safeguard = get_visible(plan.safeguards.all(), pk=safeguard_id)
    service(by=request.viewer, safeguard_id=safeguard.pk, at=timezone.now())
    return redirect(f"{plan.get_absolute_url()}#safeguards")
