"""Where a short name stands as a word, and where it is a part of another, by script."""

from collections.abc import Sequence

import pytest

from monitor.model import Article, Feed
from monitor.watch import Rulebook
from monitor.watch.engine.whole_words import whole_word
from tests.watch.written import block_of, book_of, rule_of

GAZETTEER = """
[[entity]]
id = "east"
type = "country"
sides = ["CN"]
names.en = ["Eastland"]
names.ko = ["동방국", "동방"]
compounds = ["동방국"]
headline.ko = ["中", "동"]
headline.en = ["Easterly"]
[[entity]]
id = "north"
type = "country"
sides = ["KP"]
names.en = ["Northland"]
names.ja = ["北方国"]
headline.ko = ["北"]
headline.ja = ["北"]
[[entity]]
id = "rason"
type = "place"
sides = ["KP"]
names.ja = ["ラソン"]
[[entity]]
id = "samsun"
type = "firm"
sides = ["KR"]
names.ja = ["サムスン"]
[[entity]]
id = "both"
type = "pair"
sides = ["CN", "KR"]
names.ja = ["中韓"]
names.ko = ["한중"]
[[entity]]
id = "dawn"
type = "region"
sides = ["KP"]
names.zh-Hans = ["朝方"]
[[entity]]
id = "orient"
type = "region"
sides = ["CN"]
names.ja = ["東亜", "東亜州"]
names.ko = ["동아시아권", "동아TV"]
[[entity]]
id = "trip"
type = "term"
sides = ["CN"]
names.ja = ["訪中", "訪ソ", "ソ訪"]
[[entity]]
id = "minister"
type = "term"
sides = ["KR"]
names.zh-Hans = ["韩外长"]
[[entity]]
id = "bay"
type = "place"
sides = ["KR"]
names.ko = ["새별포"]
[[entity]]
id = "star"
type = "country"
sides = ["CN"]
names.en = ["Starland"]
headline.ko = ["새별포"]
[[entity]]
id = "rocket"
type = "weapon"
sides = ["KP"]
names.en = ["Rocket 17"]
[[entity]]
id = "pine"
type = "country"
sides = ["JP"]
names.ko = ["솔"]
[[entity]]
id = "isle"
type = "country"
sides = ["JP"]
names.ko = ["남방국"]
[[entity]]
id = "cabinet"
type = "org"
sides = ["JP"]
names.en = ["Isle Cabinet"]
home.ko = ["내각부"]
[office.mayor]
side = "KR"
ko = ["시장"]
[[entity]]
id = "lee"
type = "person"
sides = ["KR"]
office = "mayor"
from = "2020"
names.ko = ["이철수"]
short.ja = ["李"]
[[entity]]
id = "kang"
type = "person"
sides = ["KR"]
names.ko = ["강철수"]
short.en = ["Kang"]
headline.ko = ["姜"]
[[entity]]
id = "visit"
type = "term"
sides = ["CN"]
names.ko = ["방중"]
"""
RULE = rule_of(block_of('any = ["x"]'))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The gazetteer above."""
    return book_of(RULE, entities=GAZETTEER)


def named(rulebook: Rulebook, language: str, title: str, *body: str) -> list[str]:
    """Return the ids of what is named."""
    article = Article(title=title, body=body, language=language)
    return [mention.entity for mention in rulebook.mentions(article)]


def test_any_noun_follows_a_name_that_is_said_to_begin_compounds(rulebook: Rulebook) -> None:
    """Behind a name in `compounds` any noun may stand, behind another only a listed one."""
    assert named(rulebook, "ko", "동방국인권 결의") == ["east"]
    assert named(rulebook, "ko", "동방인권 결의") == []
    book = book_of(rule_of(block_of('any = ["@east"]')), entities=GAZETTEER)
    (flag,) = book.flags(Article(title="동방국인권 결의", language="ko"))
    assert flag.reasons[0].words == ("동방국",)  # a name is shown without what follows it


@pytest.mark.parametrize(
    "title",
    [
        "中, 신형 항모 공개", "“中 해커 소행”", "中 외교부 “유감”", "항모 늘리는 中",
        "공개한 中 (종합)", "항의한 中 “유감”", '회의 中 "유감"', "동, 항모 공개", "공개한 동",
        "(中 항모)", "中) 항모", "기업인 中 진출", "열병식 中 참석", "中 선수 우승",
    ],
)  # fmt: skip
def test_a_letter_alone_is_a_country_in_a_korean_headline(rulebook: Rulebook, title: str) -> None:
    """As a word of its own, where a quotation follows or nothing that goes on stands before."""
    assert named(rulebook, "ko", title) == ["east"]


@pytest.mark.parametrize(
    "title",
    [
        "中2 학생 상담", "중간고사 (中) 국어", "[中] 연재", "<中> 연재", "〈中〉 연재",
        "（中） 연재", "＜中＞ 연재", "【中】 연재", "《中》 연재", "美中 회담", "中國 항모",
        "도시中 하나", "회의 中 발언", "10명 中 3명 합격", "30개 中 하나", "응답자 中 절반",
        "회사 中 상당수", "동네 빵집", "동2 아파트", "동A 발표", "작동 항모", "1일 中 발표",
    ],
)  # fmt: skip
def test_a_letter_that_is_a_part_or_means_during_is_none(rulebook: Rulebook, title: str) -> None:
    """Parts of words and numbers, levels of a school, parts of a series, "during", "among"."""
    assert named(rulebook, "ko", title) == []


@pytest.mark.parametrize(
    ("title", "ids"), [("李시장 방문", ["lee"]), ("李시장실 개편", []), ("李시장선거", [])]
)
def test_a_title_has_edges_in_a_headline_too(
    rulebook: Rulebook, title: str, ids: list[str]
) -> None:
    """What goes on behind it is another word."""
    assert named(rulebook, "ko", title) == ids


def test_a_joined_letter_counts_beside_another(rulebook: Rulebook) -> None:
    """北 in a compound nobody listed is the North where a letter stands for a country, too."""
    assert named(rulebook, "ko", "北카페 두고 中 “유감”") == ["north", "east"]
    assert named(rulebook, "ko", "北카페 두고 “유감”") == []


def test_what_is_a_name_is_no_form_of_headlines(rulebook: Rulebook) -> None:
    """A word that is somebody's name is that alone."""
    assert named(rulebook, "ko", "새별포 개항") == ["bay"]


