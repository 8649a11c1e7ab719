"""The operator's way: a second agency from files, its boundaries seen before residents do, and who serves a place."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lecen.config.command import main
from lecen.domains.agencies.models import Neighborhood
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event
from tests.data import make_neighborhoods_with_defects as defects
from tests.journeys.conftest import CHAPLAIN, OPERATOR, PHONE, Person

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Boundaries:
    """A file, what its preview says of it, and a place with who serves it."""

    file: Path
    agency: str
    published: int
    report: tuple[str, ...]
    latitude: float
    longitude: float
    serves: str


GENERATED = Boundaries(
    defects.FILE,
    "marlow-county",
    published=8,
    report=("8 areas were refused", "It is a LineString, not an area.", "Beat 107 and Beat 108 overlap by 0.1860 km²."),
    latitude=41.2051,
    longitude=-89.4953,
    serves="Beat 101",
)


@pytest.fixture
def chicago(real_data: Path) -> Boundaries:
    return Boundaries(
        real_data / "geography" / "chicago_beats.geojson",
        "lakeport",
        published=275,
        report=(
            "2 areas were refused",
            "Area 264 (3100): It has the same code as area 2 of the file.",
            "Show 275 repairs",
        ),
        latitude=41.8827,
        longitude=-87.6233,
        serves="Beat 0114",
    )


@pytest.fixture
def agencies(network: None) -> None:
    """The second agency and its neighbors, from a table. A second run adds nothing."""
    assert main(["import", "agencies", str(SAMPLES / "agencies.csv")]) == 0


def previews_and_publishes(operator: Person, boundaries: Boundaries) -> None:
    operator.opens(f"/agencies/{boundaries.agency}/imports/new/")
    operator.page.set_input_files("input[type=file]", boundaries.file)
    operator.presses("Read and show the preview")
    operator.page.wait_for_url("**/imports/*-*/")
    operator.page.wait_for_selector("[data-neighborhood-map] path")
    assert [words for words in boundaries.report if not operator.sees(words)] == []
    assert operator.page.locator("[data-neighborhood-map] path").count() == boundaries.published
    assert Neighborhood.objects.filter(agency__slug=boundaries.agency).count() == 0  # residents see none of it yet
    operator.presses(f"Publish {boundaries.published} neighborhoods")
    operator.page.wait_for_url("**/contacts/")
    operator.opens(f"/agencies/{boundaries.agency}/edit/")
    operator.picks("Public site is open")
    operator.presses("Save")
    operator.page.wait_for_url(lambda address: not address.endswith("/edit/"))


def answer(resident: Person) -> str:
    """The neighborhood that the page names."""
    resident.page.wait_for_selector("#neighborhood-1")
    return resident.page.locator("#neighborhood-1 h2").inner_text()


def asks_who_serves(resident: Person, boundaries: Boundaries) -> None:
    """By the phone's position, the list and the map."""
    resident.opens(f"/agencies/{boundaries.agency}/find/")
    resident.presses("Use where I am now")
    assert answer(resident) == boundaries.serves
    resident.opens(f"/agencies/{boundaries.agency}/find/")
    resident.chooses("Your neighborhood", boundaries.serves)
    resident.presses("Show who serves it")
    assert answer(resident) == boundaries.serves
    resident.opens(f"/agencies/{boundaries.agency}/find/")
    resident.page.wait_for_selector("[data-neighborhood-map] path")
    resident.acts_on(resident.page.locator("[data-neighborhood-map]"))
    assert answer(resident).startswith("Beat ")


def imports_and_asks(person: Callable[..., Person], boundaries: Boundaries, caplog: pytest.LogCaptureFixture) -> None:
    previews_and_publishes(person(who=OPERATOR), boundaries)
    position = {"latitude": boundaries.latitude, "longitude": boundaries.longitude}
    resident = person(PHONE, geolocation=position, permissions=["geolocation"])
    addresses: list[str] = []
    resident.page.on("request", lambda request: addresses.append(request.url))
    caplog.set_level(logging.DEBUG)
    asks_who_serves(resident, boundaries)

    # The place itself is in no address that was asked for and in nothing that was logged.
    for degrees in (boundaries.latitude, boundaries.longitude):
        whole = str(abs(int(degrees)))
        assert [url for url in addresses if f"{whole}." in url] == []
        assert f"{whole}." not in caplog.text
    assert {url.removeprefix(resident.base) for url in addresses if "/find/" in url} == {
        f"/agencies/{boundaries.agency}/find/"
    }


def test_boundaries_with_defects_from_preview_to_answer(person, agencies, caplog):
    imports_and_asks(person, GENERATED, caplog)


@pytest.mark.data
def test_the_beats_of_a_real_city_from_preview_to_answer(person, agencies, chicago, caplog):
    assert main(["import", "neighborhoods", str(chicago.file), "--agency", chicago.agency, "--dry-run"]) == 1
    imports_and_asks(person, chicago, caplog)


def test_agencies_and_events_come_from_tables_and_only_once(person, agencies, capsys):
    events = ["import", "events", str(SAMPLES / "events.csv"), "--agency", "riverbend"]
    for _run in range(2):
        assert main(["import", "agencies", str(SAMPLES / "agencies.csv")]) == 0
        assert main(events) == 0
    assert "0 added, 0 updated, 4 unchanged" in capsys.readouterr().err
    titles = [str(event.title) for event in Event.objects.filter(agency__slug="riverbend", state=EventState.DRAFT)]
    assert titles.count("Listening session on Mill Street") == 1

    organizer = person(who=CHAPLAIN)
    organizer.opens("/events/of/riverbend/")
    assert organizer.sees("Listening session on Mill Street")
