"""What `fuzz` feeds: each reader of outside text, what it may raise, and texts to begin with."""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import monitor
from monitor import (
    articles,
    charset,
    dates,
    demo,
    feeds,
    search,
    stories,
    text,
    url_keys,
    url_logins,
    urls,
    watch,
)
from monitor.dates import durations, http, moments
from monitor.demo.rendering import render_site
from monitor.demo.texts import load_outlets
from monitor.errors import BadRedirect, ConfigError, MonitorError, NoArticle, NotAFeed, Refused
from monitor.feeds.discovery import discover
from monitor.feeds.opml import read_opml
from monitor.model import Article, Feed, FeedState, ListPage
from monitor.settings import check_config
from monitor.tomlfile import parse_toml
from monitor.web import content_encoding, cookies, redirects, robots, weburl
from tests.benchmarks import fuzz_coding

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
URL = "https://news.example/world/rss.xml"
LIST = ListPage("li", "a", "a", "span")
TYPES = ("", "text/xml; charset=euc-kr", "text/html;charset=gb2312", "application/json", "x/\udcff")
ZONES = ("", "Asia/Seoul", "America/New_York", "Asia/Kolkata", "Nowhere/At_All")


@dataclass(frozen=True, slots=True)
class Target:
    """One reader.

    Args:
        read: takes the bytes and a source of chance for its other arguments.
        seeds: texts to begin with.
        may_raise: what it documents.
    """

    name: str
    read: Callable[[bytes, Random], object]
    seeds: tuple[bytes, ...]
    may_raise: tuple[type[Exception], ...] = ()


def _feed(data: bytes, chance: Random) -> None:
    kind = chance.choice(("feed", "feed", "feed", "list", "sitemap"))
    feed = Feed("f", URL, format=kind, list_page=LIST if kind == "list" else None, country="KR")
    declared = chance.choice(TYPES)
    whole = feeds.parse(data, feed, url=URL, content_type=declared, now=NOW)
    found, _ = feeds.identify(whole, FeedState())
    assert all(item.keys for item in found), "an entry without a key"
    assert all(text.clean(e.title) == e.title for e in whole.entries), "control characters"
    hashes = whole.segment_hashes
    if hashes and not whole.cut_off and len(data) < 20_000:  # a second reading counts as well
        some = frozenset(sorted(hashes)[:: chance.choice((1, 2))])
        again = feeds.parse(data, feed, url=URL, content_type=declared, now=NOW, known=some)
        assert again.listed == whole.listed, "known items change the number of items"
        titles = {e.title for e in (*again.entries, *again.beside)}
        assert titles <= {e.title for e in whole.entries}, "known items change what is read"


def _page(data: bytes, chance: Random) -> None:
    url = chance.choice(("", "https://news.example/2026/11/23/a.html", "https://www.cgtn.com/a/b"))
    article = articles.extract(data, url, content_type=chance.choice(TYPES))
    articles.wire_text(article)
    told = json.loads(json.dumps(articles.to_json(article)))
    assert told["body"] == list(article.body), "JSON loses something"


def _coded(data: bytes, chance: Random) -> None:
    name = chance.choice(("gzip", "br", "zstd", "deflate", "gzip, gzip", "br, gzip", "zstd, br"))
    limit = chance.choice((1, 1000, 4_000_000))
    assert len(content_encoding.decode(data, name, limit)) <= limit + 1


def _charset(data: bytes, chance: Random) -> None:
    charset.decode(data, chance.choice(TYPES))


def _date(data: bytes, chance: Random) -> None:
    line = data.decode("utf-8", "replace")
    dates.read(line, zone=chance.choice(ZONES), now=chance.choice((NOW, None)))
    http.read(line)
    http.retry_after(line, NOW)


def _span(data: bytes, chance: Random) -> None:
    line = data.decode("utf-8", "replace")
    if chance.random() < 0.5:
        durations.spoken(durations.read(line))
    moments.moment(line, NOW, ZoneInfo("Asia/Seoul"))


def _config(data: bytes, _chance: Random) -> None:
    file = parse_toml(data.decode("utf-8", "replace"), "config.toml")
    check_config(file, Path("/nowhere"))


def _rules(data: bytes, _chance: Random) -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "rules.toml"
        path.write_bytes(data)
        own = watch.load([path], builtin=False)
    own.evaluate(Article(title="Seoul and Beijing talk", body=("A sentence. Another one.",)))


