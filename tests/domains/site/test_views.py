import pytest
from django.urls import reverse

from lecen.domains.site.queries import PAGE_NAMES


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("name", PAGE_NAMES)
def test_written_page_exists_in_both_languages(client, prefix, name):
    assert client.get(f"{prefix}/pages/{name}/").status_code == 200


@pytest.mark.django_db
def test_unknown_page_is_a_404(client):
    assert client.get("/pages/nothing/").status_code == 404


@pytest.mark.django_db
def test_front_page_is_public_cacheable_and_sets_no_cookie(client):
    answer = client.get("/")

    assert (answer["Cache-Control"], dict(answer.cookies)) == ("public, max-age=60", {})
    assert client.get("/", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_front_page_speaks_spanish(client):
    assert "En una emergencia, llame al 911" in client.get("/es/").content.decode()


def test_desk_is_for_who_is_signed_in(signed_in, member, resident):
    assert signed_in(member).get(reverse("site:desk")).status_code == 200
    assert signed_in(resident).get(reverse("site:desk")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "riverside", "'; drop table--", "“¿?” AND OR NEAR(", "a" * 5000])
def test_search_answers_any_words(client, query):
    assert client.get(reverse("site:search"), {"q": query}).status_code == 200


@pytest.mark.django_db
def test_page_is_sent_compressed_and_known_again_by_its_mark(client):
    answer = client.get("/", headers={"accept-encoding": "gzip"})
    again = client.get("/", headers={"accept-encoding": "gzip", "if-none-match": answer["ETag"]})

    assert (answer["Content-Encoding"], again.status_code) == ("gzip", 304)
