"""Signed links: an invitation or a receipt that works without an account until a given moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from lecen.kernel.codes import code_key
from lecen.kernel.errors import Refused


def _signer(purpose: str) -> Signer:
    # The purpose salts the key: a link made to answer an invitation cannot be used to read a receipt.
    return Signer(key=code_key(), sep=".", salt=f"lecen.links.{purpose}")


def sign_link(*, purpose: str, payload: Mapping[str, Any], expires_at: datetime) -> str:
    """A token for an address, carrying `payload` (JSON values; readable by its holder) until `expires_at`."""
    return _signer(purpose).sign_object({"payload": dict(payload), "expires": int(expires_at.timestamp())})


def read_link(*, purpose: str, token: str, at: datetime) -> dict[str, Any]:
    """The payload of a token made for `purpose`. Refused where it is incomplete, altered or past its time."""
    try:
        content = _signer(purpose).unsign_object(token)
    except (BadSignature, ValueError):
        raise Refused(
            _("This link is not complete. Open it again from the message, or ask for a new one."), field="link"
        ) from None
    if at.timestamp() >= content["expires"]:
        raise Refused(_("This link has expired. Ask the person who sent it for a new one."), field="link")
    return content["payload"]
