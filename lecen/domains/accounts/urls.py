from django.urls import include, path

from lecen.domains.accounts import views

pages = [
    path("", views.account, name="account"),
    path("notices/", views.notices, name="notices"),
    path("devices/", views.devices, name="devices"),
    path("devices/<int:session_id>/end/", views.device_end, name="device-end"),
]

urlpatterns = [
    path("", include((pages, "accounts"))),
    path("", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
]
