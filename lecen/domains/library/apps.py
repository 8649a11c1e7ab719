from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "lecen.domains.library"
    label = "library"
