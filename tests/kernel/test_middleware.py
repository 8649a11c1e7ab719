import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.middleware import CachePolicyMiddleware, ViewerMiddleware, problem
from lecen.kernel.viewer import ANONYMOUS


def answer_to(request, response):
    return CachePolicyMiddleware(lambda _request: response)(request)


def test_anonymous_page_may_be_kept_for_a_minute():
    answer = answer_to(RequestFactory().get("/"), HttpResponse("hello"))

    assert (answer["Cache-Control"], answer["Vary"], bool(answer["ETag"])) == ("public, max-age=60", "Cookie", True)


@pytest.mark.parametrize("status", [302, 403, 404, 500])
def test_anything_but_a_page_is_not_kept(status):
    answer = answer_to(RequestFactory().get("/"), HttpResponse(status=status))

    assert answer["Cache-Control"] == "private, no-store"


def test_page_with_a_form_is_not_kept():
    response = HttpResponse("a form")
    response.set_cookie("csrftoken", "x")

    assert answer_to(RequestFactory().get("/"), response)["Cache-Control"] == "private, no-store"


def test_page_of_somebody_signed_in_is_not_kept():
    request = RequestFactory().get("/")
    request.COOKIES["sessionid"] = "x"

    assert answer_to(request, HttpResponse("desk"))["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "status"), [(NotAllowed(), 403), (Refused("Seats are gone."), 409)])
def test_what_is_refused_becomes_a_page(error, status):
    request = RequestFactory().get("/")
    request.viewer = ANONYMOUS

    assert ViewerMiddleware(lambda _request: HttpResponse()).process_exception(request, error).status_code == status


def test_other_errors_are_not_hidden():
    assert ViewerMiddleware(lambda _r: HttpResponse()).process_exception(RequestFactory().get("/"), KeyError()) is None


def test_problem_is_a_problem_document():
    answer = problem(409, "That cannot be done", "Seats are gone.")

    assert (answer["Content-Type"], answer.status_code) == ("application/problem+json", 409)
