"""Loading: every mistake is named by file and line, all at once; files override by id."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import Article, Feed
from monitor.watch import Rulebook, load
from tests.budget import within

GOOD = """
[[rule]]
id = "harbour"
name = "Harbour news"
alert = { now = 5, digest = 2 }
repeat_after = "1h30m"
until = 2027-01-31
note = "kept by the shipping desk"
[[rule.when]]
all = ["harbour*", ["crane", "strike"]]
within = "sentence"
score = { headline = 5, body = 2 }
[[rule.test]]
should = ["Harbour crane drivers strike"]
should_not = ["Crane birds return"]
"""


# What mistakes are told against: a person, an office, a decoy and a list.
KNOWN = """
[[entity]]
id = "wang-yi"
type = "person"
sides = ["CN"]
names = { en = ["Wang Yi"], ko = ["왕이"] }
[office.foreign-minister-cn]
side = "CN"
en = ["Foreign Minister"]
[[decoy]]
id = "south-china-sea"
names.en = ["South China Sea"]
[list.sports]
words = ["football"]
"""


def _write(folder: Path, text: str, name: str = "rules.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _load(folder: Path, *texts: str, builtin: bool = False) -> Rulebook:
    paths = [_write(folder, text, f"{number}.toml") for number, text in enumerate(texts)]
    return load(paths, builtin=builtin)


def _fault(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load([_write(folder, KNOWN, "known.toml"), _write(folder, text)], builtin=False)
    return str(caught.value)


def test_a_rule_keeps_what_was_written(tmp_path: Path) -> None:
    """Thresholds, dates, durations and the place of a rule can be read back."""
    rule = _load(tmp_path, GOOD).rules[0]
    assert rule.thresholds == (("now", 5.0), ("digest", 2.0))
    assert rule.repeat_after == timedelta(minutes=90)
    assert rule.until == date(2027, 1, 31)
    assert rule.line == 2
    assert rule.file.endswith("0.toml")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "Harbour', 'nme = "Harbour', 4, 'unknown key "nme" (did you mean "name"?)'),
        ('within = "sentence"', 'within = "sentance"', 11, 'unknown reach "sentance"'),
        ("score = { headline", "score = { heading", 12, 'unknown zone "heading"'),
        ("digest = 2 }", "digset = 2 }", 5, 'unknown level "digset" (did you mean "digest"?)'),
        ("now = 5", "now = 1", 5, "a higher level needs a higher threshold"),
        ('"harbour*"', '"har*"', 10, "too short"),
        ('"harbour*"', '"하*"', 10, "too short"),
        ('"harbour*"', '"-·-"', 10, "nothing is left of this term"),
        ('"harbour*"', '"har*bour"', 10, "a star may only end a word"),
        ('"harbour*"', '"@kp"', 10, 'write "@KP"'),
        ('"harbour*"', '"@wang-yee"', 10, 'unknown entity "@wang-yee" (did you mean "wang-yi"?)'),
        ('"harbour*"', '"@weapons.KP"', 10, 'unknown entity type "weapons"'),
        ('"harbour*"', '"@weapon.kp"', 10, 'write "@weapon.KP"'),
        ('"harbour*"', '"@office.premier-kr"', 10, "unknown office"),
        ('"harbour*"', '"#sport"', 10, 'unknown list "#sport" (did you mean "sports"?)'),
        ('"harbour*"', '"South China Sea"', 10, "it never counts"),
        ('["crane", "strike"]', "[]", 10, "an empty list can never hold"),
        ("should_not =", "shouldnt =", 15, 'unknown key "shouldnt" (did you mean'),
        ("until = 2027-01-31", 'until = "soon"', 7, 'not a date: "soon"'),
        ('repeat_after = "1h30m"', "repeat_after = 90", 6, "expected a duration"),
        ("alert = { now = 5, digest = 2 }", 'alert = "now"', 12, "needs numeric thresholds"),
        ('id = "harbour"', "id = 3", 3, "expected a text in quotes"),
    ],
)
def test_mistakes_in_a_rule(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    """A mistake is named with its line and, where one is near, the right spelling."""
    assert old in GOOD
    text = _fault(tmp_path, GOOD.replace(old, new))
    assert message in text
    assert f"rules.toml:{line}:" in text


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("@wang-yee", 'unknown entity "@wang-yee" (did you mean "wang-yi"?)'),
        ("#sport", 'unknown list "#sport" (did you mean "sports"?)'),
        ("South China Sea", "it never counts"),
    ],
)
def test_mistakes_in_a_list(tmp_path: Path, word: str, message: str) -> None:
    """A word of a list is looked at as closely as one of a rule."""
    text = _fault(tmp_path, f'[list.wharves]\nwords = [\n  "quay",\n  "{word}",\n]\n')
    assert message in text
    assert "rules.toml:4:" in text


def test_lists_may_hold_lists(tmp_path: Path) -> None:
    """A list's words count wherever a list that names it stands, even when both name each other."""
    lists = '[list.a]\nwords = ["#b"]\n[list.b]\nwords = ["#a", "harbour"]\n'
    rulebook = _load(tmp_path, lists + GOOD.replace('"harbour*"', '"#a"'))
    assert rulebook.flags(Article(title="Harbour crane drivers strike"))
    assert not rulebook.flags(Article(title="Crane drivers strike"))


