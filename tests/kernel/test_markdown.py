import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.markdown import render_markdown


def test_render_markdown_knows_emphasis_lists_and_links():
    html = render_markdown('**Bring** a *friend*:\n\n- food\n- [map](https://example.org "Park")')

    assert isinstance(html, SafeString)
    assert html == (
        "<p><strong>Bring</strong> a <em>friend</em>:</p>\n<ul>\n<li>food</li>\n"
        '<li><a href="https://example.org" title="Park" rel="nofollow noopener">map</a></li>\n</ul>\n'
    )


@pytest.mark.parametrize(("below", "html"), [(1, "<h2>One</h2>\n<h3>Two</h3>\n"), (2, "<h3>One</h3>\n<h4>Two</h4>\n")])
def test_render_markdown_puts_headings_below_the_page_heading(below, html):
    assert render_markdown("# One\n\n## Two", below=below) == html


def test_render_markdown_never_goes_below_the_sixth_heading():
    assert render_markdown("###### Six") == "<h6>Six</h6>\n"


def test_render_markdown_shows_a_table_that_scrolls_in_its_own_box():
    html = render_markdown("| Day | Hour |\n|:--|--:|\n| Monday | 9 |")

    assert html.startswith('<div class="usa-table-container--scrollable" tabindex="0"><table class="usa-table">')
    assert html.rstrip().endswith("</table></div>")
    assert "style" not in html


def test_render_markdown_shows_raw_html_as_text():
    assert render_markdown("<b>Hi</b>") == "<p>&lt;b&gt;Hi&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>",
        '[x](https://a.example/"onmouseover="alert(1))',
        "![x](https://tracker.example/pixel.png)",
    ],
)
def test_render_markdown_leaves_nothing_that_runs_or_calls_elsewhere(text):
    html = render_markdown(text)

    assert [part for part in ("<script", "<img", 'href="javascript', 'href="data', '" on') if part in html] == []


@given(st.text(alphabet="<>\"'/=`[]()!#*|-: \nabsonclickjvript&;", max_size=200))
def test_render_markdown_opens_only_known_tags(text):
    html = render_markdown(text)

    assert "<script" not in html
    assert "onclick=" not in [word.lower() for word in html.split() if word.startswith("<")]
