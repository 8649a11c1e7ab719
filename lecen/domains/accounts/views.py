from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lecen.domains.accounts import forms, queries, services
from lecen.kernel.web import refusals_on, sign_in_required


@sign_in_required
def account(request: HttpRequest) -> HttpResponse:
    """Name and language, and the way to everything else about one's account."""
    user = queries.account_of(viewer=request.viewer)
    form = forms.ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.change_profile(by=request.viewer, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form, "user": user})


@sign_in_required
def notices(request: HttpRequest) -> HttpResponse:
    form = forms.NoticesForm(
        request.POST or None, kinds=queries.optional_notices(), wanted=queries.notice_wishes(viewer=request.viewer)
    )
    if request.method == "POST" and form.is_valid():
        services.choose_notices(by=request.viewer, wanted=form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("accounts:notices")
    return render(request, "accounts/notices.html", {"form": form})


@sign_in_required
def devices(request: HttpRequest) -> HttpResponse:
    found = queries.sign_ins(viewer=request.viewer, current_key=request.session.session_key)
    return render(request, "accounts/devices.html", {"sign_ins": found})


@require_POST
@sign_in_required
def device_end(request: HttpRequest, session_id: int) -> HttpResponse:
    services.end_sign_in(by=request.viewer, session_id=session_id)
    if not request.session.exists(request.session.session_key or ""):
        logout(request)
        return redirect("account_login")
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:devices")
