from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "lecen.domains.surveys"
    label = "surveys"
