"""Writes of the accounts area."""

from collections.abc import Mapping

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.accounts import rules
from lecen.domains.accounts.models import User
from lecen.kernel import audit
from lecen.kernel.errors import Refused
from lecen.kernel.features import notice_kinds
from lecen.kernel.models import NoticePreference
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


def change_profile(*, by: Viewer, name: str, language: str) -> User:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.person_id)
        require(rules.can_edit_account, by, user)
        user.name, user.language = name, language
        user.clean_fields(exclude=["password"])
        user.save(update_fields=["name", "language"])
        audit.record(by=by, act="account.changed", on=user)
    return user


def choose_notices(*, by: Viewer, wanted: Mapping[str, bool]) -> None:
    """Keep a person's wish for each optional kind of message."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.person_id)
        require(rules.can_edit_account, by, user)
        for kind, wish in wanted.items():
            if notice_kinds()[kind].optional:
                NoticePreference.objects.update_or_create(user_id=user.pk, kind=kind, defaults={"wanted": wish})
        audit.record(by=by, act="account.notices_chosen", on=user)


def end_sign_in(*, by: Viewer, session_id: int) -> None:
    """Sign the person out on one device; on a device already signed out nothing happens."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.person_id)
        require(rules.can_edit_account, by, user)
        session = UserSession.objects.filter(pk=session_id).first()
        if session is None:
            return
        if session.user_id != user.pk:
            raise Refused(_("This device is no longer signed in."))
        session.end()
        audit.record(by=by, act="account.device_signed_out", on=user)
