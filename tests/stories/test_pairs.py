"""The same event in several languages, on texts of our own with the real gazetteer.

`pairs_1.toml` and `pairs_2.toml` hold 39 events, each reported for itself in two to four languages,
with hard neighbours: the same people on another day, the same day but another event. `pairs_3.toml`
and `pairs_4.toml` hold 64 as feeds give them, a headline or a headline and a sentence.
"""

import tomllib
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Article
from monitor.stories import Signature, Window, sign
from monitor.stories.bound import at_most
from monitor.stories.lexicon import states_for
from monitor.stories.rarity import Rarity
from monitor.stories.same_event import judge
from monitor.stories.weighed import weigh
from monitor.watch import Rulebook
from tests.rules import built_in
from tests.stories.texts import group


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return built_in()


def read_texts(*names: str) -> list[dict[str, Any]]:
    texts: list[dict[str, Any]] = []
    for name in names or ("pairs_1.toml", "pairs_2.toml"):
        texts += tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["text"]
    return texts


def signature_of(rulebook: Rulebook, number: int, text: dict[str, Any]) -> Signature:
    article = Article(
        title=text["title"],
        body=tuple(text["body"].strip().split("\n")) if text["body"] else (),
        language=text["language"],
        published=text["published"],
        source=text["outlet"],
    )
    mentions = [m for m in rulebook.mentions(article) if m.zone != "body"]
    return sign(
        article,
        id=number,
        seen=text["published"] + timedelta(minutes=2),
        entities=[mention.entity for mention in mentions],
        headline_entities=[m.entity for m in mentions if m.zone == "headline"],
        headline_names=[
            (m.start, m.end, m.entity, m.sides) for m in mentions if m.zone == "headline"
        ],
        sides=sorted({side for mention in mentions for side in mention.sides}),
    )


def pairs_of(
    texts: list[dict[str, Any]], stories: dict[int, int]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The pairs that are one event, and those that are one story."""
    wanted, found = set(), set()
    for (i, first), (j, second) in combinations(enumerate(texts, start=1), 2):
        if first["event"] == second["event"]:
            wanted.add((i, j))
        if stories[i] == stories[j]:
            found.add((i, j))
    return wanted, found


@pytest.mark.parametrize(
    "languages", [("en", "ko"), ("en", "zh"), ("zh", "ko"), ("en", "ja"), ("en", "ko", "zh", "ja")]
)
def test_reports_of_one_event_meet_across_languages(
    rulebook: Rulebook, languages: tuple[str, ...]
) -> None:
    """At least 95 % of the pairs joined across languages are one event, and 80 % are found."""
    texts = [text for text in read_texts() if text["language"] in languages]
    signatures = [signature_of(rulebook, n, text) for n, text in enumerate(texts, start=1)]
    wanted, found = pairs_of(texts, group(signatures))
    assert len(wanted) >= 20
    assert len(found & wanted) >= 0.95 * len(found)
    assert len(found & wanted) >= 0.8 * len(wanted)


def test_headlines_of_one_event_meet_across_languages(rulebook: Rulebook) -> None:
    """Of short items beside other acts of the same people 90 % joined are right, 60 % found."""
    texts = read_texts("pairs_4.toml")
    signatures = [signature_of(rulebook, n, text) for n, text in enumerate(texts, start=1)]
    wanted, found = pairs_of(texts, group(signatures))
    assert len(found & wanted) >= 0.9 * len(found)
    assert len(found & wanted) >= 0.6 * len(wanted)


def test_what_names_two_states_stands_for_both(rulebook: Rulebook) -> None:
    """Every short name of two or three states in the gazetteer names each of them for a story."""
    pairs = [
        entity
        for entity in rulebook.gazetteer.entities.values()
        if entity.id[:4] in {"pair", "trio"}
    ]
    assert len(pairs) > 8
    for entity in pairs:
        assert set(states_for([entity.id])) == set(entity.sides), entity.id


def test_a_treaty_named_for_two_states_meets_what_names_them(rulebook: Rulebook) -> None:
    """A Korean headline on the fisheries pact is the story of an English one that names both."""
    texts = [text for text in read_texts("pairs_3.toml") if text["event"] == "01-a"][:2]
    signatures = [signature_of(rulebook, n, text) for n, text in enumerate(texts, start=1)]
    assert len(set(group(signatures).values())) == 1


def test_a_translation_says_how_sure_and_why(rulebook: Rulebook) -> None:
    """A join across languages is called a translation, less sure than a copy, with grounds."""
    texts = [text for text in read_texts() if text["event"] == "srbm-launch"]
    first, second = (signature_of(rulebook, n, text) for n, text in enumerate(texts[:2], start=1))
    window = Window()
    window.file(first)
    placement = window.file(second)
    assert (placement.role, placement.with_article) == ("translation", 1)
    assert 0.6 <= placement.sure < 0.97
    assert "350" in placement.why


def test_two_reports_that_one_language_kept_apart_do_not_keep_a_translation_away(
    rulebook: Rulebook,
) -> None:
    """A report joins the nearest of two in another language that are of one event themselves."""
    noon = datetime(2026, 11, 17, 12, tzinfo=UTC)
    rows = [
        ("ko", "[속보] 中해경, 서해 잠정조치수역서 韓어선 나포", ""),
        (
            "en",
            "Chinese coast guard seizes South Korean fishing boat in Yellow Sea",
            "China's coast guard seized a South Korean fishing boat in the Yellow Sea on Tuesday,"
            " Seoul's foreign ministry said.",
        ),
        (
            "ko",
            "中 해경에 붙잡힌 우리 어선… 외교부 “사실관계 확인 중”",
            "중국 해경이 17일 서해에서 한국 어선 1척을 나포했다. 외교부는 중국 측에 확인을"
            " 요청했다.",
        ),
    ]
    texts = [
        {"language": language, "title": title, "body": body, "published": noon, "outlet": f"o{n}"}
        for n, (language, title, body) in enumerate(rows)
    ]
    stories = group([signature_of(rulebook, n, text) for n, text in enumerate(texts, start=1)])
    assert stories[2] == stories[3]


@pytest.mark.parametrize("file", ["pairs_2.toml", "pairs_4.toml"])
def test_what_two_articles_score_is_no_more_than_the_bound_that_spares_judging_them(
    rulebook: Rulebook, file: str
) -> None:
    """A pair that is put by, because it cannot join two texts, would not have joined them."""
    told = read_texts(file)
    told += [
        {
            **text,
            "title": text["title"][: len(text["title"]) * 3 // 4],
            "outlet": "another",
            "published": text["published"] + timedelta(hours=1),
        }
        for text in told
    ]
    texts = [signature_of(rulebook, number, text) for number, text in enumerate(told, start=1)]
    rarity = Rarity()
    for text in texts:
        rarity.count(text.language, text.head_terms, [])
    weighed = [weigh(text, rarity) for text in texts]
    alike = 0
    for one, other in combinations(weighed, 2):
        if one.signature.language == other.signature.language:
            score = judge(one, other)
            alike += score > 0
            for worth in (-6.0, 0.2):
                assert score <= at_most(one, other.signature, rarity, worth) + 1e-9
    assert alike