def _query(data: bytes, _chance: Random) -> None:
    def named(word: str) -> tuple[search.Named, ...]:
        return ()

    line = data.decode("utf-8", "replace")
    node = search.parse(line, named, lambda word: moments.moment(word, NOW, ZoneInfo("UTC")))
    search.snippet("Seoul and Beijing agree on a hotline. " * 20, list(search.phrases(node)))


def _opml(data: bytes, _chance: Random) -> None:
    feeds.write_opml(read_opml(data).feeds)


def _discovery(data: bytes, _chance: Random) -> None:
    discover(data, URL)


def _robots(data: bytes, _chance: Random) -> None:
    policy = robots.read(200, data[: robots.MAX_BYTES], "wire-monitor")
    policy.delay("wire-monitor")
    policy.check(weburl.parse(URL), "wire-monitor")


def _url(data: bytes, _chance: Random) -> None:
    line = data.decode("utf-8", "replace")
    for work in (
        url_keys.canonical,
        url_keys.item_key,
        urls.absolute,
        url_logins.redact,
        url_keys.item_number,
    ):
        work(line)
    base = weburl.parse(URL)
    redirects.follow(redirects.Trail(), base, 302, data.decode("latin-1"), sent="", cookies="")
    weburl.parse(line)


def _cookie(data: bytes, _chance: Random) -> None:
    jar = cookies.Jar()
    jar.receive(URL, [data.decode("latin-1")])
    jar.header(URL)


@cache
def _rulebook() -> watch.Rulebook:
    return watch.load()


def _article(data: bytes, chance: Random) -> None:
    lines = data.decode("utf-8", "replace").split("\n")
    language = chance.choice(("", "en", "ko", "zh", "ja"))
    article = Article(url=URL, title=lines[0], body=tuple(lines[1:]), language=language)
    evaluation = _rulebook().evaluate(article, now=NOW)
    assert all(flag.reasons for flag in evaluation.flags()), "a flag without a reason"
    signature = stories.sign(article, id=1, seen=NOW)
    assert stories.Signature.from_bytes(signature.to_bytes()) == signature
    search.tokens(data.decode("utf-8", "replace"))


def _all_builtin(pattern: str) -> Iterator[bytes]:
    for path in sorted(Path(monitor.__file__).parent.glob(pattern)):
        yield path.read_bytes()[:20_000].rpartition(b"\n\n")[0]


DATES = (
    "Mon, 23 Nov 2026 06:30:00 GMT", "2026-11-23T15:30:00+09:00", "2026년 11월 23일 오후 3시 30분",
    "2026年11月23日 15:30", "令和8年11月23日午後3時", "Nov. 23, 2026, 3:30 p.m. KST", "23/11/2026",
    "1795415400", "입력 2026.11.23. 15:30 수정 2026.11.23. 16:02", "3 hours ago", "120",
    "七点二十五分", "Updated 1530 GMT (2330 HKT) November 23, 2026", "주체115년 11월 23일",
)  # fmt: skip
SPANS = ("24h", "1h30m", "7d", "2w", "PT5M", "2026-11-22T07:30", "yesterday", "9" * 30 + "d")
QUERIES = (
    'korea china "coast guard" -sports', "title:외교 OR 会談 since:24h",
    "(a OR b) near/5 c lang:ko",
    "@wang-yi story:12 has:page until:2026-11-22",
    "miss* level:now rule:china-south-korea",
)  # fmt: skip
ROBOTS = (
    "User-agent: *\nDisallow: /a/*b$\nAllow: /\nCrawl-delay: 5\nRequest-rate: 1/10\n",
    "user-agent:wire-monitor\ndisallow:/\n\nUser agent *\nSitemap: https://a.example/s.xml",
)
URLS = (
    "https://user:pw@news.example:8443/a/../b/?utm_source=x&id=7#top", "//xn--9d0bm53a.kr/가/나",
    "http://[::1%25eth0]/", "https://뉴스.한국/a?b=%EA%B0%80", "../c;d?e=f&g", "http://0x7f.1/",
)  # fmt: skip
COOKIES = (
    "a=b; Path=/; Secure; HttpOnly; Max-Age=60",
    'x="y; z"; Domain=.example; Expires=Mon, 23-Nov-26',
)  # fmt: skip
OPML = (
    '<opml version="2.0"><body><outline text="a"><outline type="rss" xmlUrl="https://a.example/rss"'
    ' title="A" language="ko"/></outline></body></opml>',
)
RULES = (
    '[[rule]]\nid = "a"\nname = "A"\nalert = { now = 8, digest = 3 }\n[[rule.when]]\n'
    'all = ["seoul", ["talk*", "ko:회담"]]\nwithin = "12 words"\nscore = { headline = 6 }\n'
    '[[rule.unless]]\nany = ["#s"]\nkeep_if = ["=ROK"]\n[[rule.test]]\nshould = ["Seoul talks"]\n'
    'should_not = ["Weather"]\n[list.s]\nwords = ["cup"]\npatterns = [\'\\d-\\d\']\n',
    '[[entity]]\nid = "x"\ntype = "person"\n[entity.names]\nen = ["Kim"]\nko = ["김"]\n',
)
LONG = (
    "SEOUL, Nov. 23 (Yonhap) -- Foreign ministers met. "
    "외교부 장관은 “회담”을 가졌다. 王毅外长会谈。"
)
FIGURES = (
    "Two held, 3,500 homes, $1.2 billion won back 3-1 at 3:30 p.m. on Nov. 23, up 4.5 percent",
    "3조5천억원, 두 명 부상, 제12차 회담 23일 오후 3시 30분, 4.5% 증가",
    "三十五亿元，二十三人获救，第十二次会谈23日下午3时30分，增长4.5%",
    "３兆5000億円、23人救助、第12回会談23日午後3時30分、4.5％増",
)
RSS = (
    '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
    "<title>A</title><ttl>60</ttl><skipHours><hour>3</hour></skipHours><sy:updatePeriod>daily"
    "</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><item><title>B</title>"
    "<guid>1</guid><pubDate>Mon, 23 Nov 2026 06:30:00 GMT</pubDate></item></channel></rss>"
)


