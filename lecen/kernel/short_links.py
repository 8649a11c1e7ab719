"""Short addresses for QR codes and flyers: `/e/4F7QK92` leads to one path of this site and nowhere else."""

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from lecen.kernel.codes import new_code, normalize_code
from lecen.kernel.models import ShortLink

BITS = 35  # what it leads to is public: it must be short, not secret


def short_path(path: str) -> str:
    """The short path that leads to `path`; asked for twice it is the same one."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"A short link leads to a path of this site, not to {path!r}")
    link = ShortLink.objects.filter(path=path).first()
    while link is None:
        try:
            with transaction.atomic():
                link = ShortLink.objects.create(code=normalize_code(new_code(bits=BITS)), path=path)
        except IntegrityError:  # the same path by somebody else just now, or a code already taken
            link = ShortLink.objects.filter(path=path).first()
    return f"/e/{link.code}/"


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on, in the language of the phone that scanned the code; typed codes may have any case and look-alikes."""
    link = ShortLink.objects.filter(code=normalize_code(code)).first()
    if link is None:
        raise Http404
    return HttpResponseRedirect(translate_url(link.path, get_language_from_request(request)))
