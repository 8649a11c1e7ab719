from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "lecen.kernel"
    label = "kernel"
