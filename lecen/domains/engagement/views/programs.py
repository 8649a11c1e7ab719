"""Programs: one's own list, a page anybody may read where the agency's site is open, begin, change, end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.forms.programs import ProgramForm
from lecen.domains.engagement.models import Program
from lecen.domains.engagement.queries import programs as queries
from lecen.domains.engagement.services import programs as services
from lecen.kernel.rules import require
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required


def _visible_program(request: HttpRequest, program_id: UUID, *, to_organize: bool = False) -> Program:
    program = get_visible(rules.visible_programs(request.viewer).select_related("agency"), pk=program_id)
    if to_organize:
        require(rules.can_organize_program, request.viewer, program)
    return program


@require_safe
@sign_in_required
def program_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, queries.own_programs(viewer=request.viewer))
    context = {"page": page, "can_organize": rules.organizes_anywhere(request.viewer)}
    return render(request, "engagement/program_list.html", context)


@require_safe
def program(request: HttpRequest, program_id: UUID) -> HttpResponse:
    program = _visible_program(request, program_id)
    context = {
        "program": program,
        "plans": queries.plans_of(viewer=request.viewer, program=program)[:50],
        "events": queries.events_of(viewer=request.viewer, program=program)[:50],
        "is_member": agencies.is_member(request.viewer, program.agency),
        "can_organize": rules.can_organize_program(request.viewer, program),
    }
    return render(request, "engagement/program.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def program_start(request: HttpRequest) -> HttpResponse:
    require(rules.organizes_anywhere, request.viewer)
    own = agencies.organized_agencies(request.viewer)
    form = ProgramForm(request.POST or None, initial={"started_on": timezone.localdate()}, agencies=own)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            draft = services.ProgramDraft(**form.cleaned_data)
            return redirect(services.start_program(by=request.viewer, draft=draft, at=timezone.now()))
    return render(request, "engagement/program_start.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def program_edit(request: HttpRequest, program_id: UUID) -> HttpResponse:
    program = _visible_program(request, program_id, to_organize=True)
    initial = {"name": program.name, "purpose": program.purpose, "started_on": program.started_on}
    own = agencies.organized_agencies(request.viewer)
    form = ProgramForm(request.POST or None, initial=initial, agencies=own, changes_one=True)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            draft = services.ProgramDraft(agency=program.agency, **form.cleaned_data)
            services.change_program(by=request.viewer, program_id=program.pk, draft=draft, at=timezone.now())
            return redirect(program)
    return render(request, "engagement/program_edit.html", {"form": form, "program": program})


@require_POST
def program_end(request: HttpRequest, program_id: UUID) -> HttpResponse:
    program = _visible_program(request, program_id, to_organize=True)
    services.end_program(by=request.viewer, program_id=program.pk, at=timezone.now())
    messages.success(request, _("The program has ended. Its plans and events stay."))
    return redirect(program)


@require_POST
def program_resume(request: HttpRequest, program_id: UUID) -> HttpResponse:
    program = _visible_program(request, program_id, to_organize=True)
    services.resume_program(by=request.viewer, program_id=program.pk, at=timezone.now())
    return redirect(program)
