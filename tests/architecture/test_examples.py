"""The worked examples of the documentation run and print what the pages say."""

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
METHODS = [page for page in sorted((DOCS / "explanation" / "methods").glob("*.md")) if page.name != "README.md"]
HOW_TO = [page for page in sorted((DOCS / "how-to").glob("*.md")) if ">>> " in page.read_text()]


@pytest.mark.parametrize("page", [*METHODS, *HOW_TO], ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page):
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (result.failed, result.attempted > 0) == (0, True)


def test_every_page_stands_in_the_index():
    index = (DOCS / "explanation" / "methods" / "README.md").read_text()

    assert [page.name for page in METHODS if f"]({page.name})" not in index] == []
