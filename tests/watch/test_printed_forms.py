"""Under which forms a name may be printed, and which printed words are the name."""

from collections.abc import Sequence

import pytest

from monitor.model import Article
from monitor.watch import Rulebook
from monitor.watch.desk_tools.selftest import article_of
from monitor.watch.engine.patterns import NameUse, PatternTable, Strength, may_be_printed
from tests.watch.written import block_of, book_of, rule_of

GAZETTEER = """
[office.mayor]
side = "KR"
en = ["Mayor"]
ko = ["시장"]
ja = ["市長"]
zh-Hans = ["市长"]
zh-Hant = ["市長"]
zh = ["署长"]
[office.head]
side = "KR"
en = ["Chairman"]
ko = ["위원장"]
[[entity]]
id = "tal"
type = "person"
sides = ["KR"]
office = "mayor"
names.en = ["Park Tal-su"]
short.en = ["Tal"]
short.ko = ["탈"]
short.ja = ["託"]
short.zh-Hans = ["讬"]
short.zh = ["讬"]
[[tenure]]
person = "tal"
office = "head"
[[entity]]
id = "tarn"
type = "person"
sides = ["CN"]
names.en = ["Park Tarn"]
[[entity]]
id = "pair"
type = "pair"
sides = ["CN", "KR"]
names.zh-Hans = ["诧泊", "丙丁戊己"]
names.en = ["Cha-Bo"]
[[entity]]
id = "three"
type = "pair"
sides = ["CN", "KR"]
names.ko = ["가나다"]
[[entity]]
id = "body"
type = "org"
sides = ["KR"]
names.en = ["Body of Quays"]
acronyms = ["BQ", "BOQ", "BOQs", "B2Q"]
[[entity]]
id = "team"
type = "org"
sides = ["KR"]
names.en = ["Northern Star"]
[[entity]]
id = "visit"
type = "term"
sides = ["KR"]
names.zh-Hans = ["访泊"]
names.ko = ["訪韓"]
[[decoy]]
id = "club"
names.en = ["Northern Star Club"]
"""
RULE = rule_of(block_of('any = ["x"]'))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The gazetteer above."""
    return book_of(RULE, entities=GAZETTEER)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Park Tal-su, Pak Tal-su, Bak Talsu", ["Park Tal-su", "Pak Tal-su", "Bak Talsu"]),
        ("Pak Tarn", []),  # no Korean
        ("Park Tarn", ["Park Tarn"]),
        ("news\nMayor Tal left", ["Mayor Tal"]),
        ("탈 시장 연설", ["탈 시장"]), ("託 시장 연설", ["託 시장"]), ("託市長が", ["託市長"]),
        ("讬市长", ["讬市长"]), ("託市长", ["託市长"]), ("讬市長", ["讬市長"]),
        ("Chairman Tal", []), ("탈 위원장", []),  # a title that many bear
        ("诧、泊关系", ["诧、泊"]), ("诧/泊", ["诧/泊"]), ("诧，泊", ["诧，泊"]), ("诧 泊", []),
        ("诧X泊", []), ("丙丁戊己台", ["丙丁戊己"]), ("讬署长", ["讬署长"]),
        ("诧·泊", ["诧·泊"]), ("丙/丁/戊/己", []), ("C/h/a", []), ("Cha-Bo", ["Cha-Bo"]),
        ("Cha Bo", []), ("가·나·다 회담", ["가·나·다"]), ("가/나/다 회담", ["가/나/다"]),
        ("BQ, B.Q. and BOQ, B.O.Q., B.O.Q", ["BQ", "BOQ", "B.O.Q.", "B.O.Q"]),
        ("BOQs, B.O.Q.s, B2Q, B.2.Q.", ["BOQs", "B.O.Q.", "B2Q"]),
        ("Northern Star", ["Northern Star"]), ("Northern Star Club", []),
        ("northern star", []), ("NORTHERN STAR", ["NORTHERN STAR"]),
        ("Northern-Star", ["Northern-Star"]), ("Northe rn Star", []),
        ("明日访泊", ["访泊"]), ("诧访泊", ["访泊"]),
    ],
)  # fmt: skip
def test_forms_of_a_name(rulebook: Rulebook, text: str, words: Sequence[str]) -> None:
    """As it is listed, and as rules make of it: spellings, marks of a list, dots, titles."""
    found = rulebook.mentions(article_of(text, "2026-11-23"))
    assert [mention.words for mention in found] == list(words)


@pytest.mark.parametrize(
    ("written", "printed", "may"),
    [
        ("Port Town", "Port-Town", True), ("Port Town", "PortTown", True),
        ("Port Town", "Por tTown", False), ("Pyongyang", "P'yongyang", True),
        ("Pyongyang", "Pyong yang", False), ("Port Straße Town", "Port Strasse Town", True),
        ("Port Strasse Town", "Port Straße Town", True), ("Jae-myung", "Jae myung", True),
        ("개성공단", "개성 공단", True), ("원산", "원 산", False), ("원산", "원-산", True),
        ("원산", "원 · 산", False),
        ("포타운", "포\u00a0타운", False), ("포트타운", "포트\u3000타운", True),
    ],
)  # fmt: skip
def test_where_a_space_may_stand_inside(written: str, printed: str, may: bool) -> None:
    """Where a written form has one, or in a longer name of Hangul or Han; a hyphen anywhere."""
    pattern = PatternTable().pattern(written)
    assert pattern
    assert may_be_printed(pattern, printed) is may


def test_a_pair_takes_no_space_for_its_hyphen() -> None:
    """ "Korea-China" is a pair, "Korea China" is two names."""
    loose, pair = PatternTable().pattern("Bo-Cha"), PatternTable().pattern("Bo-Cha", hyphens=False)
    assert loose
    assert pair
    assert (loose.spaces, pair.spaces) == ({2}, set())
    pair.pair = True
    assert may_be_printed(pair, "Bo - Cha")
    assert not may_be_printed(pair, "Bo Cha")
    assert PatternTable().pattern("-") is None


def test_one_pattern_for_all_spellings_of_a_name() -> None:
    """It is scanned once, and remembers where each spelling has its space."""
    table = PatternTable()
    patterns = [table.pattern(one) for one in ("Lee Jae Myung", "Lee Jae-myung", "LEE JAEMYUNG")]
    assert patterns[0] is patterns[1] is patterns[2]
    assert patterns[0]
    assert patterns[0].spaces == {3, 6}
    assert set(table.by_key) == {"leejaemyung"}


@pytest.mark.parametrize(
    ("strengths", "variety", "strength"),
    [
        ([("en", "weak")], "ko", "weak"),
        ([("en", "safe"), ("ko", "weak")], "en", "safe"),
        ([("en", "safe"), ("ko", "weak")], "ko", "weak"),
        ([("en", "safe"), ("ko", "weak")], "ja", "weak"),  # the weakest that is listed
        ([("ko", "home"), ("en", "safe")], "ja", "home"),
        ([("zh", "safe"), ("ja", "weak")], "zh-Hant", "safe"),
        ([("zh-Hans", "safe"), ("zh-Hant", "weak")], "zh-Hant", "weak"),
        ([("zh", "safe"), ("ja", "weak")], "ja", "weak"),
    ],
)
def test_how_safe_a_name_is_goes_by_the_language(
    strengths: list[tuple[str, Strength]], variety: str, strength: Strength
) -> None:
    """As it is listed there; a script of Chinese by itself or by Chinese."""
    assert NameUse(0, tuple(strengths), capital=False).strength(variety) == strength


def test_titles_that_many_bear_say_too_little_alone() -> None:
    """Chairmen, generals and spokesmen are many; beside their side one of them is meant."""
    written = {
        "en": "leader Chairman Marshal General Gen. Ambassador spokesman spokeswoman spokesperson "
        "Speaker", "ko": "장관 실장 대사 의장 위원장 원장 본부장 사령관 대변인 총리 주석",
        "ja": "大使 報道官 司令官 主席 委員長 総理 首相 議長",
        "zh-Hans": "发言人 委员长 总理 领导人",
    }  # fmt: skip
    surnames = {"en": "Talbur", "ko": "탈불", "ja": "託武", "zh-Hans": "讬武"}
    titles = {language: words.split() for language, words in written.items()}
    rows = [f"{language} = {words}" for language, words in titles.items()]
    entities = "\n".join(
        ["[office.many]", 'side = "KR"', *rows, "[[entity]]", 'id = "tal"', 'type = "person"',
         'sides = ["KR"]', 'office = "many"', 'names.en = ["Ann Talbur"]',
         *(f'short.{language} = ["{surname}"]' for language, surname in surnames.items()),
         "[[entity]]", 'id = "west"', 'type = "country"', 'sides = ["KR"]',
         'names.en = ["Westland"]']
    )  # fmt: skip
    book = book_of(RULE, entities=f"{entities}\n")
    for language, words in titles.items():
        for title in words:
            name = surnames[language]
            told = {"en": f"{title} {name}", "ko": f"{name} {title}"}.get(language, name + title)
            for text, ids in ((told, []), (f"Westland: {told}", ["west", "tal"])):
                found = book.mentions(Article(title=text, language=language[:2]))
                assert [mention.entity for mention in found] == ids, text
