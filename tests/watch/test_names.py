"""Which names of a small gazetteer count where, each rule of the reading by itself."""

from collections.abc import Sequence

import pytest

from monitor.model import Article
from monitor.watch import Rulebook
from monitor.watch.desk_tools.selftest import article_of
from monitor.watch.engine.romanised import sound, spellings
from tests.watch.written import block_of, book_of, rule_of

GAZETTEER = """
[office.mayor]
side = "CN"
en = ["Mayor"]
ko = ["시장"]
[office.harbour-master]
side = "CN"
en = ["Harbour Master", "spokesman"]
[office.president]
side = "KR"
leader = true
en = ["President"]
[office.chairman]
side = "CN"
leader = true
en = ["Premier"]

[[entity]]
id = "anna-bell"
type = "person"
sides = ["CN"]
office = "mayor"
from = "2020-01"
until = "2022-06"
names.en = ["Anna Bell"]
short.en = ["Bell"]
short.ko = ["벨"]
[[tenure]]
person = "anna-bell"
office = "harbour-master"
from = "2024-01"
until = "2025-06"
[[entity]]
id = "carl-bell"
type = "person"
sides = ["CN"]
office = "mayor"
from = "2022-07"
until = "2023-12"
names.en = ["Carl Bell"]
short.en = ["Bell"]
short.ko = ["벨"]
[[entity]]
id = "edna-bell"
type = "person"
sides = ["CN"]
names.en = ["Edna Bell"]
short.en = ["Bell"]
[[tenure]]
person = "edna-bell"
office = "mayor"
from = "2024-01"
until = "2024-02"
acting = true
[[entity]]
id = "dora-sun"
type = "person"
sides = ["CN"]
office = "chairman"
names.en = ["Dora Sun"]
names.ko = ["도라선"]
short.en = ["Sun", "Dorsun"]
short.zh-Hant = ["孫"]
[[entity]]
id = "lee-sang-jae"
type = "person"
sides = ["KR"]
office = "president"
names.en = ["Lee Sang-jae"]
short.en = ["Lee"]
short.zh-Hant = ["李"]

[[entity]]
id = "port-town"
type = "place"
sides = ["KR"]
names.en = ["Port Town"]
names.ko = ["포트타운"]
acronyms = ["PTN", "PX"]
[[entity]]
id = "port-authority"
type = "org"
sides = ["KR"]
names.en = ["Port Agency"]
acronyms = ["PAKO"]
[[entity]]
id = "town-hall"
type = "org"
sides = ["KR"]
weak.en = ["Town Hall Committee", "Grand Old Port"]
[[entity]]
id = "greater-port"
type = "org"
sides = ["KR"]
weak.en = ["Greater Port Town"]
[[entity]]
id = "strait"
type = "region"
sides = ["KR", "CN"]
weak.en = ["Narrows"]
[[entity]]
id = "ch-state"
type = "country"
sides = ["CN"]
names.en = ["Chland"]
names.zh-Hans = ["诧国"]
[[entity]]
id = "the-pair"
type = "pair"
sides = ["CN", "KR"]
names.zh-Hans = ["诧泊"]

[[decoy]]
id = "rovers"
names.en = ["Port Town Rovers", "Old Port Town", "Grand Quay"]
"""
RULE = rule_of(block_of('any = ["quay", "old port"]'))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The gazetteer above, and a rule of two terms."""
    return book_of(RULE, entities=GAZETTEER)


def named(rulebook: Rulebook, text: str, day: str = "2023-01-15") -> list[tuple[str, str]]:
    """Return (id, words as printed) of all that is named."""
    return [(m.entity, m.words) for m in rulebook.mentions(article_of(text, day))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Port Town Rovers win", []),  # the decoy is longer
        ("Rovers of Port Town win", ["Port Town"]),
        ("Fire in Old Port Town", []),
        # A weak name that begins or ends inside a sure one was never meant, however long it is.
        ("Port Town Hall Committee meets", ["Port Town"]),
        ("Grand Old Port Town", []),
        ("Grand Old Port Agency meets", ["Port Agency"]),
        ("Port Agency, Grand Old Port quarrel", ["Port Agency", "Grand Old Port"]),
        ("Town Hall Committee of Port Town meets", ["Town Hall Committee", "Port Town"]),
        # One that holds a sure one, or stands in front of it, hides nothing.
        ("Greater Port Town grows", ["Greater Port Town", "Port Town"]),
        ("Port Town, Port Agency, Town Hall Committee and Port Town Hall Committee",
         ["Port Town", "Port Agency", "Town Hall Committee", "Port Town"]),
    ],
)  # fmt: skip
def test_of_names_that_overlap_the_longest_sure_one_is_meant(
    rulebook: Rulebook, text: str, words: Sequence[str]
) -> None:
    """Decoys swallow what they hide, and weak names hide nothing."""
    assert [printed for _, printed in named(rulebook, text)] == words


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Old Port Town", False),  # "old port" lies in the decoy
        ("Fire in the Grand Quay", False),
        ("Fire in the Grand Quay and the quay", True),
        ("Port Town Rovers at Grand Quay, quay", True),  # behind a decoy shorter than another
        ("Fire at night in Old Port Town", False),
        ("Fire at night in the old port of Old Port Town", True),
        ("Old Port is cold", True),
        ("Port Town Rovers on the quay", True),
        ("A quay for the Port Town Rovers", True),
        ("Port Town Rovers and Old Port Town and the old port", True),
    ],
)
def test_a_decoy_hides_the_terms_that_lie_in_it(rulebook: Rulebook, text: str, hit: bool) -> None:
    """And no others, before it or behind."""
    assert bool(rulebook.flags(article_of(text, ""))) is hit


@pytest.mark.parametrize(
    ("text", "day", "ids"),
    [
        ("Mayor Bell opens bridge", "2021-03-01", ["anna-bell"]),
        ("Mayor Bell opens bridge", "2023-03-01", ["carl-bell"]),
        ("Mayor Bell opens bridge", "2026-03-01", []),
        ("Former Mayor Bell opens bridge", "2026-03-01", ["carl-bell"]),
        ("Ex-Mayor Bell opens bridge", "2024-03-01", ["carl-bell"]),
        ("Former Harbour Master Bell rows", "2026-03-01", ["anna-bell"]),
        ("Former Harbour Master Bell rows", "2023-03-01", []),  # had not held it yet
        ("A former inn. Mayor Bell sings", "2026-03-01", []),
        ("Mayor Bell opens bridge", "2024-01-15", ["edna-bell"]),  # who only deputises
        # Whoever is in office now, a former one is another; "then" may be told of today.
        ("Former Mayor Bell opens bridge", "2023-03-01", ["anna-bell"]),
        ("Former Mayor Bell opens bridge", "2021-03-01", []),
        ("Reformer Mayor Bell sings", "2023-03-01", ["carl-bell"]),
        ("It rained, then Mayor Bell sang", "2023-03-01", ["carl-bell"]),
        ("The then-Mayor Bell sang", "2026-03-01", ["carl-bell"]),
        ("오전 벨 시장 연설", "2023-03-01", ["carl-bell"]),
        ("News\nAnna Bell came. Former Mayor Bell sang", "2026-03-01", ["anna-bell"] * 2),
        # A title that many bear needs its side or its bearer beside it.
        ("spokesman Bell speaks", "2024-06-01", []),
        ("Chland spokesman Bell speaks", "2024-06-01", ["ch-state", "anna-bell"]),
    ],
)
def test_a_title_with_a_surname_is_who_held_the_office(
    rulebook: Rulebook, text: str, day: str, ids: Sequence[str]
) -> None:
    """On the day; of a former one the last before it; nobody's when nobody did."""
    assert [entity for entity, _ in named(rulebook, text, day)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Bell sings\nAnna Bell came.", ["anna-bell", "anna-bell"]),
        ("Bell sings\nAnna Bell came. Carl Bell left.", ["anna-bell", "anna-bell", "carl-bell"]),
        ("Anna Bell came, Carl Bell left, Bell sings", ["anna-bell", "carl-bell", "anna-bell"]),
        ("Song\nAnna Bell came, Carl Bell left, Bell sings", ["anna-bell", "carl-bell"] * 2),
        ("Anna Bell and the Bell Tower", ["anna-bell"]),
        ("Anna Bell and the Bell Tower, where Bell sings", ["anna-bell", "anna-bell"]),
        ("Anna Bell and a Bell-like song by Bell", ["anna-bell", "anna-bell"]),
        ("Anna Bell and the bell", ["anna-bell"]),
        ("News\nBell sings. Anna Bell came.", ["anna-bell"]),
        ("News\nPremier Dora Sun in the Sun.", ["dora-sun"]),  # an English word
        ("Dora Sun and Dorsun", ["dora-sun", "dora-sun"]),
    ],
)
def test_a_bare_surname_is_who_was_named_in_full_before(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """The last one before it; in a headline the first of the lede."""
    if text.startswith("Song"):
        ids = ["anna-bell", "carl-bell", "carl-bell"]
    assert [entity for entity, _ in named(rulebook, text)] == ids


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PTN, P.T.N. and P.T.N in one", ["PTN", "P.T.N.", "P.T.N"]),
        ("ptn and Ptn", []),
        ("PX but no P.X.", ["PX"]),
        ("PTN HARBOUR CLOSES", []),  # all in capitals it may be a word
        ("PAKO HARBOUR CLOSES", ["PAKO"]),
        ("FIRE\nPTN closes.\nPTN AND NOBODY.", ["PTN", "PTN"]),
        ("PORT TOWN AND PTN", ["PORT TOWN", "PTN"]),
    ],
)
def test_an_acronym_is_printed_as_one(rulebook: Rulebook, text: str, words: Sequence[str]) -> None:
    """With or without its dots, from three letters; a short one in a line of capitals is weak."""
    assert [printed for _, printed in named(rulebook, text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("포트타운에서 회담", ["포트타운"]),
        ("포트타운시티 개장", []),  # a part of a longer word
        ("新포트타운", ["포트타운"]),
        ("诧泊关系", ["诧泊"]),
        ("诧、泊关系", ["诧、泊"]),
        ("诧/泊关系", ["诧/泊"]),
        ("诧国总理", ["诧国"]),
    ],
)
def test_borders_are_those_of_the_script(
    rulebook: Rulebook, text: str, words: Sequence[str]
) -> None:
    """Hangul takes particles and no other syllables; a pair takes the marks of a list."""
    assert [printed for _, printed in named(rulebook, text)] == words


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Narrows closed", []),
        ("Port Town: Narrows closed", ["port-town"]),  # of two sides one says nothing
        ("Chland and Port Town close Narrows", ["ch-state", "port-town", "strait"]),
        ("Chland, Port Town at Narrows Hotel", ["ch-state", "port-town"]),
        ("CHLAND AND PORT TOWN CLOSE NARROWS NOW", ["ch-state", "port-town", "strait"]),
        ("Lee and Dorsun meet", ["lee-sang-jae", "dora-sun"]),
        ("Lee meets the press", []),
        ("Lee came. It rained and rained and rained. Dorsun left", []),
        ("News\nLee and Dorsun meet.", []),  # in headlines only
    ],
)
def test_a_weak_name_needs_a_second_witness(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """Both sides of a strait, or a leader of the other side close by."""
    assert [entity for entity, _ in named(rulebook, text)] == ids


def test_surnames_that_are_english_words_are_never_bare() -> None:
    """Neither "so" nor "long" is anybody, whoever was named before."""
    surnames = ["He", "No", "An", "So", "Do", "Sun", "Long", "Ho", "Ha", "Ban", "Bell"]
    entities = "\n".join(
        f'[[entity]]\nid = "{one.lower()}"\ntype = "person"\nsides = ["KR"]\n'
        f'names.en = ["Ann {one}"]\nshort.en = ["{one}"]'
        for one in surnames
    )
    book = book_of(RULE, entities=f"{entities}\n")
    for one in surnames:
        found = book.mentions(article_of(f"News\nAnn {one} spoke. Then {one} sang.", ""))
        assert [mention.words for mention in found] == [f"Ann {one}", one][: 1 + (one == "Bell")]


def test_a_korean_is_found_by_the_other_spellings_of_the_surname(rulebook: Rulebook) -> None:
    """Lee is Yi, Rhee and the North's Ri; names of others are as listed."""
    for surname in ("Lee", "Yi", "Rhee", "Ri"):
        assert named(rulebook, f"{surname} Sang-jae speaks")[0][0] == "lee-sang-jae"
    assert named(rulebook, "Leigh Sang-jae speaks") == []
    habits = (
        "Park Pak Bak/Cho Jo/Kim Gim/Chung Jung Jeong Chong/Choi Choe/Yoon Yun/Moon Mun/Roh Noh/"
        "Shin Sin/Suh Seo/Kang Gang/Yoo Yu Ryu/Chang Jang/Lim Im Rim/Kwon Gwon/Oh O/Ahn An/"
        "Paek Baek Paik/Jeon Chun Jun/Woo Wu/Koh Ko Go"
    )
    for row in map(str.split, habits.split("/")):
        for one in row:
            assert sorted([*spellings(f"{one} Gil"), f"{one} Gil"]) == [
                f"{n} Gil" for n in sorted(row)
            ]
    assert list(spellings("Sang")) == list(spellings("Smith Sang-jae")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lee Jae-myung", "Yi Chae-myong"), ("Lee Cheol-soo", "Ri Chol-su"),
        ("Chung Mong-koo", "Jeong Mong-gu"), ("Cho Tae-yul", "Jo Dae-yeol"),
        ("Kim Ki-nam", "Gim Gi-nam"), ("Paek Nam-sun", "Baek Nam-soon"),
    ],
)  # fmt: skip
def test_spellings_of_one_korean_name_sound_alike(one: str, other: str) -> None:
    """Whatever system they follow; names of others do not."""
    assert sound(one) == sound(other)
    assert sound(one) != sound("Han Duck-soo")


def test_an_article_says_where_a_name_stands(rulebook: Rulebook) -> None:
    """The headline, the lede and what comes after."""
    body = ("Port Town burns.", "It rains.", "It snows.", "It hails.", "Port Town is cold.")
    mentions = rulebook.mentions(Article(title="Port Town", body=body))
    assert [mention.zone for mention in mentions] == ["headline", "lede", "body"]
