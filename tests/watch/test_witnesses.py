"""Which weak names count: by what else stands in their sentence or earlier, kind by kind."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.model import Article, Feed
from monitor.watch import Rulebook, load
from monitor.watch.desk_tools.selftest import article_of
from tests.watch.written import block_of, book_of, rule_of

GAZETTEER = """
[office.minister-e]
side = "CN"
en = ["Minister"]
ko = ["장관"]
[office.minister-w]
side = "KR"
en = ["Minister"]
ko = ["장관"]
[office.chief-e]
side = "CN"
leader = true
en = ["Chief"]
ko = ["총재"]
[office.chief-w]
side = "KR"
leader = true
[office.chief-n]
side = "KP"
leader = true

[[entity]]
id = "ho"
type = "person"
sides = ["KR"]
office = "minister-w"
from = "2020-01"
until = "2024-12"
weak.ko = ["조현"]
weak.en = ["Ho Sun"]
weak.zh-Hans = ["诧泊"]
near = ["외교", "diplom*", "envoy", "trade talks", "外长"]
[[entity]]
id = "wang"
type = "person"
sides = ["CN"]
office = "minister-e"
weak.ko = ["왕이"]
weak.en = ["Wen Wu"]
names.en = ["Wen Wu-ming"]
[[entity]]
id = "star"
type = "person"
sides = ["KR"]
common = true
names.en = ["Ann Day"]
[[entity]]
id = "chief-of-e"
type = "person"
sides = ["CN"]
office = "chief-e"
names.en = ["Dora Sorn"]
short.en = ["Sorn"]
short.zh-Hant = ["尹"]
short.ja = ["尹"]
near = ["grey palace"]
[[entity]]
id = "chief-of-w"
type = "person"
sides = ["KR"]
office = "chief-w"
names.en = ["Karl Moor"]
short.en = ["Moor"]
short.zh-Hant = ["李"]
[[entity]]
id = "chief-of-n"
type = "person"
sides = ["KP"]
office = "chief-n"
names.en = ["Nils Marr"]
short.en = ["Marr"]
short.zh-Hant = ["金"]
[[entity]]
id = "chairman"
type = "person"
sides = ["KP"]
office = "chief-n"
from = "2010"
until = "2020"
names.ko = ["윤의장"]
headline.ko = ["尹"]
[[entity]]
id = "poet"
type = "person"
sides = ["KR"]
names.ko = ["고시인"]
[[entity]]
id = "mars"
type = "place"
names.zh-Hans = ["火星城"]
weak.ja = ["火星城"]
[[entity]]
id = "east"
type = "country"
sides = ["CN"]
names.en = ["Eastland"]
names.ko = ["동방국"]
weak.en = ["Easty"]
headline.ko = ["中"]
[[entity]]
id = "west"
type = "country"
sides = ["KR"]
names.en = ["Westland"]
names.ko = ["서방국"]
home.en = ["Landy"]
headline.ko = ["韓"]
[[entity]]
id = "north"
type = "country"
sides = ["KP"]
names.en = ["Northland"]
headline.ko = ["北"]
[[entity]]
id = "bureau"
type = "org"
sides = ["KR"]
names.en = ["Harbour Bureau"]
weak.en = ["Bureau"]
acronyms = ["HBX"]
weak_acronyms = ["HB"]
[[entity]]
id = "office"
type = "org"
sides = ["CN"]
weak.en = ["Board"]
weak_acronyms = ["BD"]
[[entity]]
id = "club"
type = "org"
names.en = ["Rowing Club"]
[[entity]]
id = "hill"
type = "place"
sides = ["KR"]
weak.en = ["Hill"]
weak.ko = ["언덕시"]
[[entity]]
id = "river"
type = "region"
sides = ["KR", "CN"]
weak.en = ["River"]
[[entity]]
id = "plain"
type = "place"
weak.en = ["Plain"]
[[entity]]
id = "pact"
type = "agreement"
sides = ["KR"]
weak.en = ["Pact"]
"""
RULE = rule_of(block_of('any = ["x"]'))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The gazetteer above."""
    return book_of(RULE, entities=GAZETTEER)