def test_a_rule_needs_tests_of_both_kinds(tmp_path: Path) -> None:
    """A rule without a `should` and a `should_not` does not load."""
    text = _fault(tmp_path, GOOD[: GOOD.index("[[rule.test]]")])
    assert "`should`" in text
    assert "`should_not`" in text


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    """Mistakes of several files are reported together."""
    first = _write(tmp_path, GOOD.replace("within", "whitin"), "a.toml")
    second = _write(tmp_path, GOOD.replace("note", "notes").replace("crane", "@nobody"), "b.toml")
    with pytest.raises(ConfigError) as caught:
        load([first, second], builtin=False)
    assert len(caught.value.faults) == 3
    places = [(fault.file, fault.line) for fault in caught.value.faults]
    assert places == sorted(places)


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    """A syntax error is one fault with its line, not a traceback."""
    assert "rules.toml:3: not valid TOML" in _fault(tmp_path, "\n\nid = = 3\n")


@pytest.mark.parametrize(
    "text",
    [
        "rule = 3",
        "[rule]\nid = 'x'",
        "[[rule]]\nid = 'x'\nwhen = 3",
        "[[rule]]\nid = 'x'\n[[rule.when]]\nall = 'x'",
        "[[rule]]\nid = 'x'\n[[rule.when]]\nany = [1]",
        "[list]\nsports = 3",
        "[list.x]\npatterns = ['(']",
        "list = 3",
        "[[entity]]\nname = 'x'",
        "[[entity]]\nid = 'x'\ntype = 'persn'\nsides = ['cn']\nnames.en = 'X'",
        "[[entity]]\nid = 'x'\ntype = 'person'\nnames.xx = ['X']\nfrom = 'May'",
        "[[entity]]\nid = 'x'\ntype = 'person'\nnames.en = ['X']\noffice = 'none-such'",
        "[[decoy]]\nid = 'x'\nnames = 3",
        "[office.x]\nside = 'XX'",
        "entity = 3",
        "office = 3",
        "what = 1",
    ],
)
def test_any_wrong_shape_is_a_fault(tmp_path: Path, text: str) -> None:
    """Whatever is in the file, the error is a list of faults."""
    assert "rules.toml" in _fault(tmp_path, text)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A missing file, a folder and a file that is not UTF-8 are named."""
    binary = tmp_path / "latin.toml"
    binary.write_bytes(b"note = '\xff\xfe'")
    with pytest.raises(ConfigError) as caught:
        load([tmp_path / "gone.toml", tmp_path, binary], builtin=False)
    assert len(caught.value.faults) == 3


def test_a_users_rule_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    """A rule of a built-in topic's id replaces it, and is still one."""
    text = GOOD.replace('id = "harbour"', 'id = "korean-peninsula"')
    rules = {rule.id: rule.name for rule in load([_write(tmp_path, text)]).rules}
    assert rules["korean-peninsula"] == "Harbour news"


