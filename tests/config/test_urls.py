"""The access matrix: which status each kind of viewer gets at each address. `access.txt` is the table to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
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

    @property
    def address(self) -> str:
        """The name without what comes after @, which tells apart subjects at one address."""
        return self.name.partition("@")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [Row(method, name, tuple(int(status) for status in statuses)) for method, name, *statuses in lines]


def addresses(patterns: list, namespace: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every address of ours with the parameters in it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and not f"{namespace}{pattern.name}".startswith(OTHERS):
            yield f"{namespace}{pattern.name}", set(pattern.pattern.converters)


def test_every_address_stands_in_the_table():
    assert {row.address for row in rows()} == {name for name, _parameters in addresses(get_resolver().url_patterns)}


@pytest.fixture
def subjects(agency, other_agency) -> Subjects:
    return make_subjects(agency)


@pytest.mark.parametrize("actor", ACTORS)
def test_each_address_answers_as_the_table_says(actor, subjects, request, signed_in):
    client = signed_in(request.getfixturevalue(FIXTURES.get(actor, actor)))
    parameters = dict(addresses(get_resolver().url_patterns))
    got = {}
    for row in rows():
        address = reverse(row.address, kwargs=subjects.arguments(row.name, parameters[row.address]))
        with transaction.atomic():  # what one request changes is not there for the next
            got[str(row)] = getattr(client, row.method.lower())(address).status_code
            transaction.set_rollback(True)

    assert got == {str(row): row.statuses[ACTORS.index(actor)] for row in rows()}
