"""Make the signature of an article: read what will be kept of it."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from sys import byteorder, intern

from monitor.model import Article
from monitor.newsroom import agency_id, read_filed
from monitor.stories import figures, shingles
from monitor.stories.events import events_in
from monitor.stories.headline_terms import headline_terms, lead_terms
from monitor.stories.known_names import Name, mark
from monitor.stories.signature import Signature
from monitor.stories.takes import take_of
from monitor.text import clean, fold_width, guess_language, simplified

# Characters of body that count as the top of a story: about a hundred words in any script.
_TOP, _TOPS = 600, {"ko": 350, "zh": 260, "ja": 260}
_ENTITIES = 12
_LONGEST = 300  # characters of a headline
_SKEW = timedelta(minutes=5)
_OLD = timedelta(days=2)


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
