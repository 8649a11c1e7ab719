from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "lecen.domains.engagement"
    label = "engagement"