def named(rulebook: Rulebook, text: str, day: str = "2023-01-15") -> list[str]:
    """Return the ids of all that is named; a line is the headline or a paragraph."""
    return [mention.entity for mention in rulebook.mentions(article_of(text, day))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("조현 산책", []), ("조현 외교 산책", ["ho"]), ("조현 장관 산책", ["ho"]),
        ("조현장관 산책", ["ho"]), ("외교조현", []), ("산책\n조현 산책. 외교 소식.", []),
        ("Ho Sun and a diplomat", ["ho"]), ("Ho Sun and an envoy", ["ho"]),
        ("Ho Sun and envoys", ["ho"]), ("Ho Sun at trade talks", ["ho"]),
        ("Ho Sun and undiplomatic words", []),
        ("外长诧泊", ["ho"]), ("诧泊外长", ["ho"]), ("诧泊", []), ("外诧泊长", []),
        ("Ho Sun. The envoy", ["ho"]), ("News\nHo Sun walks. The envoy", []),
        ("News\nIt rained. Ho Sun and a diplomat", ["ho"]),
        ("Minister Ho Sun", ["ho"]), ("Ministerial Ho Sun", []),
    ],
)  # fmt: skip
def test_a_word_of_its_own_stands_by_a_name(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """In its sentence, as a word; a title may follow in Korean without a space."""
    assert named(rulebook, text) == ids


@pytest.mark.parametrize(
    ("text", "day", "ids"),
    [
        ("조현-왕이 회담", "2023-01-15", ["ho", "wang"]),
        ("조현-왕이 회담", "2025-01-15", []),  # of whom one is no longer in office
        ("왕이, 조현과 통화", "2023-01-15", ["wang", "ho"]),
        ("왕이 산책\n조현 산책", "2023-01-15", []),
        ("왕이와 동방국", "2023-01-15", ["east"]),  # one's own side is no counterpart
        ("왕이와 서방국", "2023-01-15", ["west"]),  # nor is a country somebody to deal with
        ("Wen Wu meets Harbour Bureau", "2023-01-15", ["wang", "bureau"]),
        ("Wen Wu meets Bureau", "2023-01-15", ["wang", "bureau"]),
        ("Wen Wu meets Pact", "2023-01-15", ["pact"]),
        ("Wen Wu meets HB", "2023-01-15", ["wang"]),  # two guesses of which one is letters
        ("BD meets HB", "2023-01-15", ["office", "bureau"]),
        ("Wen Wu meets Karl Moor", "2023-01-15", ["wang", "chief-of-w"]),
        ("Wen Wu meets Moor", "2023-01-15", ["chief-of-w"]),  # a surname alone is no witness
        ("Wen Wu meets Rowing Club", "2023-01-15", ["club"]),  # of no side
        ("HB walks", "2023-01-15", []),
        ("Harbour Bureau walks. HB walks", "2023-01-15", ["bureau", "bureau"]),
        ("HB walks\nHarbour Bureau walks.", "2023-01-15", ["bureau", "bureau"]),
        ("News\nHB walks. Harbour Bureau walks.", "2023-01-15", ["bureau"]),
    ],
)
def test_somebody_of_the_other_side_stands_by_a_name(
    rulebook: Rulebook, text: str, day: str, ids: Sequence[str]
) -> None:
    """In office on the day, in one sentence; or the same one is named in full before."""
    assert named(rulebook, text, day) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("언덕시 폐쇄", []), ("서방국 언덕시 폐쇄", ["west", "hill"]),
        ("Hill closed", []), ("Westland closes Hill", ["west", "hill"]),
        ("Eastland closes Hill", ["east"]), ("Westland closes River", ["west"]),
        ("Westland and Eastland close River", ["west", "east", "river"]),
        ("Westland closes Plain", ["west"]),  # of no side
        ("Westland signs Pact", ["west", "pact"]), ("Eastland signs Pact", ["east"]),
        ("News\nWestland speaks. The Pact holds.", ["west"]),
        ("Westland hails Ann Day", ["west", "star"]), ("Eastland hails Ann Day", ["east"]),
        ("Wen Wu-ming meets Ann Day", ["wang", "star"]), ("Ann Day walks", []),
        ("Easty wins", []), ("Eastland wins. Easty wins", ["east", "east"]),
        ("Wen Wu-ming of Easty", ["wang", "east"]),
        ("News\nWen Wu-ming speaks. It rains. Easty wins.", ["wang", "east"]),
        ("News\nEasty wins. Wen Wu-ming speaks.", ["wang"]),
        ("Easty wins\nWen Wu-ming speaks.", ["east", "wang"]),
        ("Westland meets Easty", ["west"]),
    ],
)  # fmt: skip
def test_a_side_stands_by_a_name_of_no_person(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """Its own, each of its own for a region; a country's may stand anywhere before."""
    assert named(rulebook, text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Sorn and Moor meet", ["chief-of-e", "chief-of-w"]), ("Sorn speaks", []),
        ("Eastland's Sorn speaks", ["east", "chief-of-e"]),
        ("Westland's Sorn speaks", ["west"]),
        ("Sorn came, then " + "r" * 24 + " Moor", []),
        ("Sorn came! Moor left", []),
        ("Moor and Sorn meet", ["chief-of-w", "chief-of-e"]),
        ("Moor and Nils Marr meet", ["chief-of-w", "chief-of-n"]),
        ("Moor and Marr meet", []), ("Northland: Moor and Marr meet", ["north", "chief-of-n"]),
        ("Sorn and Ann Day", ["chief-of-e"]),
        ("Sorn and Karl Moor meet", ["chief-of-e", "chief-of-w"]),
        ("News\nEastland's Sorn speaks", ["east"]),
        ("Grey palace: Sorn is well", ["chief-of-e"]), ("Chief of staff: Sorn is well", []),
        ("李-金 회담", ["chief-of-w", "chief-of-n"]), ("李 방문", []), ("金 방문", []),
    ],
)  # fmt: skip
def test_leaders_are_called_by_surname_in_headlines(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """Beside their country, a leader of another side or a word of their own; not beside a title.

    The Koreas share their surnames.
    """
    assert named(rulebook, text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("고시인 연설", ["poet"]), ("고시인 교수 연설", []),
        ("고시인 교수는 서방국 사람", ["poet", "west"]),
        ("고시인 교수는 동방국 사람", ["east"]), ("고시인 교수단 연설", ["poet"]),
        ("서방국 교수 연설", ["west"]),  # no person
    ],
)  # fmt: skip
def test_an_everyday_title_makes_a_namesake(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """Unless the side of who is meant stands in the sentence."""
    assert named(rulebook, text) == ids


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Wen Wu-ming of Easty", ["safe", "weak"]), ("尹, 군부대 시찰", ["headline"]),
        ("Sorn and Moor meet", ["leader", "leader"]), ("BD meets HB", ["acronym", "acronym"]),
        ("고시인 교수는 서방국 사람", ["namesake", "safe"]),
        ("News\nChief Sorn sang. Sorn left.", ["title", "surname"]),
    ],
)  # fmt: skip
def test_a_mention_says_how_sure_it_is(rulebook: Rulebook, text: str, how: Sequence[str]) -> None:
    """By what kind of name it was read."""
    mentions = rulebook.mentions(article_of(text, "2019-05-01"))
    assert [mention.strength for mention in mentions] == how