KINDS = {
    "rule": GOOD.lstrip().replace('"harbour"', '"ID"', 1),
    "entity": '[[entity]]\nid = "ID"\ntype = "place"\nnames.en = ["Quay"]\n',
    "decoy": '[[decoy]]\nid = "ID"\nnames.en = ["Quay Street"]\n',
    "list": '[list.ID]\nwords = ["quay"]\n',
    "office": '[office.ID]\nside = "KR"\nen = ["Harbour Master"]\n',
}


@pytest.mark.parametrize("kind", KINDS)
def test_two_of_ones_own_under_one_id_are_a_fault(tmp_path: Path, kind: str) -> None:
    """Neither would be lost in silence: the second names the first with its line."""
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, *2 * [KINDS[kind].replace("ID", "harbour")])
    (fault,) = caught.value.faults
    assert str(fault).startswith(str(tmp_path / "1.toml"))
    assert "0.toml:1 " in str(fault)
    assert "stands already" in str(fault)
    assert "extend = true" in str(fault)


@pytest.mark.parametrize("kind", ["rule", "entity", "decoy"])
def test_two_under_one_id_in_one_file_are_a_fault(tmp_path: Path, kind: str) -> None:
    """A copied table whose id was not changed is told."""
    with pytest.raises(ConfigError, match="stands already"):
        _load(tmp_path, 2 * KINDS[kind].replace("ID", "harbour"))


@pytest.mark.parametrize("kind", KINDS)
def test_extending_what_does_not_stand_is_a_fault(tmp_path: Path, kind: str) -> None:
    """`extend = true` under a misspelled id would make a second thing beside the one meant."""
    head, rest = KINDS[kind].split("\n", 1)
    first = KINDS[kind].replace("ID", "harbour")
    text = f"{head}\nextend = true\n{rest}".replace("ID", "harbuor")
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, first, text)
    assert f"there is no {kind}" in str(caught.value)
    assert "did you mean" in str(caught.value)


@pytest.mark.parametrize(
    ("term", "said", "hint"),
    [
        ("kr:방중", 'unknown language "kr:"', 'did you mean "ko:"?'),
        ("kr: 방중", 'unknown language "kr:"', 'did you mean "ko:"?'),
        ("cn:访问", 'unknown language "cn:"', 'did you mean "zh:"?'),
        ("jp:訪中", 'unknown language "jp:"', 'did you mean "ja:"?'),
        ("zh-Hans:访问", 'unknown language "zh-Hans:"', 'did you mean "zh:"?'),
        ("tw:訪問", 'unknown language "tw:"', 'did you mean "zh:"?'),
        ("kor:방중", 'unknown language "kor:"', 'did you mean "ko:"?'),
        ("ko_KR:방중", 'unknown language "ko_KR:"', 'did you mean "ko:"?'),
        ("KO:방중", 'unknown language "KO:"', 'did you mean "ko:"?'),
        ("fr:port", 'unknown language "fr:"', "one of en, ko, zh, ja"),
        ("@NK", 'unknown side "NK"', 'write "@KP"'),
        ("@DPRK", 'unknown side "DPRK"', 'write "@KP"'),
        ("@rok", 'unknown entity "@rok"', 'write "@KR"'),
        ("@weapon.NK", 'unknown side "NK"', 'write "@weapon.KP"'),
        ("@Wang Yi", 'unknown entity "@Wang Yi"', 'write "@wang-yi"'),
        ("@왕이", 'unknown entity "@왕이"', 'write "@wang-yi"'),
        ("@wepon.KP", 'unknown entity type "wepon"', 'did you mean "weapon"?'),
    ],
)
def test_a_term_that_could_never_hit_is_a_fault(
    tmp_path: Path, term: str, said: str, hint: str
) -> None:
    """What people type for a language, side or entity is told with what it should be."""
    text = _fault(tmp_path, GOOD.replace('["crane", "strike"]', f'["crane",\n  "{term}"]'))
    assert said in text
    assert hint in text
    assert "rules.toml:11:" in text


