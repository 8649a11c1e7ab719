from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.features import SearchSource
from lecen.kernel.models import AnonymousAct, Delivery, SearchEntry
from lecen.kernel.search import Found, Hit, find, fold, index, remove, storable, words_of
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import ANONYMOUS, SYSTEM

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)


def visible_acts(viewer):
    """Two kinds stand in for an area's nouns here: acts, of which only the platform sees the hidden ones..."""
    return AnonymousAct.objects.all() if viewer.is_system else AnonymousAct.objects.exclude(act="hidden")


def visible_deliveries(_viewer):
    """...and deliveries, which everybody sees."""
    return Delivery.objects.order_by("due_at")


ACTS = SearchSource("acts", "Acts", f"{__name__}.visible_acts")
DELIVERIES = SearchSource("deliveries", "Deliveries", f"{__name__}.visible_deliveries")


def act(title, *body, kind="public") -> AnonymousAct:
    made = AnonymousAct.objects.create(act=kind)
    index(made, title=title, body=body)
    return made


def found(query, *, viewer=ANONYMOUS, sources=(ACTS, DELIVERIES), limit=20) -> list:
    return [hit.object for hit in find(query, sources=sources, viewer=viewer, limit=limit).hits]


def test_fold_drops_case_and_accents():
    assert fold("Reunión de la Junta, Ñandú – STRASSE/straße") == "reunion de la junta, nandu – strasse/strasse"


@given(st.text())
def test_words_of_are_plain_and_stay_the_same_when_folded_again(text):
    words = words_of(text)

    assert [word for word in words if not word.isalnum()] == []
    assert words_of(" ".join(words)) == words


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["neighborhoods", "Neighborhood", "NEIGHBORHOOD watch", "watching neighborhoods"])
def test_find_knows_the_forms_of_a_word(query):
    watch = act("Neighborhood watch")

    assert found(query) == [watch]


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "query"), [("Reunión vecinal", "reunion"), ("Reunion", "REUNIÓN")])
def test_find_ignores_accents_on_either_side(title, query):
    meeting = act(title)

    assert found(query) == [meeting]


@pytest.mark.django_db
def test_find_looks_into_every_language_and_the_body():
    coffee = act(TranslatedText.of(en="Coffee", es="Café"), TranslatedText.of(en="Free parking", es="Estacionamiento"))

    assert [found(query) for query in ("cafe", "parking", "estacionamiento")] == [[coffee]] * 3


@pytest.mark.django_db
def test_find_wants_all_words_and_puts_the_title_first():
    act("Coffee", "in the library")
    body = act("Story hour", "coffee with an officer, and much else that is said about the afternoon")
    title = act("Coffee with an officer")

    assert found("coffee officer") == [title, body]


@pytest.mark.django_db
def test_find_neither_shows_nor_counts_what_the_viewer_may_not_see():
    public = act("Coffee")
    hidden = act("Coffee", kind="hidden")  # would leak if the rule failed

    assert find("coffee", sources=[ACTS], viewer=ANONYMOUS) == Found(1, (Hit(ACTS, public),))
    assert find("coffee", sources=[ACTS], viewer=SYSTEM).total == 2
    assert set(found("coffee", viewer=SYSTEM)) == {public, hidden}


@pytest.mark.django_db
def test_find_mixes_sources_and_names_each_hit():
    coffee = act("Coffee")
    delivery = Delivery.objects.create(change="x", payload={}, reaction="y", due_at=NOON)
    index(delivery, title="Coffee delivered")

    hits = find("coffee", sources=[ACTS, DELIVERIES], viewer=ANONYMOUS).hits

    assert set(hits) == {Hit(ACTS, coffee), Hit(DELIVERIES, delivery)}
    assert found("coffee", sources=[DELIVERIES]) == [delivery]


@pytest.mark.django_db
def test_find_shows_at_most_the_limit_and_counts_all():
    for _number in range(3):
        act("Coffee")

    result = find("coffee", sources=[ACTS], viewer=ANONYMOUS, limit=2)

    assert (result.total, len(result.hits)) == (3, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "   ", "!!!", '"', "NOT", "a OR b", "coffee* AND (", "%s", "x:y", "NEAR(a b)", "\\'"]
)
def test_find_takes_any_query(query):
    act("Tea")

    assert found(query) == []


@pytest.mark.django_db
def test_index_again_replaces_the_words():
    coffee = act("Coffee")
    index(coffee, title="Tea")

    assert (found("coffee"), found("tea")) == ([], [coffee])


@pytest.mark.django_db
def test_remove_leaves_nothing_behind():
    coffee = act("Coffee")
    remove(coffee)
    remove(coffee)

    assert (found("coffee"), list(SearchEntry.objects.all())) == ([], [])


@pytest.mark.django_db
def test_index_is_undone_with_its_transaction():
    coffee = act("Coffee")
    with transaction.atomic():
        index(coffee, title="Tea")
        transaction.set_rollback(True)

    assert (found("coffee"), found("tea")) == ([coffee], [])


@pytest.mark.django_db
def test_find_asks_as_often_for_many_hits_as_for_one(django_assert_num_queries):
    for _number in range(10):
        act("Coffee")
    found("coffee")  # fills the cache of content types

    with django_assert_num_queries(3):
        found("coffee", sources=[ACTS])


@pytest.mark.django_db
def test_sqlite_full_text_table_stems_and_folds():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'modelsearch_indexentry_fts'")
        (definition,) = cursor.fetchone()

    assert "porter unicode61 remove_diacritics 2" in definition


def test_what_postgresql_cannot_compare_is_left_out():
    assert storable("Old\x00 Town\ud800 😀") == "Old Town 😀"
