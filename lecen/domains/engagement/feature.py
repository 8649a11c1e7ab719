"""What engagement offers the platform."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature

FEATURE = Feature(
    name="engagement",
    title=_("Engagement"),
    urls="lecen.domains.engagement.urls",
)