@pytest.mark.parametrize(
    ("country", "ids"), [("KR", ["isle"]), ("KP", ["isle"]), ("US", ["isle", "cabinet"])]
)
def test_an_office_that_korea_has_too_is_its_own_there(
    rulebook: Rulebook, country: str, ids: list[str]
) -> None:
    """Elsewhere it is the neighbour's beside its country."""
    article = Article(title="남방국 내각부 발표", language="ko")
    feed = Feed(name="wire", url="", country=country)
    assert [mention.entity for mention in rulebook.mentions(article, feed)] == ids


def test_a_letter_is_a_country_in_headlines_only(rulebook: Rulebook) -> None:
    """And in no other language than headlines write so; a surname needs the whole name before."""
    assert named(rulebook, "ko", "姜, “유감”", "Kang 발언") == ["kang"]
    assert named(rulebook, "ko", "소식", "中, 신형 항모 공개") == []
    assert named(rulebook, "zh", "中, 航母") == []


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("北がミサイル", ["north"]), ("北、ミサイル", ["north"]), ("北はミサイル", ["north"]),
        ("日本、北に抗議", ["north"]), ("北へ渡航", ["north"]), ("北と対話", ["north"]),
        ("北も反発", ["north"]), ("北の大地", []), ("東北が雪", []), ("3北が雪", []), ("北風", []),
        ("ラソンで会談", ["rason"]), ("マラソンで優勝", []), ("ラソンス社", []),
        ("サムスンの利益", ["samsun"]), ("サムスングループ", ["samsun"]), ("アサムスン", []),
        ("中韓が会談", ["both"]), ("中韓台が会談", []), ("米中韓が会談", []), ("中韓越が会談", []),
        ("朝方の地震", []),  # dawn; it is a name in Chinese only
        ("X中韓Xが会談", ["both"]), ("中韓印が会談", []), ("越中韓が会談", []),
        ("ラソ", []), ("会ラソン会", ["rason"]),
        ("サムスンス", ["samsun"]), ("ーサムスン電子", []), ("サムスン電子", ["samsun"]),
        ("会見でラソンス社", []),
        ("訪ソが決まる", ["trip"]), ("ソ訪が決まる", ["trip"]),
        ("ソ訪問が決まる", []), ("訪ソンスが決まる", []),
    ],
)  # fmt: skip
def test_a_short_name_in_a_japanese_headline(
    rulebook: Rulebook, title: str, ids: Sequence[str]
) -> None:
    """A letter needs its particle, kana no other kana, a pair no third."""
    assert named(rulebook, "ja", title) == ids


