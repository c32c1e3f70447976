"""The manual's HTML as a real browser lays it out on a small phone."""

import html
import json
import re
from pathlib import Path

import pytest

from monitor.manual import topics, write_site
from tests.browser import BROWSER, dom

FRAME = '<iframe style="width:320px;height:4000px;border:0" srcdoc="{document}"></iframe>'
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">{frames}
<script>
window.onload = () => {{
  const seen = [...document.querySelectorAll("iframe")].map((frame) => {{
    const all = frame.contentDocument;
    return {{
      fits: all.documentElement.scrollWidth <= all.documentElement.clientWidth,
      out: [...all.querySelectorAll("p, h1, h2, h3, li, pre, nav")]
        .filter((one) => one.getBoundingClientRect().right > 320.5).length,
      title: all.title,
    }};
  }});
  document.body.textContent = JSON.stringify(seen);
}};
</script>"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here to lay out the HTML")
def test_no_page_is_wider_than_a_small_phone(tmp_path: Path) -> None:
    """Nothing sticks out at 320 pixels; long lines of code scroll in their own box."""
    write_site(tmp_path / "manual")
    style = (tmp_path / "manual" / "manual.css").read_text("utf-8")
    pages = []
    for topic in topics():
        text = (tmp_path / "manual" / f"{topic}.html").read_text("utf-8")
        text = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        text = re.sub("<link [^>]*>", lambda _: f"<style>{style}</style>", text)
        pages.append(FRAME.format(document=html.escape(text, quote=True)))
    harness = tmp_path / "harness.html"
    harness.write_text(HARNESS.format(frames="".join(pages)), encoding="utf-8")
    seen = r"\[\{.*\}\]"
    found = re.search(seen, dom(harness.as_uri(), tmp_path, holding=seen))
    assert found
    assert json.loads(html.unescape(found[0])) == [
        {"fits": True, "out": 0, "title": f"{topic} · Manual"} for topic in topics()
    ]
