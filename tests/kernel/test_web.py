import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lecen.domains.agencies.models import Agency
from lecen.kernel import web
from tests.factories import AgencyFactory


@pytest.mark.parametrize("key", ["", "nonsense", "\x00", "6f1f6d3a-58c2-4f7e-9d4e-0b1f2a3c4d5e", "1" * 500])
def test_get_visible_answers_404_to_any_wrong_key(db, key):
    with pytest.raises(Http404):
        web.get_visible(Agency.objects.all(), pk=key)


class TestPaging(TestCase):
    @given(
        names=st.lists(st.sampled_from("abc"), max_size=9),
        size=st.integers(1, 4),
        order=st.sampled_from([("name", "slug"), ("-name", "slug"), ("name", "-slug")]),
    )
    def test_pages_forward_and_back_show_every_row_once(self, names, size, order):
        for number, name in enumerate(names):
            AgencyFactory(name=name, slug=f"agency-{number}")
        rows = Agency.objects.order_by(*order)

        pages = [web.keyset_page(rows, size=size)]
        while pages[-1].next_cursor:
            pages.append(web.keyset_page(rows, after=pages[-1].next_cursor, size=size))
        assert [row for page in pages for row in page] == list(rows)

        back = [pages[-1]]
        while back[0].previous_cursor:
            back.insert(0, web.keyset_page(rows, before=back[0].previous_cursor, size=size))
        assert [row for page in back for row in page] == list(rows)


@pytest.mark.parametrize("cursor", ["nonsense", "WyJhIl0:1:x", "\x00"])
def test_broken_cursor_is_the_first_page(agency, cursor):
    assert list(web.keyset_page(Agency.objects.order_by("pk"), after=cursor)) == [agency]


def test_cursor_of_another_list_is_the_first_page(agency):
    AgencyFactory()
    cursor = web.keyset_page(Agency.objects.order_by("name", "pk"), size=1).next_cursor

    assert list(web.keyset_page(Agency.objects.order_by("sworn_officers", "pk"), after=cursor, size=5)) == list(
        Agency.objects.order_by("sworn_officers", "pk")
    )


@pytest.mark.parametrize("field", ["slug", "name"])
def test_get_visible_answers_404_to_a_null_sign(db, field):
    with pytest.raises(Http404):
        web.get_visible(Agency.objects.all(), **{field: "a\x00b"})


def test_list_without_an_order_is_a_fault(db):
    with pytest.raises(TypeError, match="explicit order"):
        web.keyset_page(Agency.objects.order_by())
