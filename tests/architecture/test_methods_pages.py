"""The worked examples of the methods pages run and print what the pages say."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "explanation" / "methods").glob("*.md"))
WITH_EXAMPLES = [page for page in PAGES if page.name != "README.md"]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page):
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (result.failed, result.attempted > 0) == (0, True)


def test_every_page_stands_in_the_index():
    index = (PAGES[0].parent / "README.md").read_text()

    assert [page.name for page in WITH_EXAMPLES if f"]({page.name})" not in index] == []
