"""Addresses: pages in every language, the API and the administration outside of them."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from lecen.config.api import API
from lecen.kernel.features import features
from lecen.kernel.short_links import follow

# The administration's own form would ask for a password alone, and as often as one likes.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "lecen.kernel.api.not_found"
urlpatterns = [
    path("api/v1/", API.urls),
    path("e/<str:code>/", follow, name="short-link"),
    path("administration/", admin.site.urls),
    *i18n_patterns(
        *(path(feature.prefix, include(feature.urls)) for feature in features() if feature.urls),
        prefix_default_language=False,
    ),
]
