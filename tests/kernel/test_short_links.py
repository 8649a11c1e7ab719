import pytest
from django.http import Http404

from lecen.kernel.short_links import follow, short_path


@pytest.mark.django_db
def test_short_path_is_short_and_the_same_for_the_same_page():
    path = short_path("/es/events/coffee")

    assert (len(path), short_path("/es/events/coffee")) == (len("/e/4F7QK92/"), path)
    assert short_path("/events/coffee") != path


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example", "events", ""])
def test_short_path_leads_to_this_site_only(path):
    with pytest.raises(ValueError, match="a path of this site"):
        short_path(path)


@pytest.mark.django_db
def test_follow_forgives_how_a_code_is_typed(rf):
    code = short_path("/events/coffee").split("/")[2]

    assert follow(rf.get("/"), code=f"{code[:3]}-{code[3:]}".lower()).url == "/events/coffee"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0000000", "", "¿?"])
def test_follow_knows_nothing_else(rf, code):
    with pytest.raises(Http404):
        follow(rf.get("/"), code=code)


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "path"), [("es-MX,es;q=0.9", "/es/"), ("en-US", "/"), ("ko", "/"), ("", "/")])
def test_follow_leads_to_the_page_in_the_language_of_the_phone(client, asked, path):
    answer = client.get(short_path("/"), headers={"Accept-Language": asked})

    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, path, "private, no-store")
