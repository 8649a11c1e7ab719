from django.apps import AppConfig

from lecen.kernel import checks  # noqa: F401  registered by being read


class KernelConfig(AppConfig):
    name = "lecen.kernel"
    label = "kernel"
