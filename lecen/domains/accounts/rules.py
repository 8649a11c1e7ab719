"""A person's account is their own."""

from lecen.domains.accounts.models import User
from lecen.kernel.viewer import Viewer


def can_edit_account(viewer: Viewer, user: User) -> bool:
    return viewer.is_person and viewer.user_id == user.pk


def is_signed_in(viewer: Viewer) -> bool:
    return viewer.is_person


def is_signed_out(viewer: Viewer) -> bool:
    return not viewer.is_person
