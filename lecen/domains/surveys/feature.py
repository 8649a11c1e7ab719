from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature

FEATURE = Feature(
    name="surveys",
    title=_("Surveys"),
    urls="lecen.domains.surveys.urls",
    api="lecen.domains.surveys.api",
    commands="lecen.domains.surveys.commands",
    due=("lecen.domains.surveys.services.close_ended_collectors",),
    demo="lecen.domains.surveys.demo.load",
)
