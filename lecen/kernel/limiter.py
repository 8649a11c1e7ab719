"""Limits on how often something may be tried, counted in the cache. Whom a count is about cannot be read from it."""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lecen.kernel.codes import code_key
from lecen.kernel.middleware import problem

IPV6_NETWORK = 64  # what one household gets
TOO_MANY = 429
View = Callable[..., Any]  # a page, or an operation of the API


def hit(*, scope: str, key: str, limit: int, per_seconds: int, at: datetime) -> bool:
    """Count one try of `key` at `scope`; False where `limit` tries in the current `per_seconds` are used up.

    Exact also when tries cross: each takes a numbered place that only one can add, on every kind of cache.
    """
    window = int(at.timestamp()) // per_seconds
    hashed = hmac.new(code_key().encode(), f"{scope}|{key}".encode(), hashlib.sha256).hexdigest()
    base = f"limit:{hashed}:{window}"
    for place in range(cache.get(base, 0), limit):
        if cache.add(f"{base}:{place}", 1, per_seconds):
            # Where to look next: at worst behind the true count, which costs a step and loses nothing.
            cache.set(base, place + 1, per_seconds)
            return True
    return False


def seconds_left(*, per_seconds: int, at: datetime) -> int:
    """Seconds until the current window ends and tries are counted anew."""
    return per_seconds - int(at.timestamp()) % per_seconds


def network_address(request: HttpRequest) -> str:
    """Where the request came from; behind a proxy, as the proxy says."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # Only the last entry is the proxy's own word; earlier ones are whatever the sender wrote.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def sender_of(request: HttpRequest) -> str:
    """Whom to count: the signed-in person, else the network address (of an IPv6 household, its network)."""
    if request.viewer.user_id:
        return f"user:{request.viewer.user_id}"
    try:
        parsed = ipaddress.ip_address(network_address(request))
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004 - IPv4
        return str(parsed)
    return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))


def limited(
    *, scope: str, limit: int, per_seconds: int, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Let each sender use a view `limit` times in `per_seconds`; then answer 429, saying when to come back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: object, **options: object) -> Any:
            at = timezone.now()
            if request.method not in methods or hit(
                scope=scope, key=sender_of(request), limit=limit, per_seconds=per_seconds, at=at
            ):
                return view(request, *arguments, **options)
            return _too_many(request, seconds_left(per_seconds=per_seconds, at=at))

        return guarded

    return decorate


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        response: HttpResponse = problem(TOO_MANY, _("Too many tries"), _("Wait a few minutes and try again."))
    else:
        response = render(request, "429.html", status=TOO_MANY)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "private, no-store"
    return response
