"""Addresses of the agencies area, below `agencies/`."""

from django.urls import path

from lecen.domains.agencies.views import agencies, find, imports, neighborhoods, partners, positions

app_name = "agencies"

urlpatterns = [
    path("", agencies.agency_list, name="agency-list"),
    path("new/", agencies.create, name="agency-create"),
    path("<slug:agency>/", agencies.agency_detail, name="agency"),
    path("<slug:agency>/seal/", agencies.seal, name="seal"),
    path("<slug:agency>/manage/", agencies.manage, name="agency-manage"),
    path("<slug:agency>/edit/", agencies.edit, name="agency-edit"),
    path("<slug:agency>/find/", find.neighborhood_find, name="neighborhood-find"),
    path("<slug:agency>/neighborhoods/", neighborhoods.neighborhood_list, name="neighborhood-list"),
    path("<slug:agency>/neighborhoods.geojson", neighborhoods.neighborhood_map, name="neighborhood-map"),
    path("<slug:agency>/neighborhoods.csv", neighborhoods.neighborhood_export, name="neighborhood-export"),
    path("<slug:agency>/neighborhoods/<slug:neighborhood>/", neighborhoods.neighborhood_detail, name="neighborhood"),
    path("<slug:agency>/contacts/", neighborhoods.contact_list, name="contact-list"),
    path(
        "<slug:agency>/neighborhoods/<slug:neighborhood>/contacts/new/",
        neighborhoods.assignment_give,
        name="assignment-give",
    ),
    path(
        "<slug:agency>/contacts/<uuid:assignment>/confirm/",
        neighborhoods.assignment_confirm,
        name="assignment-confirm",
    ),
    path("<slug:agency>/contacts/<uuid:assignment>/end/", neighborhoods.assignment_end, name="assignment-end"),
    path("<slug:agency>/imports/", imports.import_list, name="import-list"),
    path("<slug:agency>/imports/new/", imports.import_upload, name="import-upload"),
    path("<slug:agency>/imports/<uuid:key>/", imports.import_detail, name="import"),
    path("<slug:agency>/imports/<uuid:key>/map.geojson", imports.import_map, name="import-map"),
    path("<slug:agency>/imports/<uuid:key>/publish/", imports.import_publish, name="import-publish"),
    path("<slug:agency>/imports/<uuid:key>/discard/", imports.import_discard, name="import-discard"),
    path("<slug:agency>/positions/", positions.position_list, name="position-list"),
    path("<slug:agency>/positions/new/", positions.position_give, name="position-give"),
    path("<slug:agency>/positions/<uuid:key>/renew/", positions.position_renew, name="position-renew"),
    path("<slug:agency>/positions/<uuid:key>/end/", positions.position_end, name="position-end"),
    path("<slug:agency>/partners/", partners.partner_list, name="partner-list"),
    path("<slug:agency>/partners/new/", partners.partner_create, name="partner-create"),
    path("<slug:agency>/partners/<uuid:key>/", partners.partner_edit, name="partner-edit"),
]
