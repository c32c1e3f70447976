"""Made-up news for these tests: prose from a seed, and articles with usual values."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from monitor.model import Article
from monitor.stories import Signature, replay, sign

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so")
_HAN = "天地山川風雨雪月日星江河湖海花草木林石金玉王后公子民家國城門路車船橋市場書文字語言聲色光影"
_HANGUL = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"


def prose(seed: int, words: int = 300, language: str = "en") -> tuple[str, ...]:
    """Paragraphs of about `words` words that share no run of words with another seed's."""
    rng = random.Random(f"{language} {seed}")
    if language in {"zh", "ja"}:
        sentences = [
            "".join(rng.choice(_HAN) for _ in range(rng.randint(14, 30))) + "。"
            for _ in range(max(1, words // 20))
        ]
        gap = ""
    else:
        vocabulary = [
            "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 3)))
            if language == "en"
            else "".join(rng.choice(_HANGUL) for _ in range(rng.randint(2, 4)))
            for _ in range(400)
        ]
        sentences = [
            " ".join(rng.choice(vocabulary) for _ in range(15)).capitalize() + "."
            for _ in range(max(1, words // 15))
        ]
        gap = " "
    return tuple(gap.join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


def article(
    seed: int, words: int = 300, language: str = "en", title: str = "", source: str = ""
) -> Article:
    """An article of `prose` with a headline of its own."""
    body = prose(seed, words, language)
    return Article(title=title or body[0][:60].strip(), body=body, language=language, source=source)


def signed(
    text: Article, id: int, minutes: float = 0, outlet: str = "", entities: tuple[str, ...] = ()
) -> Signature:
    """The signature of an article seen some minutes after noon."""
    seen = NOON + timedelta(minutes=minutes)
    return sign(text, id=id, seen=seen, outlet=outlet or f"outlet {id}", entities=entities)


def group(signatures: Iterable[Signature]) -> dict[int, int]:
    """The story of each article, as they are placed one after the other."""
    return {article_id: placed.story for article_id, placed in replay(signatures).items()}
