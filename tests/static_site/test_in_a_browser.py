"""The site as a real browser shows and searches it, from a server and from a file."""

import html
import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from monitor.pipeline.build_site import build_site
from monitor.search import tokens
from tests.archive import HOSTILE, filled
from tests.browser import BROWSER, dom

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here to open the pages")

QUERIES: dict[str, set[int]] = {
    "missile": {1},
    "Missiles TALKS": {1},
    "미사일": {1},
    "수출통제": {1},
    "수출 통제": {1},
    "韩国": {3},
    "韓国": {3},
    "北朝鲜": {4},
    "ミサイル": {4},
    "外": {3},
    "외": {1},
    "落下し*": {4},
    '"wang yi"': {1},
    "talks -seoul": {5},
    "tal*": {1, 5},
    "South Korea": {1, 3, 4, 5},
    "snow": set(),
    "-talks": set(),
    "<script>alert(1)</script>": {5},
}
# Cut alike by the page and by the index.
TEXTS = (
    "Lee Jae-myung's envoys; the U.S. and D.P.R.K., 3,000 km, boxes, parties, Café Déjà",
    "북한이 미사일을 발사했다. 외교부 장관(王毅)은 韓·中 2026년 ３０００",
    "北朝鮮、ミサイル発射　ｶﾀｶﾅ 〇〇々 龍 東京・ソウル ﾊﾟﾘ",
    "中國外長王毅訪韓 “習近平” 薩德 朝鮮半島—無核化 𝐁𝐨𝐥𝐝 ① ﬁnance ÅNGSTRÖM naïve",
    "it's O’Neil's status news buses gases series species axis alumni 1,23 12,345,678 a.b.c",
    "zero\u200bwidth soft\u00adhyphen \u202ertl\u202c x_y __ ² Ⅳ ㎏ ㈱ 각 한ㆍ중",
    HOSTILE,
)
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body>
<script src="search.js"></script><script>
const queries = {queries}, texts = {texts}, pages = {pages};
const frame = (path, wide) => new Promise((done) => {{
  const one = document.createElement("iframe");
  one.style = `width:${{wide}}px;height:900px;border:0`;
  one.onload = () => done(one);
  one.src = path;
  document.body.append(one);
}});
const settled = async (one) => {{
  const told = () => one.contentDocument.getElementById("told").textContent;
  while (!told()) await new Promise((go) => setTimeout(go, 10));
  return {{
    told: told(),
    found: [...one.contentDocument.querySelectorAll("#found a")].map((a) => a.getAttribute("href")),
    scripts: one.contentDocument.querySelectorAll("#found script").length,
  }};
}};
const look = (one) => {{
  const all = one.contentDocument, view = one.contentWindow;
  const style = (what) => view.getComputedStyle(all.querySelector(what));
  return {{
    wide: all.documentElement.scrollWidth,
    out: [...all.querySelectorAll("p, h1, h2, h3, li, td, a")]
      .filter((a) => a.getBoundingClientRect().right > view.innerWidth + 0.5).length,
    paper: style(".paper").backgroundColor, ink: style("h1, h3").color,
    loaded: view.performance.getEntriesByType("resource").map((a) => a.name),
    dead: [...all.querySelectorAll("a[href]")].map((a) => a.href)
      .filter((a) => a.startsWith(location.origin)),
  }};
}};
(async () => {{
  const result = {{ searches: {{}}, pages: [], tokens: [] }};
  for (const query of queries) {{
    const one = await frame("index.html#q=" + encodeURIComponent(query), 1000);
    result.searches[query] = await settled(one);
    one.remove();
  }}
  for (const [path, wide] of pages) result.pages.push([path, wide, look(await frame(path, wide))]);
  const [from, to] = await wire.load("fold");
  const chars = Array.from(to), table = new Map(Array.from(from, (c, n) => [c, chars[n]]));
  for (const text of texts) result.tokens.push(tokens(text, table).map((one) => one.text));
  document.body.textContent = "RESULT" + JSON.stringify(result) + "END";
}})();
</script>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a site."""
    folder = tmp_path_factory.mktemp("site")
    desk = filled(folder)
    build_site(desk, folder / "out")
    desk.close()
    return folder / "out"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def literal(value: object) -> str:
    """Return a value for a script inside a page."""
    return json.dumps(value).replace("<", "\\u003c")


def shown(built: Path, folder: Path, scheme: str, queries: list[str]) -> dict[str, Any]:
    """Return what the browser made of the site from a server."""
    paths = [path.relative_to(built).as_posix() for path in sorted(built.rglob("*.html"))]
    pages = [(path, wide) for path in paths for wide in (1000, 390)]
    (built / "harness.html").write_text(
        HARNESS.format(queries=literal(queries), texts=literal(TEXTS), pages=literal(pages)),
        encoding="utf-8",
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=built)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/harness.html"
        text = dom(url, folder, scheme, holding="RESULT.*END")
        server.shutdown()
    (built / "harness.html").unlink()
    found = re.search("RESULT(.*)END", text, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


@pytest.fixture(scope="module")
def light(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The site by day, searched."""
    return shown(built, tmp_path_factory.mktemp("light"), "light", list(QUERIES))


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_what_the_archive_search_would(light: dict[str, Any], query: str) -> None:
    """Every script and spelling finds its stories, hostile headlines stay text."""
    found = light["searches"][query]
    assert {int(path[6:-5]) for path in found["found"]} == QUERIES[query]
    assert found["scripts"] == 0


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_words_are_cut_as_in_the_index(light: dict[str, Any], place: int) -> None:
    """The page's search and `monitor search` see the same words in a text."""
    assert light["tokens"][place] == [token.text for token in tokens(TEXTS[place])]


def brightness(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def test_pages_fit_and_are_readable_by_day_and_night(
    light: dict[str, Any], built: Path, tmp_path: Path
) -> None:
    """At 1000 and 390 pixels nothing sticks out or comes from elsewhere, and ink stands off."""
    dark = shown(built, tmp_path, "dark", [])
    for seen, night in ((light, False), (dark, True)):
        assert len(seen["pages"]) > 20
        for path, wide, page in seen["pages"]:
            assert (page["wide"], page["out"]) == (wide, 0), path
            assert all(name.startswith("http://127.0.0.1:") for name in page["loaded"]), path
            paper, ink = brightness(page["paper"]), brightness(page["ink"])
            assert (paper < 60 and ink > 130) if night else (paper > 240 and ink < 110), path


def test_every_link_inside_leads_to_a_page(light: dict[str, Any], built: Path) -> None:
    """No page links to one that is not there."""
    for path, _, page in light["pages"]:
        for link in page["dead"]:
            inside = link.partition("://")[2].partition("/")[2].partition("#")[0]
            assert (built / inside).is_file(), f"{path} links to {link}"


def test_it_is_searched_from_a_file(built: Path, tmp_path: Path) -> None:
    """Opened from the disk, without any server, the search works as well."""
    url = f"{(built / 'index.html').as_uri()}#q=%E9%9F%A9%E5%9B%BD"
    text = dom(url, tmp_path, holding=">1 story<")
    assert 'href="story/3.html"' in text


def test_scripts_from_elsewhere_or_inside_the_page_do_not_run(built: Path, tmp_path: Path) -> None:
    """What got into a page against all escaping would still be forbidden to run."""
    page = built / "story" / "5.html"
    whole = page.read_text("utf-8")
    bad = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    page.write_text(whole.replace("</main>", f"{bad}</main>"), encoding="utf-8")
    try:
        assert "<title>taken" not in dom(page.as_uri(), tmp_path)
    finally:
        page.write_text(whole, encoding="utf-8")
