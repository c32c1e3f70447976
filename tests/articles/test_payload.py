"""Text out of scripts, for pages whose elements hold none."""

import json

from monitor.articles.body.paragraphs import Body
from tests.articles.pages import read_text

TITLE = "Envoys meet in the capital"
TEXTS = [
    "Envoys of the two countries met on Tuesday for the first time since the spring, aides said.",
    "They agreed to meet again before the end of the year and to keep a telephone line open.",
    "Neither side would say what had been said about the border, which both have closed.",
    "The talks were held in a guest house by the river and went on until after midnight.",
]


def read(script: str, body: str = "<div id='root'></div>", **attributes: str) -> Body:
    marks = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    html = f"<html><body><h1>{TITLE}</h1>{body}<script {marks}>{script}</script></body></html>"
    return read_text(html, title=TITLE)


def test_blocks_of_a_publishing_system_are_read_in_order() -> None:
    """Arc's content elements come out as paragraphs; pictures and other stories do not."""
    story = {
        "headlines": {"basic": TITLE},
        "content_elements": [
            {"type": "image", "caption": "The envoys at the gate of the guest house on Tuesday."},
            {"type": "text", "content": f"<b>{TEXTS[0]}</b>"},
            {"type": "header", "content": "A line stays open"},
            {"type": "text", "content": TEXTS[1] + "<br/>" + TEXTS[2]},
            {"type": "interstitial_link", "content": "Read our other story about the matter."},
            {"type": "text", "content": TEXTS[3]},
        ],
    }
    body = read(
        f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(story)};Fusion.x=1"
    )
    assert body.paragraphs == (TEXTS[0], "A line stays open", *TEXTS[1:])
    assert body.method == "payload"


def test_the_story_beside_the_headline_wins_over_longer_ones() -> None:
    """Other stories in the same state do not take the place of the one the page shows."""
    other = {
        "title": "Another matter",
        "body": "".join(f"<p>{t} Elsewhere.</p>" for t in TEXTS * 2),
    }
    state = {
        "stories": {
            "1": other,
            "2": {"title": TITLE, "body": "".join(f"<p>{t}</p>" for t in TEXTS)},
        }
    }
    body = read(f"window.__STATE__ = {json.dumps(state)};")
    assert body.paragraphs == tuple(TEXTS)


def test_next_data_with_rich_text_is_read() -> None:
    """Paragraph nodes made of leaves are put together again."""
    nodes = [
        {
            "type": "paragraph",
            "content": [{"type": "text", "text": text[:20]}, {"type": "text", "text": text[20:]}],
        }
        for text in TEXTS
    ]
    data = {"props": {"pageProps": {"article": {"title": TITLE, "doc": {"content": nodes}}}}}
    body = read(json.dumps(data), id="__NEXT_DATA__", type="application/json")
    assert body.paragraphs == tuple(TEXTS)


def test_streamed_rows_are_read() -> None:
    """Text rows of React's stream ("self.__next_f.push") are found across several pushes."""
    html = "".join(f"<p>{text}</p>" for text in TEXTS)
    stream = f"0:{{}}\n1a:T{len(html.encode()):x},{html}2:[]\n"
    middle = len(stream) // 2
    pushes = ";".join(
        f"self.__next_f.push({json.dumps([1, part])})"
        for part in (stream[:middle], stream[middle:])
    )
    assert read(pushes).paragraphs == tuple(TEXTS)


def test_a_string_parsed_by_the_script_is_read() -> None:
    """State given as JSON inside a string is decoded twice."""
    state = json.dumps({"article": {"title": TITLE, "body": "\n".join(TEXTS)}})
    assert read(f"window.__INITIAL_STATE__ = JSON.parse({json.dumps(state)});").paragraphs == tuple(
        TEXTS
    )


def test_values_that_only_scripts_know_do_not_hide_the_rest() -> None:
    """`undefined` in an object literal is read as null."""
    state = json.dumps({"a": "?", "article": {"title": TITLE, "body": "\n".join(TEXTS)}})
    script = "window.App = " + state.replace('"?"', "undefined")
    assert read(script).paragraphs == tuple(TEXTS)


def test_markup_parked_in_a_form_field_is_read() -> None:
    """A textarea that holds the story's markup is as good as a script."""
    parked = "".join(f"&lt;p>{text}&lt;/p>" for text in TEXTS)
    body = read("var a = 1;", body=f"<textarea class='content'>{parked}</textarea>")
    assert body.paragraphs == tuple(TEXTS)


def test_an_article_body_of_structured_data_is_the_last_resort() -> None:
    """JSON-LD text is used when neither elements nor scripts hold the story."""
    html = f"<html><body><h1>{TITLE}</h1><p>{TEXTS[0]}</p></body></html>"
    body = read_text(
        html,
        title=TITLE,
        nodes=({"@type": "NewsArticle", "articleBody": "\n".join(TEXTS)},),
    )
    assert body.paragraphs == tuple(TEXTS)
    assert body.method == "json-ld"


def test_a_whole_text_on_the_page_is_not_replaced_by_a_script() -> None:
    """Consent texts and other stories in scripts do not displace the text that is shown."""
    consent = (
        "We and our partners store data on your device and read it for a number of purposes. " * 40
    )
    shown = "".join(f"<p>{text}</p>" for text in TEXTS)
    body = read(
        f"window.cmp = {json.dumps({'text': consent})};", body=f"<article>{shown}</article>"
    )
    assert body.paragraphs == tuple(TEXTS)
    assert body.method == "dom"
