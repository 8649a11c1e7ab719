"""People's text as HTML: a small, safe part of Markdown."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LOWEST_HEADING = 6
TAGS = frozenset(
    "a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split()  # noqa: SIM905
)
# A wide table scrolls inside its box, and the box can be reached by keyboard.
TABLE_OPENS = '<div class="usa-table-container--scrollable" tabindex="0"><table class="usa-table">'

# Images are left out: another site's picture would tell it who reads here.
_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _demote(tokens: list[Token], below: int) -> None:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LOWEST_HEADING, int(token.tag[1:]) + below)}"


def render_markdown(text: str, *, below: int = 2) -> SafeString:
    """`text` as safe HTML. `below` is the level of the heading it stands under: its own `#` is one level lower."""
    tokens = _parser.parse(text)
    _demote(tokens, below)
    html = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=set(TAGS),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener",
    )
    return mark_safe(html.replace("<table>", TABLE_OPENS).replace("</table>", "</table></div>"))
