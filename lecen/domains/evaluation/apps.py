from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "lecen.domains.evaluation"
    label = "evaluation"
