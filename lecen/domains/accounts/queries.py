"""Reads of the accounts area."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from lecen.domains.accounts import logic
from lecen.domains.accounts.models import User
from lecen.kernel.features import NoticeKind, notice_kinds
from lecen.kernel.models import NoticePreference
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class SignIn:
    """One device on which a person is signed in."""

    pk: int
    browser: str
    since: datetime
    is_current: bool


def account_of(*, viewer: Viewer) -> User:
    return User.objects.get(pk=viewer.person_id)


def sign_ins(*, viewer: Viewer, current_key: str | None) -> list[SignIn]:
    """The person's live sessions, this one first; ended ones are purged on the way."""
    user = account_of(viewer=viewer)
    found = [
        SignIn(
            pk=session.pk,
            browser=logic.browser_name(session.user_agent),
            since=session.created_at,
            is_current=session.session_key == current_key,
        )
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda sign_in: (not sign_in.is_current, -sign_in.since.timestamp()))


def optional_notices() -> list[NoticeKind]:
    return [kind for kind in notice_kinds().values() if kind.optional]


def notice_wishes(*, viewer: Viewer) -> dict[str, bool]:
    return dict(NoticePreference.objects.filter(user_id=viewer.person_id).values_list("kind", "wanted"))