@pytest.mark.parametrize(
    "term", ["=re:x", "UN:ship", "re", "ratio 3:1", "http:", "ko:방중", "ko: 방중"]
)
def test_a_colon_is_no_mistake(tmp_path: Path, term: str) -> None:
    """Words with a colon that are no language stay words."""
    assert _load(tmp_path, GOOD.replace('"strike"', f'"{term}"')).rules


def test_rules_and_names_in_an_unknown_language_are_a_fault(tmp_path: Path) -> None:
    """A language that no story can have silences a rule or a name."""
    rule = _fault(tmp_path, GOOD.replace("note =", 'languages = ["kr"]\nnote ='))
    assert 'unknown language "kr" (did you mean "ko"?)' in rule
    name = '[[entity]]\nid = "x"\ntype = "person"\nnames.cn = ["某某"]\n'
    assert 'unknown language "cn" (did you mean "zh-Hans"?)' in _fault(tmp_path, name)


def test_a_fault_in_a_value_hides_no_other(tmp_path: Path) -> None:
    """A rule with a wrong key is still looked through for terms that name nothing."""
    text = GOOD.replace("note =", "nota =").replace('"crane"', '"@nobody"')
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text.replace("score =", "scores ="))
    said = str(caught.value)
    assert len(caught.value.faults) == 3
    assert all(word in said for word in ('"nota"', '"@nobody"', '"scores"'))


@pytest.mark.parametrize(
    ("block", "key"),
    [("when", 'keep_if = ["x"]'), ("unless", "score = 3"), ("unless", 'level = "now"')],
)
def test_a_key_in_the_wrong_kind_of_block_is_a_fault(tmp_path: Path, block: str, key: str) -> None:
    """What only a `when` or only an `unless` reads would be ignored in the other."""
    other = "unless" if block == "when" else "when"
    text = GOOD.replace("[[rule.test]]", f'[[rule.{block}]]\nany = ["x"]\n{key}\n[[rule.test]]')
    assert f"it belongs to [[rule.{other}]]" in _fault(tmp_path, text)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("as_of = 2026", "as_of"),
        ('[[tenure]]\nperson = "nobody"\noffice = "x"', 'unknown person "nobody"'),
        ('[[tenure]]\nperson = "wang-yi"\noffice = "x"', 'unknown office "x"'),
        (
            '[[tenure]]\nperson = "wang-yi"\noffice = "foreign-minister-cn"\nfrom = "2013-13"',
            "not a date",
        ),
        ('[office.x]\nsid = "KR"\nen = ["X"]', 'unknown key "sid" (did you mean "side"?)'),
        ('[office.x]\nen = ["X"]', "an office needs a side"),
        ('[office.x]\nside = "ROK"\nen = ["X"]', 'unknown side "ROK" (did you mean "KR"?)'),
        (
            '[[entity]]\nid = "x"\ntype = "person"\nfile = "y"\nnames.en = ["X"]',
            'unknown key "file"',
        ),
        ('[entity]\nid = "x"', "write [[entity]] with two brackets"),
        ('[[entity]]\nid = "x"\ntype = "person"\nnames.en = "X"', "names.en: expected a list"),
        (
            '[[entity]]\nid = "x"\ntype = "org"\nnames.en = ["X"]\n'
            'from = "2020-05"\nuntil = "2019"',
            "until lies before from",
        ),
        (
            '[[entity]]\nid = "x"\ntype = "org"\nnames.ko = ["북국"]\ncompounds = ["북한"]',
            'compounds: "북한" is none of its names',
        ),
        (
            '[[entity]]\nid = "x"\ntype = "term"\nnames.en = ["X"]\ntold_as = "chin"',
            'unknown told_as "chin"',
        ),
        ('[[entity]]\nid = "x"\ntype = "persn"\nnames.en = ["X"]', 'did you mean "person"?'),
    ],
)
def test_mistakes_in_the_gazetteer(tmp_path: Path, line: str, message: str) -> None:
    """Entities, offices and tenures are looked at as closely as rules."""
    assert message in _fault(tmp_path, line + "\n")