def test_a_name_may_be_safe_in_one_language_and_weak_in_another(rulebook: Rulebook) -> None:
    """What an article is written in decides."""
    for language, ids in (("zh", ["mars"]), ("ja", [])):
        article = Article(title="火星城", language=language)
        assert [mention.entity for mention in rulebook.mentions(article)] == ids


@pytest.mark.parametrize(
    ("day", "is_known"),
    [("1996-12-31", False), ("1997-06-01", True), ("2009-12-31", True), ("2010-01-01", False)],
)
def test_a_person_of_the_past_is_known_for_some_years(
    tmp_path: Path, day: str, is_known: bool
) -> None:
    """From a year before the office to four years after; of an open end, for ever."""
    history = """
[office.old]
side = "KR"
en = ["Elder"]
[[entity]]
id = "elder"
type = "person"
sides = ["KR"]
office = "old"
from = "1998-06"
until = "2005"
names.en = ["Ann Elder"]
[[entity]]
id = "ever"
type = "person"
sides = ["KR"]
office = "old"
names.en = ["Ann Ever"]
[[entity]]
id = "bard"
type = "person"
sides = ["KR"]
names.en = ["Ann Bard"]
[[entity]]
id = "twice"
type = "person"
sides = ["KR"]
office = "old"
from = "1999"
until = "2005-06"
names.en = ["Ann Twice"]
[[tenure]]
person = "twice"
office = "new"
from = "1998-06"
until = "2005"
[office.new]
side = "KR"
en = ["Younger"]
[[entity]]
id = "again"
type = "person"
sides = ["KR"]
office = "old"
from = "1998-06"
until = "2005"
names.en = ["Ann Again"]
[[tenure]]
person = "again"
office = "new"
from = "2004"
"""
    path = tmp_path / "past_history.toml"
    path.write_text(history + RULE, encoding="utf-8")
    book = load([path], builtin=False)
    assert named(book, "Ann Ever", day) == ["ever"]
    assert named(book, "Ann Bard", day) == ["bard"]
    assert named(book, "Ann Again", day) == (["again"] if day > "1997" else [])  # still there
    assert named(book, "Ann Elder", day) == (["elder"] if is_known else [])
    assert named(book, "Ann Twice", day) == (["twice"] if is_known else [])
    path = tmp_path / "present.toml"  # in no file of the past
    path.write_text(history + RULE, encoding="utf-8")
    assert named(load([path], builtin=False), "Ann Elder", day) == ["elder"]


