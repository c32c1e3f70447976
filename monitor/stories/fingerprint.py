"""What is kept of an article so that its copies, takes and translations can be known.

A signature holds no text but the headline: a sample of word sequences (`shingles`), the terms of
headline and first sentences as numbers, and the facts that survive retelling (entities, numbers,
days, clock times, kinds of event) read from the top of the story. It is a value: the same article
gives the same bytes on every machine, and the store keeps them.
"""

import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from sys import byteorder, intern

from monitor.errors import StoreError
from monitor.model import Article
from monitor.newsroom import agency_id, read_filed
from monitor.stories import figures, shingles
from monitor.stories.events import events_in
from monitor.stories.headline_terms import HEADLINE, LEAD, headline_terms, lead_terms
from monitor.stories.known_names import Name, mark
from monitor.stories.takes import take_of
from monitor.text import clean, fold_width, guess_language, simplified

VERSION = 4
# Characters of body that count as the top of a story: about a hundred words in any script.
_TOP, _TOPS = 600, {"ko": 350, "zh": 260, "ja": 260}
_ENTITIES = 12
_LONGEST = 300  # characters of a headline
_SKEW = timedelta(minutes=5)
_OLD = timedelta(days=2)
_HEAD = struct.Struct("<BIB")
_PARTS = struct.Struct("<III")
# Terms are read some hundred times for each article filed: so many of them, without a format.
_TERMS = [struct.Struct(f"<{count}I").unpack for count in range(HEADLINE + LEAD + 1)]


