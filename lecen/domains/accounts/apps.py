from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lecen.domains.accounts"
    label = "accounts"
