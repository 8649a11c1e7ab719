from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lecen.domains.site"
    label = "site"
