from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem

FEATURE = Feature(
    name="site",
    title=_("Site"),
    urls="lecen.domains.site.urls",
    panels={"operations": "lecen.domains.site.views.operations_panel"},
    menu=(
        MenuItem(_("Search"), "site:search"),
        MenuItem(_("Help"), "site:page help"),
        MenuItem(_("Desk"), "site:desk", shown_to="lecen.domains.site.rules.can_use_desk", place="desk"),
        MenuItem(_("Help"), "site:page help", place="footer"),
        MenuItem(_("About"), "site:page about", place="footer"),
        MenuItem(_("Privacy"), "site:page privacy", place="footer"),
        MenuItem(_("Terms"), "site:page terms", place="footer"),
        MenuItem(_("Accessibility"), "site:page accessibility", place="footer"),
    ),
)