def test_extend_adds_blocks_and_replaces_what_is_written(tmp_path: Path) -> None:
    """`extend = true` keeps the old blocks and tests and changes only the keys given."""
    more = (
        '[[rule]]\nid = "harbour"\nextend = true\nname = "Ports"\n[[rule.when]]\nany = ["quay"]\n'
    )
    rule = _load(tmp_path, GOOD, more).rules[0]
    assert rule.name == "Ports"
    assert rule.thresholds == (("now", 5.0), ("digest", 2.0))
    assert len(rule.whens) == 2
    assert rule.repeat_after == timedelta(minutes=90)


def test_a_users_file_extends_a_built_in_entity(tmp_path: Path) -> None:
    """A name added to a built-in entity counts beside the old ones."""
    more = '[[entity]]\nid = "wang-yi"\nextend = true\nnames.en = ["Minister W."]\n'
    rulebook = load(entity_files=[_write(tmp_path, more)])
    found = {m.entity for m in rulebook.mentions(Article(title="Minister W. and Wang Yi"))}
    assert found == {"wang-yi"}
    assert rulebook.entity_name("wang-yi", "ko") == "왕이"


def test_a_list_can_be_extended(tmp_path: Path) -> None:
    """Words added to a built-in list work in the built-in topics."""
    more = '[list.sports]\nextend = true\nwords = ["kabaddi"]\n'
    rulebook = load([_write(tmp_path, more)])
    assert not rulebook.flags(Article(title="China and South Korea meet in kabaddi"))
    assert load().flags(Article(title="China and South Korea meet in kabaddi"))


def test_rules_can_be_switched_off_bound_and_ended(tmp_path: Path) -> None:
    """A rule is silent when off, after its last day, in other languages and for other feeds."""
    article = Article(title="Harbour crane falls", language="en")
    feed = Feed(name="port-desk", url="")
    cases = {
        "": 1,
        "enabled = false": 0,
        "until = 2000-01-01": 0,
        'languages = ["ko"]': 0,
        'languages = ["en"]': 1,
        'feeds = ["port-*"]': 1,
        'feeds = ["port-*", "!*-desk"]': 0,
        'feeds = ["!*-desk"]': 0,
        'feeds = ["rail-*"]': 0,
    }
    for line, expected in cases.items():
        text = GOOD.replace("until = 2027-01-31", line)
        assert len(_load(tmp_path, text).flags(article, feed)) == expected, line


def test_built_ins_are_whole() -> None:
    """The package's own files load without a fault, with both topics."""
    rulebook = load()
    assert {"china-south-korea", "korean-peninsula"} <= {rule.id for rule in rulebook.rules}
    assert len(rulebook.entities) > 300


@pytest.mark.parametrize("word", ["<a>" * 40_000, "ab " * 30_000 + "c"])
def test_a_word_without_end_is_read_at_once(tmp_path: Path, word: str) -> None:
    """A pattern that repeats itself ten thousand times is made ready as any other is."""
    path = tmp_path / "rules.toml"
    path.write_text(f'[[entity]]\nid = "x"\ntype = "person"\n[entity.names]\nen = ["{word}"]\n')
    within(8, lambda: load([path], builtin=False))
