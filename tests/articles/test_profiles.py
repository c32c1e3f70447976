"""Site profiles: shipped, a user's own, faults in them, and what happens when they find nothing."""

from importlib.resources import files
from pathlib import Path

import pytest

from monitor.articles import extract, load_profiles
from monitor.errors import ConfigError
from tests.articles.pages import PROSE, page

MINE = """
[[site]]
domain = "harbourpost.example"
name = "Harbour Post"
timezone = "Europe/Oslo"
title = "div.slug"
section = ".desk"
published = ".stamp"
authors = [".nobody", ".who"]
body = "#text"
remove = ".pitch"
verified = "2026-11-23: all fields"
"""
URL = "https://www.harbourpost.example/quay"


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sites.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_profiles_are_sound() -> None:
    """Every shipped profile passes the checks that a user's file has to pass."""
    folder = files("monitor.articles").joinpath("profiles")
    shipped = [Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    profiles = list(load_profiles(shipped))
    assert len(profiles) > 40
    assert len({(p.domain, p.path_prefix) for p in profiles}) == len(profiles)
    assert any(p.verified for p in profiles)


@pytest.mark.parametrize("host", ["한국.kr", "xn--3e0b707e.kr"])
@pytest.mark.parametrize("domain", ["한국.kr", "www.xn--3e0b707e.kr"])
def test_a_profile_is_found_by_both_forms_of_a_host(tmp_path: Path, domain: str, host: str) -> None:
    """Letters and xn--… name one site, in the file as in the url."""
    profiles = load_profiles([own(tmp_path, MINE.replace("harbourpost.example", domain))])
    profile = profiles.for_url(f"https://news.{host}/1")
    assert profile is not None
    assert profile.name == "Harbour Post"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://news.cgtn.com/news/2024-09-29/x/p.html", "CGTN"),
        ("https://en.yna.co.kr/view/AEN1", "Yonhap News Agency"),
        ("https://www.yna.co.kr/view/AKR1", "연합뉴스"),
        ("https://m.yna.co.kr/view/AKR1", "연합뉴스"),
        ("https://www.mfa.gov.cn/eng/xw/1.html", "Ministry of Foreign Affairs, PRC"),
        ("https://www.mfa.gov.cn/web/1.html", "中华人民共和国外交部"),
    ],
)
def test_a_profile_is_found_by_host_and_path(url: str, name: str) -> None:
    """The longest fitting domain and path prefix win; www. and m. do not matter."""
    profile = load_profiles().for_url(url)
    assert profile is not None
    assert profile.name == name


@pytest.mark.parametrize("url", ["", "https://example.com/", "http://[broken", "/relative"])
def test_most_pages_have_no_profile(url: str) -> None:
    """Hosts without a profile, and addresses that are none, give nothing."""
    assert load_profiles().for_url(url) is None


def test_a_users_profile_leads_the_reading(tmp_path: Path) -> None:
    """Fields that the profile points at come out of those elements."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    html = page(
        top=f'<div class="slug">Quay to be rebuilt</div><p class="desk">Harbour</p>'
        '<p class="stamp">30.09.2024 02:58</p><p class="who">By Ada Lindqvist</p>'
        f'<div id="text"><div class="pitch">Become a friend of this paper today.</div>{paragraphs}'
        "</div>",
        prose=(),
    )
    article = extract(html, URL, profiles=load_profiles([own(tmp_path, MINE)]))
    assert article.title == "Quay to be rebuilt"
    assert article.section == "Harbour"
    assert article.source == "Harbour Post"
    assert article.authors == ("Ada Lindqvist",)
    assert article.published is not None
    assert article.published.isoformat() == "2024-09-30T02:58:00+02:00"
    assert article.body == PROSE


def test_a_profile_that_finds_nothing_gives_way_and_is_noted(tmp_path: Path) -> None:
    """After a redesign the general reading stands in, and the record says what was not found."""
    html = page(top="<h1>Quay to be rebuilt</h1>")
    article = extract(html, URL, profiles=load_profiles([own(tmp_path, MINE)]))
    assert article.title == "Quay to be rebuilt"
    assert article.body == PROSE
    assert any("found no title" in note for note in article.notes)
    assert "profile harbourpost.example found no body" in article.notes


def test_a_users_profile_replaces_the_shipped_one(tmp_path: Path) -> None:
    """The same domain in a user's file goes over the shipped profile."""
    path = own(tmp_path, '[[site]]\ndomain = "news.cgtn.com"\nname = "Mine"\n')
    profile = load_profiles([path]).for_url("https://news.cgtn.com/x")
    assert profile is not None
    assert profile.name == "Mine"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[[site]]\ndomain = "x.example"\n\ntitel = "h1"\n', ":4", 'did you mean "title"?'),
        ('[[site]]\ndomain = "x.example"\ntitle = "h1["\n', ":3", "not a CSS selector"),
        ('[[site]]\ntitle = "h1"\n', "site[1].domain", "is required"),
        ('[[site]]\ndomain = "x.example"\ntimezone = "Asia/Soul"\n', ":3", "no such zone"),
        ('[[site]]\ndomain = "x.example"\nbody = 3\n', ":3", "expected a selector"),
        ('[[site]]\ndomain = "x.example"\nbody = ["p",\n3]\n', ":4", "expected a text in quotes"),
        ('[[site]]\ndomain = "x.example"\nfile = "p"\n', ":3", 'unknown key "file"'),
        ('[[site]]\ndomain = "x.example"\ntimezone = "KST"\n', ":3", 'write "Asia/Seoul"'),
        ('[site]\ndomain = "x.example"\n', ":1", "write [[site]] with two brackets"),
        ('[[site]]\ndomain = "x.example"\nbody = "p\n', ":3", "opened here and not closed"),
        (2 * '[[site]]\ndomain = "x.example"\n', ":3", "stands already in"),
        ('[[site]]\ndomain = "x.example"\nverified = true\n', ":3", "expected false"),
        ('[[sites]]\ndomain = "x.example"\n', "sites", "[[site]]"),
        ("site = [\n", "sites.toml", "not valid TOML"),
    ],
)
def test_faults_are_named_with_their_place(
    tmp_path: Path, text: str, place: str, words: str
) -> None:
    """A fault gives file, line or key, what was expected and the nearest spelling."""
    with pytest.raises(ConfigError) as caught:
        load_profiles([own(tmp_path, text)])
    assert "sites.toml" in str(caught.value)
    assert place in str(caught.value)
    assert words in str(caught.value)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """Several faults in several files are reported together."""
    broken = own(tmp_path, '[[site]]\ndomain = "x.example"\ntitel = "h1"\nbodi = "p"\n')
    with pytest.raises(ConfigError) as caught:
        load_profiles([broken, tmp_path / "absent.toml"])
    assert len(caught.value.faults) == 3
