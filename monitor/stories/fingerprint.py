"""What is kept of an article so that its copies, takes and translations can be known.

A signature holds no text but the headline: a sample of word sequences (`shingles`), the words of
the headline as numbers, and the facts that survive retelling (entities, numbers, days, clock
times, kinds of event) read from the top of the story. It is a value: the same article gives the
same bytes on every machine, and the store keeps them.
"""

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.errors import StoreError
from monitor.model import Article
from monitor.newsroom import agency_id, dateline_agency
from monitor.stories import figures, shingles
from monitor.stories.events import events_in
from monitor.stories.takes import take_of
from monitor.text import clean, fold_width, guess_language

VERSION = 1
# Characters of body that count as the top of a story: about a hundred words in any script.
_TOP, _TOP_KOREAN, _TOP_UNSPACED = 600, 350, 260
_TITLE_WORDS = 24
_ENTITIES = 12
_SKEW = timedelta(minutes=5)
_OLD = timedelta(days=2)
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_HEAD = struct.Struct("<BIB")


@dataclass(frozen=True, slots=True)
class Signature:
    """One article, as the grouping sees it.

    `when` is the time the outlet gave unless that lies after we saw the article (a wrong clock) or
    more than two days before; then it is `seen`. `entities` are gazetteer ids, most prominent
    first. `samples` are shingle keys, four bytes each, little-endian, in the order of the text.
    """

    id: int
    seen: datetime
    when: datetime
    outlet: str = ""
    language: str = ""
    agency: str = ""  # agency id that the text is credited to
    own: bool = False  # the outlet is that agency
    headline: str = ""  # without marks of takes
    rank: int = 0  # of the take; 0 when not marked
    correction: bool = False
    roundup: bool = False
    length: int = 0  # characters of the body
    level: int = 0
    samples: bytes = b""
    title: bytes = b""
    entities: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    days: tuple[int, ...] = ()
    clocks: tuple[int, ...] = ()
    events: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """About how many words (of unspaced scripts: characters) the text has."""
        return len(self.samples) // 4 << self.level

    @property
    def shingles(self) -> tuple[int, ...]:
        """The shingle keys as numbers."""
        return struct.unpack(f"<{len(self.samples) // 4}I", self.samples)

    @property
    def title_words(self) -> tuple[int, ...]:
        """The words of the headline as numbers, in order."""
        return struct.unpack(f"<{len(self.title) // 4}I", self.title)

    def to_bytes(self) -> bytes:
        """The signature as bytes for the store; `from_bytes` gives an equal one back."""
        facts = {
            "i": self.id,
            "s": self.seen.isoformat(),
            "w": self.when.isoformat(),
            "o": self.outlet,
            "l": self.language,
            "a": self.agency,
            "m": self.own,
            "h": self.headline,
            "r": self.rank,
            "c": self.correction,
            "u": self.roundup,
            "n": self.length,
            "e": self.entities,
            "d": self.sides,
            "f": self.rules,
            "N": self.numbers,
            "D": self.days,
            "C": self.clocks,
            "E": self.events,
        }
        words = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        return (
            _HEAD.pack(VERSION, len(words), self.level)
            + struct.pack("<II", len(self.samples), len(self.title))
            + words
            + self.samples
            + self.title
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature":
        """Read what `to_bytes` wrote.

        Raises:
            StoreError: the bytes are damaged or of another version of this program.
        """
        try:
            version, words, level = _HEAD.unpack_from(data)
            samples, title = struct.unpack_from("<II", data, _HEAD.size)
            start = _HEAD.size + 8
            if version != VERSION or len(data) != start + words + samples + title:
                raise ValueError("wrong version or length")
            facts = json.loads(data[start : start + words].decode("utf-8", "surrogatepass"))
            return cls(
                id=int(facts["i"]),
                seen=datetime.fromisoformat(facts["s"]),
                when=datetime.fromisoformat(facts["w"]),
                outlet=facts["o"],
                language=facts["l"],
                agency=facts["a"],
                own=facts["m"],
                headline=facts["h"],
                rank=facts["r"],
                correction=facts["c"],
                roundup=facts["u"],
                length=facts["n"],
                level=level,
                samples=data[start + words : start + words + samples],
                title=data[start + words + samples :],
                entities=tuple(facts["e"]),
                sides=tuple(facts["d"]),
                rules=tuple(facts["f"]),
                numbers=tuple(facts["N"]),
                days=tuple(facts["D"]),
                clocks=tuple(facts["C"]),
                events=tuple(facts["E"]),
            )
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                f"a stored story signature cannot be read ({error}); "
                "run `monitor stories rebuild` to make them anew"
            ) from error


def sign(
    article: Article,
    *,
    id: int,
    seen: datetime,
    outlet: str = "",
    entities: Sequence[str] = (),
    sides: Sequence[str] = (),
    rules: Sequence[str] = (),
) -> Signature:
    """Make the signature of one article.

    Args:
        article: title, body, language, published, agency and dateline are read.
        id: the store's id of the article.
        seen: when we first saw it (aware).
        outlet: the outlet's name; `article.source` when empty.
        entities: gazetteer ids found in headline and top of the story, most prominent first; they
            are the bridge to other languages.
        sides: ISO codes of the countries the entities stand for.
        rules: ids of the rules that flagged it.
    """
    seen = seen.astimezone(UTC)
    take = take_of(clean(article.title))
    body = "\n".join(article.body) or article.standfirst
    opening = next((paragraph for paragraph in article.body if paragraph.strip()), "")
    level, keys = shingles.sample(body)
    published = article.published
    local = published if published is not None else seen
    language = article.language or guess_language(f"{article.title}\n{body[:400]}")
    length = {"ko": _TOP_KOREAN, "zh": _TOP_UNSPACED, "ja": _TOP_UNSPACED}.get(language[:2], _TOP)
    top = fold_width(f"{take.headline}\n{clean(body[:length])}")
    facts = figures.read_figures(top, local.date(), language)
    outlet = outlet or article.source
    house = agency_id(outlet)
    agency = dateline_agency(article.dateline or opening) or agency_id(article.agency) or house
    return Signature(
        id=id,
        seen=seen,
        when=_when(published, seen),
        outlet=outlet,
        language=language,
        agency=agency,
        own=bool(agency) and agency == house,
        headline=take.headline[:300],
        rank=take.rank,
        correction=take.correction,
        roundup=take.roundup,
        length=len(body),
        level=level,
        samples=struct.pack(f"<{len(keys)}I", *keys),
        title=_pack_title(take.headline),
        entities=tuple(dict.fromkeys(entities))[:_ENTITIES],
        sides=tuple(dict.fromkeys(sides)),
        rules=tuple(dict.fromkeys(rules)),
        numbers=facts.numbers,
        days=facts.days,
        clocks=facts.clocks,
        events=events_in(top),
    )


def _when(published: datetime | None, seen: datetime) -> datetime:
    if published is None or published.tzinfo is None:
        return seen
    published = published.astimezone(UTC)
    if published > seen + _SKEW or published < seen - _OLD:
        return seen
    return published


def _pack_title(headline: str) -> bytes:
    """Words of a spaced script; pairs of characters inside each word for Hangul, Han and kana."""
    tokens: list[str] = []
    for word in shingles.words_in(fold_width(headline)):
        if word.isascii() or len(word) == 1 or not _EAST_ASIAN.match(word):
            tokens.append(word)
        else:
            tokens.extend(word[i : i + 2] for i in range(len(word) - 1))
    keys = [shingles.word_key(token) for token in tokens[:_TITLE_WORDS]]
    return struct.pack(f"<{len(keys)}I", *keys)
