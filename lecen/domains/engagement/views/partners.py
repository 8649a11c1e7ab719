"""Partners and co-hosts: invited by organizers, answering by a signed link."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.forms.partners import AnswerForm, InvitationForm
from lecen.domains.engagement.models import EventPartner
from lecen.domains.engagement.queries import partners as queries
from lecen.domains.engagement.services import partners as services
from lecen.domains.engagement.views.events import organized_event, sent, show_or_send
from lecen.kernel.errors import Refused
from lecen.kernel.links import read_link
from lecen.kernel.viewer import Viewer, ViewerKind
from lecen.kernel.web import get_visible, refusals_on


@show_or_send
def event_partners(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = organized_event(request, event_id)
    partners = queries.partners_of(viewer=request.viewer, event=event)
    known = agencies.visible_partners(request.viewer).filter(agency=event.agency).order_by("name", "pk")
    uninvited = known.exclude(pk__in=partners.values("organization"))
    form = InvitationForm(sent(request), organizations=known if request.method == "POST" else uninvited)
    if form.is_valid():
        with refusals_on(form):
            services.invite_partners(
                by=request.viewer, event_id=event.pk, invitation=form.invitation(), at=timezone.now()
            )
            messages.success(request, _("The invitation is on its way. You hear from us when they answer."))
            return redirect("engagement:event-partners", event.pk)
    context = {"event": event, "agency": event.agency, "partners": partners, "form": form, "now": timezone.now()}
    return render(request, "engagement/event_partners.html", context)


@require_POST
def partner_remind(request: HttpRequest, event_id: UUID, partner_id: UUID) -> HttpResponse:
    partner = _partner(request, event_id, partner_id)
    services.remind_partner(by=request.viewer, partner_id=partner.pk, at=timezone.now())
    return _done(request, event_id, _("A reminder is on its way."))


@require_POST
def partner_withdraw(request: HttpRequest, event_id: UUID, partner_id: UUID) -> HttpResponse:
    partner = _partner(request, event_id, partner_id)
    services.withdraw_partner(by=request.viewer, partner_id=partner.pk, at=timezone.now())
    return _done(request, event_id, _("The invitation is withdrawn."))


@require_POST
def partner_reinvite(request: HttpRequest, event_id: UUID, partner_id: UUID) -> HttpResponse:
    partner = _partner(request, event_id, partner_id)
    services.reinvite_partner(by=request.viewer, partner_id=partner.pk, at=timezone.now())
    return _done(request, event_id, _("A new invitation is on its way."))


def _partner(request: HttpRequest, event_id: UUID, partner_id: UUID) -> EventPartner:
    return get_visible(rules.visible_partners(request.viewer), pk=partner_id, event=event_id)


def _done(request: HttpRequest, event_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("engagement:event-partners", event_id)


@cache_control(private=True, no_store=True)
@show_or_send
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of one organization: opening it only shows, sending the form answers."""
    at = timezone.now()
    payload = read_link(purpose="invitation", token=token, at=at)
    partner = queries.invitation(partner_id=payload["partner"])
    if partner is None:
        raise Http404
    invited = int(partner.invited_at.timestamp())
    if payload.get("invited", invited) != invited:
        raise Refused(_("This link has expired. Ask the person who sent it for a new one."))
    form = AnswerForm(sent(request))
    if form.is_valid():
        with refusals_on(form):
            services.answer_invitation(
                by=Viewer(ViewerKind.LINK, scopes=frozenset({rules.invitation_scope(partner)})),
                partner_id=partner.pk,
                accepts=form.cleaned_data["answer"] == "accept",
                promise=form.cleaned_data["promise"],
                at=at,
            )
            return redirect("engagement:invitation", token)
    return render(request, "engagement/invitation.html", {"partner": partner, "event": partner.event, "form": form})
