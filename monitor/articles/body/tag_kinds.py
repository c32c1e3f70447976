"""What an element's tag says about the text in it."""

from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.class_hints import TAG_MARKS

BLOCK, SKIPPED, LINKED, BOLD, PICTURE, BREAK, PLAIN, NOTED = 1, 2, 4, 8, 16, 32, 64, 128
INHERITED = LINKED | BOLD
PASSED = BREAK | SKIPPED
_TAGS = {
    **dict.fromkeys(
        (
            *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
            *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
            *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"),
            *("html", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table"),
            *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        ),
        BLOCK,
    ),
    **dict.fromkeys(
        (
            *("script", "style", "noscript", "template", "svg", "math", "canvas", "head", "title"),
            *("select", "option", "datalist", "textarea", "button", "input", "progress", "meter"),
            *("amp-ad", "amp-consent", "amp-embed", "amp-sidebar", "amp-sticky-ad"),
            *("object", "embed", "map", "portal", "rt", "rp", "nav", "link", "meta"),
        ),
        SKIPPED,
    ),
    **dict.fromkeys(("iframe", "video", "audio", "img", "picture"), SKIPPED | PICTURE),
    **dict.fromkeys(("amp-img", "amp-video", "amp-iframe"), SKIPPED | PICTURE),
    # Inline elements whose names are not worth reading.
    **dict.fromkeys(("sub", "sup", "abbr", "code", "wbr", "q", "mark", "u", "ruby", "rb"), PLAIN),
    "a": LINKED | PLAIN,
    "b": BOLD | PLAIN,
    "strong": BOLD,
    "br": BREAK,
}
for _tag in ("h1", "h2", "h3", "p", "time", "figcaption", "title", "meta", "link", "script"):
    _TAGS[_tag] = _TAGS.get(_tag, 0) | NOTED  # landmarks
# A caption set as part of the line is a block of its own all the same.
INLINE = frozenset({"span", "em", "i", "small", "font", "cite", "strong"})


def described(tag: str) -> tuple[str, int, int]:
    """Return a tag with what it says of its text and the marks that it gives."""
    return tag, _TAGS.get(tag, 0), TAG_MARKS.get(tag, 0)


def _numbered() -> dict[int, tuple[str, int, int]]:
    maker = LexborHTMLParser("")
    tags = {*_TAGS, *TAG_MARKS, *INLINE}
    numbers = {maker.create_node(tag).tag_id: tag for tag in tags}
    found = {number: described(tag) for number, tag in numbers.items() if number < _NAMELESS}
    return {**found, _COMMENT: ("-comment", SKIPPED, 0)}


# The parser numbers the tags of HTML, and asking for a number costs a third of asking for a name.
TEXT, _COMMENT = 2, 4
_NAMELESS = 1024  # tags the parser does not know have numbers above, others on each page
ELEMENTS = _numbered()
