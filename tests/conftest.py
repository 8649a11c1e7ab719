"""What every test may use. What only one folder needs stands in that folder's own conftest."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation

from lecen.domains.accounts.middleware import KNOWN
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.queries.positions import grants_of
from lecen.kernel.viewer import ANONYMOUS, Viewer, ViewerKind
from tests.factories import NOON, AgencyFactory, PositionFactory


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("data") and not os.environ.get("LECEN_DATA"):
        pytest.skip(
            "Set LECEN_DATA to the folder of the real data (with evaluation/, geography/ and polis/ in it) to run this"
        )


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the real data, for tests marked `data`."""
    return Path(os.environ["LECEN_DATA"])


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English: a request in Spanish leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium that `bin/browser` found; as root it runs only without its sandbox."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail('No browser. Mend it with: export CHROMIUM="$(bin/browser)"  (or put chromium on PATH)')
    return {"executable_path": path, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


# --- Who looks: each a viewer with the positions of a real person in the database ------------------------------------
def viewer_with(role: Role, agency: Agency | None) -> Viewer:
    """A person who holds `role` at `agency`, or in the network, as the middleware would make them out."""
    position = PositionFactory(role=role, agency=agency)
    grants = frozenset(grants_of(user_id=position.user_id, at=NOON))
    return Viewer(ViewerKind.PERSON, user_id=position.user_id, grants=grants, name=position.user.name)


@pytest.fixture
def agency(db) -> Agency:
    return AgencyFactory(slug="riverbend", name="Riverbend Police Department")


@pytest.fixture
def other_agency(db) -> Agency:
    return AgencyFactory(slug="lakeview", name="Lakeview Police Department", city="Lakeview")


@pytest.fixture
def resident() -> Viewer:
    return ANONYMOUS


@pytest.fixture
def member(agency) -> Viewer:
    return viewer_with(Role.MEMBER, agency)


@pytest.fixture
def organizer(agency) -> Viewer:
    return viewer_with(Role.ORGANIZER, agency)


@pytest.fixture
def lead(agency) -> Viewer:
    return viewer_with(Role.LEAD, agency)


@pytest.fixture
def head(agency) -> Viewer:
    return viewer_with(Role.HEAD, agency)


@pytest.fixture
def operator(db) -> Viewer:
    return viewer_with(Role.OPERATOR, None)


@pytest.fixture
def stranger_organizer(other_agency) -> Viewer:
    """Organizes at the other agency and holds nothing here."""
    return viewer_with(Role.ORGANIZER, other_agency)


@pytest.fixture
def stranger_lead(other_agency) -> Viewer:
    return viewer_with(Role.LEAD, other_agency)


@pytest.fixture
def signed_in(db) -> Callable[[Viewer], Client]:
    """A browser in which the person of a viewer is signed in; nobody for a resident: `signed_in(lead).get(...)`."""

    def sign_in(viewer: Viewer) -> Client:
        client = Client()
        if viewer.user_id:
            user = get_user_model().objects.get(pk=viewer.user_id)
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session
            session[KNOWN] = True  # their second factor is set up; its own tests take this away
            session.save()
        return client

    return sign_in
