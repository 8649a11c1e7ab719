"""Panels: what an area shows on a page that another area, or the platform, composes."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from lecen.kernel.features import panel_functions
from lecen.kernel.viewer import Viewer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Panel:
    """A template and what it shows; `None` instead of a panel means that there is nothing to say here."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Placement:
    """One panel on one page: `area.name` and its width: whole, two_thirds, half or third."""

    panel: str
    size: str = "whole"


@dataclass(frozen=True)
class PlacedPanel:
    name: str
    size: str
    html: SafeString


def placed_panels(*, page: str, viewer: Viewer, subject: object, request: HttpRequest) -> list[PlacedPanel]:
    """The panels of `page` that have something to say. One that fails is logged and left out; the page stands."""
    placed = []
    for placement in import_string(settings.LECEN_PAGES).get(page, ()):
        try:
            panel = panel_functions()[placement.panel](viewer, subject)
            if panel is None:
                continue
            html = render_to_string(panel.template, dict(panel.context) | {"viewer": viewer}, request)
        except Exception:
            logger.exception("Panel %s failed on page %s", placement.panel, page)
            continue
        placed.append(PlacedPanel(placement.panel, placement.size, html))
    return placed
