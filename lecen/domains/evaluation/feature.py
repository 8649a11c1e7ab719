"""What evaluation offers the platform."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature

FEATURE = Feature(
    name="evaluation",
    title=_("Evaluation"),
    urls="lecen.domains.evaluation.urls",
    prefix="events/",
    api="lecen.domains.evaluation.api",
    demo="lecen.domains.evaluation.demo.load",
    panels={
        "report": "lecen.domains.evaluation.views.report_panel",
        "reports": "lecen.domains.evaluation.views.reports_panel",
    },
)
