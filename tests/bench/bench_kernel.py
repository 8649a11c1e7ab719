"""What every page costs, whatever it shows: the frame around it and people's text in it."""

from http import HTTPStatus

import pytest

from lecen.kernel.markdown import render_markdown

TEXT = "## What we heard\n\nThe crossing at *Fifth* is **dark** after six.\n\n- lights\n- a crossing guard\n\n" * 20


@pytest.mark.django_db
def bench_the_frame_of_a_public_page(benchmark, client):
    response = benchmark(client.get, "/es/no-such-page/")

    assert response.status_code == HTTPStatus.NOT_FOUND


def bench_a_long_text_of_a_resident(benchmark):
    assert benchmark(render_markdown, TEXT).count("<h") == 20
