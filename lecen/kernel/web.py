"""What every view needs: find what may be seen, page through it, carry refusals to the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import wraps
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse

from lecen.kernel.errors import Refused

M = TypeVar("M", bound=Model)
PAGE_SIZE = 25


def get_visible(queryset: QuerySet[M], **lookup: Any) -> M:
    """The one object that fits; whatever else is the same 404, malformed keys too."""
    if any(isinstance(value, str) and "\x00" in value for value in lookup.values()):
        raise Http404  # PostgreSQL would not even look
    try:
        return queryset.get(**lookup)
    except (ObjectDoesNotExist, ValidationError, ValueError) as error:
        raise Http404 from error


def sign_in_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages whose existence is public, such as the desk: others answer 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_person:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Show what a service refuses at the field of `form` that it concerns; check `form.is_valid()` afterwards."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    except ValidationError as error:
        messages = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for field, texts in messages.items():
            for text in texts:
                form.add_error(field if field in form.fields else None, text)


@dataclass(frozen=True)
class Page(Generic[M]):
    """A page of a list; the cursors go into `?after=` and `?before=`."""

    items: list[M]
    next_cursor: str = ""
    previous_cursor: str = ""

    def __iter__(self) -> Iterator[M]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def paginate(request: HttpRequest, queryset: QuerySet[M], *, size: int = PAGE_SIZE) -> Page[M]:
    """Keyset paging: constant cost on any page. The order must be explicit and end in a unique, non-null field."""
    return keyset_page(queryset, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=size)


def keyset_page(queryset: QuerySet[M], *, after: str = "", before: str = "", size: int = PAGE_SIZE) -> Page[M]:
    order = [str(name) for name in queryset.query.order_by]
    if not order:
        raise TypeError("A list that is paged needs an explicit order")
    backward = bool(before) and not after
    salt = f"cursor.{queryset.model._meta.label_lower}.{','.join(order)}"
    position = _read_cursor(order, after or before, salt)
    rows = queryset
    if position:
        rows = rows.filter(_beyond(order, position, backward=backward))
    if backward:
        rows = rows.reverse()
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next, has_previous = (True, more) if backward else (more, bool(position))
    return Page(
        items=found,
        next_cursor=_cursor(order, found[-1], salt) if found and has_next else "",
        previous_cursor=_cursor(order, found[0], salt) if found and has_previous else "",
    )


def _beyond(order: list[str], position: list[Any], *, backward: bool) -> Q:
    """(a, b) > (x, y) written as a > x or (a = x and b > y), with each field's own direction."""
    beyond = Q()
    for index, name in enumerate(order):
        descending = name.startswith("-") != backward
        step = {f"{field.lstrip('-')}": value for field, value in zip(order[:index], position, strict=False)}
        step[f"{name.lstrip('-')}__{'lt' if descending else 'gt'}"] = position[index]
        beyond |= Q(**step)
    return beyond


def _cursor(order: list[str], row: Model, salt: str) -> str:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value.isoformat() if isinstance(value, datetime | date | time) else value)
    return signing.dumps([str(value) if isinstance(value, UUID) else value for value in values], salt=salt)


def _read_cursor(order: list[str], cursor: str, salt: str) -> list[Any]:
    """The position that a cursor names; a broken one, or one of another list, is the first page, not an error."""
    if not cursor:
        return []
    try:
        values = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        return []
    return values if isinstance(values, list) and len(values) == len(order) else []
