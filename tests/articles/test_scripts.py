"""Stories that only a script holds, whatever the key and the way of handing them over."""

import base64
import json
from urllib.parse import quote

import pytest

from monitor.articles import Profiles, complete, extract, from_entry
from monitor.model import Entry, Feed

HEADLINE = "Envoys of both sides meet at the northern quay"
TEXT = (
    "Envoys of both sides met at the northern quay on Monday for the first time in two years.",
    "They agreed to keep the line open through the winter and to meet again in spring.",
    "A statement that was read to reporters named no date for the next round of talks.",
)
HTML = "".join(f"<p>{line}</p>" for line in TEXT)
OTHERS = [
    {"headline": "Harvest is late this year", "link": "/2", "abstract": "Rain kept farmers in. "}
] * 3


def page(inside: str, head: str = "") -> str:
    return (
        f"<html><head><title>{HEADLINE} - The Quay</title>{head}</head><body>"
        f"<h1>{HEADLINE}</h1><div id=root></div>{inside}"
        "<div class=foot><a href=/imprint>Imprint</a></div></body></html>"
    )


def story(key: str, text: object) -> str:
    return json.dumps({"page": {"tit": HEADLINE, key: text}, "more": OTHERS})


@pytest.mark.parametrize(
    "script",
    [
        "window.__X = {};",
        "(window.queue = window.queue || []).push({});",
        "render('article', {}, true);",
        "App.boot({{ready: 1}}, {});",
        "define('story', [], {});",
    ],
)
@pytest.mark.parametrize("key", ["artCn", "cuerpo", "txt2", "c"])
def test_any_call_or_assignment_hands_over_a_story(script: str, key: str) -> None:
    """Neither the key of the text nor the way its object is handed over is known beforehand."""
    text = script.replace("{{", "{").replace("}}", "}").replace("{}", story(key, HTML))
    assert extract(page(f"<script>{text}</script>"), profiles=Profiles({})).body == TEXT


@pytest.mark.parametrize(
    "text",
    [
        HTML,
        "\n\n".join(TEXT),
        list(TEXT),
        [{"kind": "para", "copy": line} for line in TEXT],
        [{"n": {"runs": [{"t": line}]}} for line in TEXT],
    ],
)
def test_the_text_may_have_any_shape(text: object) -> None:
    """Markup, lines, a list of strings, of blocks or of nested blocks are the same story."""
    script = f"<script type='application/json'>{story('stuff', text)}</script>"
    assert extract(page(script), profiles=Profiles({})).body == TEXT


@pytest.mark.parametrize(
    "script",
    [
        f"var s = JSON.parse({json.dumps(story('b', HTML))});",
        "var s = JSON.parse('{}');".replace("{}", story("b", HTML).replace("\\", "\\\\")),
        f"var s = JSON.parse(decodeURIComponent('{quote(story('b', HTML))}'));",
        f"var s = JSON.parse(atob('{base64.b64encode(story('b', HTML).encode()).decode()}'));",
        f"var s = {{page: {{tit: {json.dumps(HEADLINE)}, f() {{}}, b: {json.dumps(HTML)}}}}};",
    ],
)
def test_encoded_stories_are_decoded(script: str) -> None:
    """Strings that a script would parse, decode or hold in an object with bare keys are read."""
    assert extract(page(f"<script>{script}</script>"), profiles=Profiles({})).body == TEXT


def test_a_story_in_an_attribute_is_read() -> None:
    """Some frameworks hand the state over in an attribute of the root element."""
    state = story("b", HTML).replace("&", "&amp;").replace("'", "&#39;")
    assert extract(page(f"<div data-page='{state}'></div>"), profiles=Profiles({})).body == TEXT


def test_another_story_of_the_script_is_not_taken() -> None:
    """A longer story without the page's headline does not stand in for the page's own."""
    other = {"tit": "Harvest is late this year", "b": "<p>Rain kept the farmers in. </p>" * 40}
    script = json.dumps({"own": {"tit": HEADLINE, "b": HTML}, "next": other})
    found = extract(page(f"<script>f({script})</script>"), profiles=Profiles({}))
    assert found.body == TEXT


def test_a_page_without_text_still_says_what_it_knows() -> None:
    """Headline, time, standfirst and a note come back; the feed's longer text goes in later."""
    meta = (
        '<meta property="og:type" content="article">'
        '<meta property="og:description" content="Both sides will keep the line open.">'
        '<meta property="article:published_time" content="2024-09-30T09:58:00+09:00">'
    )
    found = extract(page("", meta), "https://quay.example/1", profiles=Profiles({}))
    assert (found.title, found.access) == (HEADLINE, "stub")
    assert found.published is not None
    assert found.body == ("Both sides will keep the line open.",)
    assert any(note.startswith("body:") for note in found.notes)
    feed = Feed(name="quay", url="https://quay.example/rss")
    whole = complete(found, from_entry(Entry(guid="1", url="", title=HEADLINE, content=TEXT), feed))
    assert whole.body == TEXT