def targets(corpus: list[Path]) -> list[Target]:
    """Return all targets; files of `corpus` folders are begun with as well, by their ending."""
    site = render_site(load_outlets(NOW), "https://news.example", NOW)
    bodies = [one.body for one in site.values()]
    documents = [body for body in bodies if body.lstrip().startswith(b"<?xml")]
    pages = [body for body in bodies if b"<html" in body[:400].lower()]
    for folder in corpus:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size < 300_000:
                kinds = {".html": pages, ".xml": documents, ".rss": documents, ".bin": documents}
                data = path.read_bytes()
                if path.suffix == ".gz":
                    data, path = gzip.decompress(data), path.with_suffix("")
                kinds.get(path.suffix, []).append(data)
    documents.append(b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"}]}')
    documents.append(RSS.encode())
    documents.append(b"<urlset><url><loc>https://a.example/1</loc></url></urlset>")
    config = (demo.demo_config("http://127.0.0.1:1", "state").encode(), *_all_builtin("*.toml"))
    example = Path(monitor.__file__).parents[1] / "config.example.toml"
    rules = (*map(str.encode, RULES), *_all_builtin("watch/data/topics.toml"))
    texts = (LONG.encode(), ("Headline\n" + LONG * 3).encode(), "\n".join(FIGURES).encode())
    texts += tuple(line.encode() for line in FIGURES)
    return [
        Target("feed", _feed, tuple(documents), (NotAFeed,)),
        Target("page", _page, tuple(pages), (NoArticle,)),
        Target("coding", _coded, fuzz_coding.seeds(), (content_encoding.CodingError,)),
        Target("charset", _charset, fuzz_coding.texts()),
        Target("date", _date, tuple(map(str.encode, DATES))),
        Target("span", _span, tuple(map(str.encode, SPANS)), (MonitorError, ValueError)),
        Target("config", _config, (*config, example.read_bytes()), (ConfigError,)),
        Target("rules", _rules, rules, (ConfigError,)),
        Target("query", _query, tuple(map(str.encode, QUERIES)), (MonitorError,)),
        Target("opml", _opml, tuple(map(str.encode, OPML)), (MonitorError,)),
        Target("discovery", _discovery, tuple(pages)),
        Target("robots", _robots, tuple(map(str.encode, ROBOTS)), (Refused, MonitorError)),
        Target("url", _url, tuple(map(str.encode, URLS)), (Refused, BadRedirect)),
        Target("cookie", _cookie, tuple(map(str.encode, COOKIES))),
        Target("article", _article, texts),
    ]
