"""One story of the wire format in the layouts that outlets print it in: every field comes out."""

import json

import pytest

from monitor.articles import Profiles, extract, wire_text

HEADLINE = "Harbour ministers call on both ports to keep ferries running"
CAPTION = "The harbour ministers (L, R) meet at the quay in Qingdao, China, September 28, 2024."
BODY = (
    "The harbour minister called on both ports to keep the ferries running through the winter as "
    "the two sides met in Qingdao on Saturday.",
    "Since spring, exchanges between the ports have become more active, the minister said.",
    "She said that as long as both sides keep to the timetable, the line can grow steadily.",
    "Her counterpart said he hopes to open a second berth before summer.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
RELATED = "<div><a href=/1>Ferry line marks ten years of crossings between the ports</a></div>"

NAMED = f"""<title>{HEADLINE} - CGTN</title><div class=nav><a href=/>Home</a></div>
<div class=news-section><a href=/china>China</a></div>
<div class=news-time>2024.09.29 09:58 GMT+8</div><h1 class=news-title>{HEADLINE}</h1>
<div class=news-update>Updated 2024.09.29 11:20 GMT+8</div><div class=news-author>CGTN</div>
<div class=news-media><img src=a.jpg><div class=news-media-des>{CAPTION} /CFP</div></div>
<div class=news-text>{PARAGRAPHS}</div><div class=copyright>Copyright © 2024</div>
<div class=related><h3>RELATED STORIES</h3>{RELATED}</div>"""
BARE = f"""<div>China</div><div>2024.09.29 09:58 GMT+8</div><div>{HEADLINE}</div>
<div>Updated 2024.09.29 11:20 GMT+8</div><div>CGTN</div><div><img src=a.jpg></div>
<div>{CAPTION} /CFP</div>{PARAGRAPHS}<div>Copyright © </div><div>RELATED STORIES</div>{RELATED}"""
BROKEN_BY_BR = f"""<title>{HEADLINE}</title><div>China<br>2024.09.29 09:58 GMT+8</div>
<h1>{HEADLINE}</h1><div>Updated 2024.09.29 11:20 GMT+8<br>CGTN</div>
<div><img src=a.jpg><br>{CAPTION} /CFP</div><div>{"<br><br>".join(BODY)}<br><br>Copyright © <br>
<br>RELATED STORIES</div>"""
STATE = {
    "article": {
        "sectionName": "China",
        "publishTime": "2024.09.29 09:58 GMT+8",
        "title": HEADLINE,
        "updateTime": "2024.09.29 11:20 GMT+8",
        "source": "CGTN",
        "cover": {"url": "a.jpg", "desc": f"{CAPTION} /CFP"},
        "contentHtml": PARAGRAPHS,
        "copyright": "Copyright © 2024",
    },
    "relatedStories": [{"title": "Ferry line marks ten years", "url": "/1", "summary": "It runs."}],
}
BY_SCRIPT = (
    f"<title>{HEADLINE}</title><div id=app></div><script>window.__S__={json.dumps(STATE)}</script>"
)


@pytest.mark.parametrize("layout", [NAMED, BARE, BROKEN_BY_BR, BY_SCRIPT])
def test_every_field_comes_out_of_every_layout(layout: str) -> None:
    """Names, bare lines, lines divided by br, an object in a script: one record, one text."""
    url = "https://news.cgtn.example/news/2024-09-29/ports-1.html"
    article = extract(f"<html><body>{layout}</body></html>", url, profiles=Profiles({}))
    assert article.title == HEADLINE
    assert (article.section, article.source) == ("China", "CGTN")
    assert (article.caption, article.credit) == (CAPTION, "CFP")
    assert article.body == BODY
    assert wire_text(article).split("\n\n") == [
        "China\n2024.09.29 09:58 GMT+8",
        HEADLINE,
        "Updated 2024.09.29 11:20 GMT+8\nCGTN",
        f"{CAPTION} /CFP",
        *BODY,
    ]
