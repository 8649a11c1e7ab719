"""Tags for the platform's templates."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from lecen.kernel.markdown import render_markdown
from lecen.kernel.panels import PlacedPanel, placed_panels

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Context, page: str, subject: Any = None) -> list[PlacedPanel]:
    """The panels placed on `page`: `{% panels "agency" agency as placed %}`."""
    request = context["request"]
    return placed_panels(page=page, viewer=request.viewer, subject=subject, request=request)


@register.filter
def markdown(text: str) -> SafeString:
    """People's text, through the one sanitizer."""
    return render_markdown(text)
