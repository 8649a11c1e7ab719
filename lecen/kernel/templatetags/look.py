"""Tags that the base page, the components and the forms need."""

from django import template
from django.conf import settings
from django.forms import BoundField
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def home_url() -> str:
    """The front page in the active language; it stands at the root, so no area need be named."""
    language = get_language() or settings.LANGUAGE_CODE
    return get_script_prefix() + ("" if language == settings.LANGUAGE_CODE else f"{language}/")


@register.simple_tag
def control_id(field: BoundField) -> str:
    """The id of the control where an error is mended: the first one where there are several."""
    return field.id_for_label or f"{field.auto_id}_0"