@dataclass(frozen=True, slots=True)
class Signature:
    """One article, as the grouping sees it.

    `when` is the time the outlet gave unless that lies after we saw the article (a wrong clock) or
    more than two days before; then it is `seen`. `entities` are gazetteer ids, most prominent
    first. `samples` are shingle keys, `head` and `lead` the terms of the headline and of the text
    under it; all four bytes each, little-endian, in the order of the text.
    """

    id: int
    seen: datetime
    when: datetime
    outlet: str = ""
    language: str = ""
    agency: str = ""  # agency id that the text is credited to
    own: bool = False  # the outlet is that agency
    headline: str = ""  # without marks of takes
    marked: str = ""  # the headline with known names marked, where it has some
    rank: int = 0  # of the take; 0 when not marked
    correction: bool = False
    roundup: bool = False
    length: int = 0  # characters of the body
    level: int = 0
    samples: bytes = b""
    head: bytes = b""
    lead: bytes = b""
    entities: tuple[str, ...] = ()
    headline_entities: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    days: tuple[int, ...] = ()
    clocks: tuple[int, ...] = ()
    measures: tuple[str, ...] = ()  # numbers with units
    headline_measures: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    headline_events: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """About how many words (of unspaced scripts: characters) the text has."""
        return len(self.samples) // 4 << self.level

    @property
    def shingles(self) -> tuple[int, ...]:
        """The shingle keys as numbers."""
        return struct.unpack(f"<{len(self.samples) // 4}I", self.samples)

    @property
    def head_terms(self) -> tuple[int, ...]:
        """The terms of the headline, in order."""
        return _TERMS[len(self.head) // 4](self.head)

    @property
    def lead_terms(self) -> tuple[int, ...]:
        """The terms of the first sentences that the headline lacks, in order."""
        return _TERMS[len(self.lead) // 4](self.lead)

    @property
    def terms(self) -> tuple[int, ...]:
        """The terms of headline and first sentences."""
        terms = self.head + self.lead
        return _TERMS[len(terms) // 4](terms)

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
            "k": self.marked,
            "r": self.rank,
            "c": self.correction,
            "u": self.roundup,
            "n": self.length,
            "e": self.entities,
            "t": self.headline_entities,
            "d": self.sides,
            "N": self.numbers,
            "D": self.days,
            "C": self.clocks,
            "M": self.measures,
            "T": self.headline_measures,
            "E": self.events,
            "H": self.headline_events,
        }
        words = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        return (
            _HEAD.pack(VERSION, len(words), self.level)
            + _PARTS.pack(len(self.samples), len(self.head), len(self.lead))
            + words
            + self.samples
            + self.head
            + self.lead
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature":
        """Read what `to_bytes` wrote.

        Raises:
            StoreError: the bytes are damaged or of another version of this program.
        """
        try:
            version, words, level = _HEAD.unpack_from(data)
            samples, head, lead = _PARTS.unpack_from(data, _HEAD.size)
            start = _HEAD.size + _PARTS.size
            texts = start + words
            too_many = head > 4 * HEADLINE or lead > 4 * LEAD
            if version != VERSION or too_many or len(data) != texts + samples + head + lead:
                raise ValueError("wrong version or length")
            facts = json.loads(data[start:texts].decode("utf-8", "surrogatepass"))
            return cls(
                id=int(facts["i"]),
                seen=datetime.fromisoformat(facts["s"]),
                when=datetime.fromisoformat(facts["w"]),
                outlet=intern(facts["o"]),
                language=intern(facts["l"]),
                agency=intern(facts["a"]),
                own=facts["m"],
                headline=facts["h"],
                marked=facts["k"],
                rank=facts["r"],
                correction=facts["c"],
                roundup=facts["u"],
                length=facts["n"],
                level=level,
                samples=data[texts : texts + samples],
                head=data[texts + samples : texts + samples + head],
                lead=data[texts + samples + head :],
                entities=tuple(map(intern, facts["e"])),
                headline_entities=tuple(map(intern, facts["t"])),
                sides=tuple(map(intern, facts["d"])),
                numbers=tuple(facts["N"]),
                days=tuple(facts["D"]),
                clocks=tuple(facts["C"]),
                measures=tuple(facts["M"]),
                headline_measures=tuple(facts["T"]),
                events=tuple(map(intern, facts["E"])),
                headline_events=tuple(map(intern, facts["H"])),
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
    headline_entities: Sequence[str] = (),
    headline_names: Sequence[Name] = (),
    sides: Sequence[str] = (),
) -> Signature:
    """Make the signature of one article.

    Args:
        article: title, body, language, published, agency and dateline are read.
        id: the store's id of the article.
        seen: when we first saw it (aware).
        outlet: the outlet's name; `article.source` when empty.
        entities: gazetteer ids found in headline and top of the story, most prominent first.
        headline_entities: those of them in the headline.
        headline_names: where these stand in the title.
        sides: ISO codes of the countries the entities stand for.
    """
    take, (body, language) = take_of(clean(article.title)), _text_of(article)
    level, keys = shingles.sample(simplified(body) if language[:2] == "zh" else body)
    headline = fold_width(take.headline)
    top = f"{headline}\n{fold_width(clean(body[: _TOPS.get(language[:2], _TOP)]))}"
    head = headline_terms(take.headline, language)
    lead = lead_terms(body, language, head)
    facts, told = _figures(article, seen, (top, headline), language)
    house, credit = agency_id(outlet or article.source), _credit(article)
    return Signature(
        id=id,
        seen=seen.astimezone(UTC),
        when=_when(article.published, seen.astimezone(UTC)),
        outlet=intern(outlet or article.source),
        language=intern(language),
        agency=credit or house,
        own=bool(house) and credit in ("", house),
        headline=take.headline[:_LONGEST],
        marked=mark(take.headline[:_LONGEST], article.title, headline_names),
        rank=take.rank,
        correction=take.correction,
        roundup=take.roundup,
        length=len(body),
        level=level,
        samples=_packed(keys),
        head=_packed(head),
        lead=_packed(lead),
        entities=tuple(dict.fromkeys(entities))[:_ENTITIES],
        headline_entities=tuple(dict.fromkeys(headline_entities))[:_ENTITIES],
        sides=tuple(dict.fromkeys(sides)),
        numbers=facts.numbers,
        days=facts.days,
        clocks=facts.clocks,
        measures=facts.measures,
        headline_measures=told.measures,
        events=events_in(top),
        headline_events=_headline_events(headline),
    )


def _packed(keys: Iterable[int]) -> bytes:
    """Numbers as four bytes each, little-endian."""
    packed = array("I", keys)
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _text_of(article: Article) -> tuple[str, str]:
    """The text under the headline, and its language."""
    body = "\n".join(article.body) or article.standfirst
    return body, article.language or guess_language(f"{article.title}\n{body[:400]}")


def _figures(
    article: Article, seen: datetime, texts: Iterable[str], language: str
) -> Iterator[figures.Figures]:
    day = (article.published or seen.astimezone(UTC)).date()
    return (figures.read_figures(text, day, language) for text in texts)


def _credit(article: Article) -> str:
    return agency_id(article.agency or read_filed(article.body).agency)


def _headline_events(headline: str) -> tuple[str, ...]:
    kinds = events_in(headline)
    return (*kinds, "analysis") if "?" in headline and "analysis" not in kinds else kinds


def _when(published: datetime | None, seen: datetime) -> datetime:
    if published is None or published.tzinfo is None:
        return seen
    published = published.astimezone(UTC)
    if published > seen + _SKEW or published < seen - _OLD:
        return seen
    return published
