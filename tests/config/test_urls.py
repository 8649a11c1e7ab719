"""The access matrix: which status each kind of viewer gets at each address. `access.txt` is the table to read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.config.subjects import Subjects, make_subjects

TABLE = Path(__file__).with_name("access.txt")
ACTORS = ("nobody", "member", "organizer", "stranger", "lead", "head", "operator")
FIXTURES = {"nobody": "resident", "stranger": "stranger_organizer"}
# Pages of the sign-in library and of the framework's administration have their own rules and tests.
OTHERS = ("account_", "mfa_", "admin:", "usersessions_")


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [Row(method, name, tuple(int(status) for status in statuses)) for method, name, *statuses in lines]


def names(patterns: list, namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def ours(name: str) -> bool:
    return not name.startswith(OTHERS)


def test_every_address_stands_in_the_table():
    assert {row.name for row in rows()} == {name for name in names(get_resolver().url_patterns) if ours(name)}


@pytest.fixture
def subjects(agency, other_agency) -> Subjects:
    return make_subjects(agency)


@pytest.fixture
def client_of(request, signed_in) -> Callable[[str], Client]:
    return lambda actor: signed_in(request.getfixturevalue(FIXTURES.get(actor, actor)))


@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_viewer_gets_the_status_of_the_table(row, subjects, client_of):
    address = reverse(row.name, kwargs=subjects.arguments(row.name))

    got = {actor: getattr(client_of(actor), row.method.lower())(address).status_code for actor in ACTORS}

    assert got == dict(zip(ACTORS, row.statuses, strict=True))
