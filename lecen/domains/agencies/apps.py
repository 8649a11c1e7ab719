from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "lecen.domains.agencies"
    label = "agencies"
