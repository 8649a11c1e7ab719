from django.utils.translation import gettext_lazy as _

from lecen.kernel.features import Feature, MenuItem, SearchSource

FEATURE = Feature(
    name="agencies",
    title=_("Agencies"),
    urls="lecen.domains.agencies.urls",
    prefix="agencies/",
    api="lecen.domains.agencies.api",
    commands="lecen.domains.agencies.commands",
    menu=(MenuItem(_("Agencies"), "agencies:agency-list"),),
    panels={"desk": "lecen.domains.agencies.views.panels.desk"},
    search=(
        SearchSource("agencies", _("Agency"), "lecen.domains.agencies.rules.visible_agencies"),
        SearchSource("neighborhoods", _("Neighborhood"), "lecen.domains.agencies.rules.visible_neighborhoods"),
    ),
    grants="lecen.domains.agencies.queries.positions.grants_of",
    demo="lecen.domains.agencies.demo.load",
)
