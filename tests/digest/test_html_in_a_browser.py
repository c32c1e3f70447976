"""The HTML of digests and alerts as a real browser lays it out."""

import html
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from monitor.digest import alert_html, compose_alert, late_note, lay_out_alert
from monitor.model import Related
from tests.browser import BROWSER, dom
from tests.digest.sample import (
    HOSTILE,
    RULES,
    UNTIL,
    copy,
    digest,
    flag,
    four_languages,
    story,
    to_html,
)
from tests.digest.test_fit import many

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here to lay out the HTML")

# Lays each document out in a frame of 320 pixels and writes down what came of it.
FRAME = '<iframe style="width:320px;height:9000px;border:0" srcdoc="{document}"></iframe>'
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">{frames}
<script>
const look = (frame, one) => frame.contentWindow.getComputedStyle(
  frame.contentDocument.querySelector(one));
const sizeUp = (frame) => ({{
  wide: frame.contentDocument.documentElement.scrollWidth,
  sticking_out: [...frame.contentDocument.querySelectorAll("p, h1, h2, h3, li, td")]
    .filter(one => one.getBoundingClientRect().right > 320.5).length,
  size: parseFloat(look(frame, ".headline").fontSize), ink: look(frame, ".headline").color,
  paper: look(frame, ".sheet").backgroundColor,
  astray: [...frame.contentDocument.querySelectorAll(".index a[href^='#']")].filter(link => {{
    const story = frame.contentDocument.querySelector(link.hash);
    return !story || !story.textContent.includes(link.textContent.trim());
  }}).length,
  adrift: [...frame.contentDocument.querySelectorAll(".count")].filter(one => {{
    const box = one.closest(".rule").getBoundingClientRect(), cell = one.getBoundingClientRect();
    const room = parseFloat(frame.contentWindow.getComputedStyle(one).paddingRight);
    return !one.parentElement.querySelector("table") && box.right - cell.right + room > 1;
  }}).length,
  crooked: [...frame.contentDocument.querySelectorAll(".index td.step")].filter(one => {{
    const edge = (cell) => cell.getBoundingClientRect().left +
      parseFloat(frame.contentWindow.getComputedStyle(cell).paddingLeft);
    return Math.abs(edge(one) - edge(one.nextElementSibling)) > 1;
  }}).length,
  loaded: frame.contentWindow.performance.getEntriesByType("resource").length,
}});
window.onload = () => {{
  const seen = [...document.querySelectorAll("iframe")].map(sizeUp);
  document.body.textContent = JSON.stringify(seen);
}};
</script>"""
_SEEN = r"\[\{.*\}\]"


def laid_out(documents: Iterable[str], scheme: str, folder: Path) -> list[dict[str, float | str]]:
    """Return what the browser made of each document on a small phone."""
    page = folder / "page.html"
    frames = "".join(FRAME.format(document=html.escape(one, quote=True)) for one in documents)
    page.write_text(HARNESS.format(frames=frames), encoding="utf-8")
    text = dom(page.as_uri(), folder, scheme, holding=_SEEN)
    found = re.search(_SEEN, text)
    assert found
    seen: list[dict[str, float | str]] = json.loads(html.unescape(found[0]))
    return seen


def brightness(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


TWENTY = [
    copy(
        n, f"Outlet of a long name {n}", label="state media", published_text="2026年11月23日 04:37"
    )
    for n in range(20)
]
DOCUMENTS = (
    to_html(
        digest(four_languages(), late=True, notes=[late_note(UNTIL, UNTIL)]),
    ),
    to_html(
        digest(
            [story(n, text, [flag()], [copy(n, text)]) for n, text in enumerate(HOSTILE)],
            rules=[("ties", "A" * 90)],
        )
    ),
    alert_html(lay_out_alert(compose_alert(four_languages(), RULES, "Asia/Seoul", UNTIL))),
    to_html(digest([story(1, copies=TWENTY), *many(20)], limit=7)),
    to_html(digest([story(1), story(2, related=(Related("earlier", 1, "Headline 1", "en"),))])),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_small_phone_and_is_readable(scheme: str, tmp_path: Path) -> None:
    """At 320 pixels nothing sticks out, nothing is loaded, and links land on their story."""
    for seen in laid_out(DOCUMENTS, scheme, tmp_path):
        assert seen["wide"] == 320
        assert seen["sticking_out"] == 0
        assert seen["loaded"] == 0
        assert seen["astray"] == 0
        assert seen["adrift"] == 0  # a count without bars stands at the edge
        assert seen["crooked"] == 0  # an outlet stands beneath the headline that is set in
        assert float(seen["size"]) >= 16
        paper, ink = brightness(str(seen["paper"])), brightness(str(seen["ink"]))
        assert (paper < 60 and ink > 180) if scheme == "dark" else (paper > 240 and ink < 80)
