"""Addresses below `playbooks/`."""

from django.urls import path

from lecen.domains.library import views

app_name = "library"
urlpatterns = [
    path("", views.playbook_list, name="playbook-list"),
    path("<slug:slug>/", views.playbook, name="playbook"),
]