@pytest.mark.parametrize(
    ("country", "language", "ids"),
    [("KR", "en", ["west"]), ("KP", "en", []), ("CN", "en", []), ("", "en", [])],
)
def test_a_name_that_is_the_own_countrys_at_home(
    rulebook: Rulebook, country: str, language: str, ids: Sequence[str]
) -> None:
    """Elsewhere it is weak, and in the other Korea none."""
    feed = Feed("f", "https://a.example/", country=country)
    article = Article(title="Landy wins", language=language)
    assert [mention.entity for mention in rulebook.mentions(article, feed)] == ids
    beside = Article(title="Westland: Landy wins", language=language)
    found = [mention.entity for mention in rulebook.mentions(beside, feed)]
    assert found == (["west"] if country == "KP" else ["west", "west"])


@pytest.mark.parametrize(("day", "ids"), [("2019-05-01", ["chairman"]), ("2023-05-01", [])])
def test_a_letter_is_a_person_while_in_office(
    rulebook: Rulebook, day: str, ids: Sequence[str]
) -> None:
    """And nobody afterwards."""
    assert named(rulebook, "尹, 군부대 시찰", day) == ids


@pytest.mark.parametrize(
    ("title", "day", "ids"),
    [
        ("尹·Karl Moor 회담", "2019-05-01", ["chairman", "chief-of-w"]),
        ("尹·Karl Moor 회담", "2023-05-01", ["chief-of-e", "chief-of-w"]),
        ("尹총재 시찰", "2019-05-01", ["chief-of-e", "chief-of-e"]),
        ("尹회장 시찰", "2019-05-01", []),
    ],
)
def test_a_letter_is_one_person(
    rulebook: Rulebook, title: str, day: str, ids: Sequence[str]
) -> None:
    """Who is in office, not another leader of that surname; nobody, before another's title."""
    assert named(rulebook, title, day) == ids


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("中-韓 회담", ["east", "west"]),
        ("中 외교 회담", ["east"]),
        ("中, 왕이 파견", ["east"]),
    ],
)
def test_a_letter_is_a_side_in_a_korean_headline(
    rulebook: Rulebook, title: str, ids: Sequence[str]
) -> None:
    """It counts, and it stands by others."""
    assert named(rulebook, title) == ids
