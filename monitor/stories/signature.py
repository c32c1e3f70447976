"""What is kept of an article so that its copies, takes and translations can be known.

A signature holds no text but the headline: a sample of word sequences (`shingles`), the terms of
headline and first sentences as numbers, and the facts that survive retelling (entities, numbers,
days, clock times, kinds of event) read from the top of the story. It is a value: the same article
gives the same bytes on every machine, and the store keeps them.
"""

import json
import struct
from datetime import datetime
from sys import intern

from msgspec import Struct

from monitor.errors import StoreError

VERSION = 4
HEADLINE = 40  # terms kept of a headline
LEAD = 64  # and, beside them, of the text under it
_HEAD = struct.Struct("<BIB")
_PARTS = struct.Struct("<III")
# Terms are read some hundred times for each article filed: so many of them, without a format.
_TERMS = [struct.Struct(f"<{count}I").unpack for count in range(HEADLINE + LEAD + 1)]


class Signature(Struct, frozen=True):
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