@pytest.mark.parametrize(
    ("language", "ids"),
    [("ja", ["orient", "trip"]), ("zh", []), ("ko", ["orient"]), ("en", ["orient", "trip"])],
)
def test_two_letters_are_a_name_in_their_own_languages(
    rulebook: Rulebook, language: str, ids: Sequence[str]
) -> None:
    """A term in no other of the three, a name in no other of the two that write in Han letters."""
    assert named(rulebook, language, "東亜 訪中") == ids
    assert named(rulebook, language, "東亜州") == ["orient"]  # three are a name in any


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("韩外长来访", ["minister"]),
        ("与韩外长会谈", ["minister"]),
        ("中韩外长会谈", []),
        ("X韩外长会谈", ["minister"]),
    ],
)
def test_a_term_that_begins_with_a_country(
    rulebook: Rulebook, title: str, ids: Sequence[str]
) -> None:
    """Behind another country the letter belongs to a list, of which both are."""
    assert named(rulebook, "zh", title) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("다음 달 방중한다", ["visit"]),
        ("방중했다고 밝혔다", ["visit"]),
        ("다음 달 방중", ["visit"]),
        ("소방중앙회", []),
        ("동방국은 웃었다", ["east"]),
        ("서동방국 시위", []),
        ("대동방국 수출", ["east"]),
        ("대동방 수출", ["east"]),
        ("대솔 수출", []),
        ("솔 수출", ["pine"]),
        ("대동아시아권 수출", ["orient"]),
        ("대방중 일정", []),
        ("동아TV 방송", ["orient"]),
        ("수동아TV 방송", []),
        ("동아TVX 방송", []),
        ("한·중 회담", ["both"]),
        ("한-중 회담", ["both"]),
    ],
)
def test_a_name_in_hangul_takes_endings(rulebook: Rulebook, text: str, ids: Sequence[str]) -> None:
    """A verb's behind a term, particles behind a name, 대 before a country."""
    assert named(rulebook, "ko", "소식", text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Viewers of 동아TV were angry", ["orient"]), ("Viewers of 수동아TV were angry", []),
        ("Viewers of 동아TVX were angry", []), ("Rocket 17 flew", ["rocket"]),
        ("Rocket 175 flew", []), ("Rocket 17 5 flew", []),
        ("Rocket 17b flew", []), ("Sprocket 17 flew", []),
    ],
)  # fmt: skip
def test_a_name_in_an_english_text_ends_and_begins(
    rulebook: Rulebook, text: str, ids: Sequence[str]
) -> None:
    """Whatever script it begins in, and with a number as well."""
    assert named(rulebook, "en", text) == ids


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("Easterly and Eastland meet", ["east", "east"]),
        ("Easterly Bank of Eastland", ["east"]),
        ("Eastland: easterly winds", ["east"]),
        ("Eastland holds vote Easterly Monday", ["east", "east"]),
    ],
)
def test_a_short_form_in_an_english_headline(
    rulebook: Rulebook, title: str, ids: Sequence[str]
) -> None:
    """With a capital, and no other word with a capital behind it, but a day."""
    assert named(rulebook, "en", title) == ids


@pytest.mark.parametrize(
    ("text", "hit", "name", "shown"),
    [
        ("Many missiles fall", "missile", False, "missiles"),
        ("Many missiles fall", "missile", True, "missiles"),
        ("탄도미사일을 쏘다", "미사일", False, "탄도미사일"),
        ("탄도미사일발사 뒤", "미사일", False, "탄도미사일발사"),
        ("탄도미사일에서 온", "미사일", False, "탄도미사일"),
        ("탄도미사일에선 온", "미사일", False, "탄도미사일에선"),
        ("항구도시는", "도시", True, "도시"),
        ("新도시는", "도시", False, "도시"),
        ("옛新도시는", "新도시", False, "新도시"),
        ("導彈發射", "導彈", False, "導彈"),
        ("A missile", "missile", False, "missile"),
        ("x" * 60 + "미사일", "미사일", False, "미사일"),
        ("K" + "가" * 60 + "미사일", "미사일", False, "가" * 40 + "미사일"),
        ("미사일" + "가" * 60, "미사일", False, "미사일" + "가" * 40),
        ("missile" + "s" * 60, "missile", False, "missile" + "s" * 40),
    ],
)
def test_what_is_shown_of_a_hit_is_the_whole_word(
    text: str, hit: str, name: bool, shown: str
) -> None:
    """Its ending in Latin letters, its compound in Hangul but no particle; names stay as found."""
    start = text.index(hit)
    begin, end = whole_word(text, start, start + len(hit), name=name)
    assert text[begin:end] == shown
