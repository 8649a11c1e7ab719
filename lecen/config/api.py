"""The JSON API: one document, the areas' routers in reading order."""

from importlib import import_module

from ninja import NinjaAPI

from lecen.kernel.api import PlatformAPI, answer_problems, person_or_public
from lecen.kernel.features import features


def build_api() -> NinjaAPI:
    api = PlatformAPI(
        title="LECEN",
        version="1",
        description="Public figures and pages of the network as data, and what a signed-in member may do.",
        auth=person_or_public,
        urls_namespace="api",
        docs_url=None,
    )
    answer_problems(api)
    for feature in features():
        if feature.api:
            api.add_router(f"/{feature.prefix}", import_module(feature.api).router, tags=[str(feature.name)])
    return api


API = build_api()
