"""A news page to a wire record: the one way in.

The bytes are decoded once and parsed once (selectolax, the lexbor parser); metadata and body are
read from that one tree. Whatever the bytes are, the outcome is a record or `NoArticle` with the
reason, in bounded time and memory.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import errors, url_keys, urls
from monitor.articles.body.block_walker import read_blocks
from monitor.articles.body.blocks import Page
from monitor.articles.body.furniture import is_moment
from monitor.articles.body.paragraphs import Body, Known, read_body
from monitor.articles.body.trim import without_writers
from monitor.articles.fields.article_language import EAST_ASIAN
from monitor.articles.fields.head_bylines import byline_in_head
from monitor.articles.fields.head_lines import HeadLines, read_head_lines
from monitor.articles.fields.lead_picture import Picture, read_lead_picture
from monitor.articles.fields.metadata import Metadata, read_metadata, select
from monitor.articles.fields.person_names import people_in, unique
from monitor.articles.fields.placed_bylines import placed_byline
from monitor.articles.fields.script_fields import ScriptFields, read_script_fields
from monitor.articles.fields.timestamps import Times, with_dates_above, with_update_around
from monitor.articles.page.head import canonical_url
from monitor.articles.page.landmarks import Landmarks, head_landmarks
from monitor.articles.page.parse import parse_page
from monitor.articles.page.profiles import Profile, Profiles
from monitor.model import Access, Article
from monitor.newsroom import read_filed, signed_by
from monitor.text import letters, one_line

_LONGEST_TITLE = 400
_STUB_NOTE = "body: the page shows no text; only what it says about itself was read"


def extract(
    html: bytes | str,
    url: str | None = None,
    *,
    content_type: str = "",
    country: str = "",
    timezone: str = "",
    profiles: Profiles | None = None,
) -> Article:
    """Read the article of a page.

    Args:
        html: the page as it came, or already decoded.
        url: where it was fetched; "" or None when that is not known.
        content_type: the response's Content-Type header; its charset is one of the hints.
        country: ISO 3166 alpha-2 of the outlet, for clocks without a zone.
        timezone: IANA name of the outlet's zone; goes before `country`.
        profiles: site profiles; None means the shipped ones.

    Where a page calls itself an article but shows no text, the record is a stub: headline, times,
    standfirst and picture, `access` "stub" and a note.

    Raises:
        NoArticle: the body holds no article; the message says what it looks like instead.
    """
    tree, cut = parse_page(html, content_type)
    landmarks = head_landmarks(tree)
    page_url = url or ""
    if profiles is None:
        # Not needed where they are handed over, as to the processes that read pages.
        from monitor.articles.page.profile_files import load_profiles

        profiles = load_profiles()
    profile = profiles.for_url(page_url or canonical_url(landmarks))
    page = _walked(tree, landmarks, profile)
    if page.rooted:
        tree, cut = parse_page(html, content_type, rooted=True)
        landmarks = head_landmarks(tree)
        page = _walked(tree, landmarks, profile)
    metadata = read_metadata(
        tree, landmarks, page, url=page_url, country=country, timezone=timezone, profile=profile
    )
    body, notes = _body(tree, page, metadata, profile)
    if body.headline:
        metadata = replace(metadata, title=body.headline, titled=True)
        body, notes = _body(tree, page, metadata, profile)
    script = read_script_fields(body.script, metadata.zone) if body.script else ScriptFields()
    picture = read_lead_picture(
        landmarks,
        own=_own_picture(tree, profile),
        captions=body.captions,
        declared=metadata.head.article.get("image"),
        script=script.caption,
        title=metadata.title,
    )
    return _record(metadata, body, picture, script, page_url, (*cut, *notes))


def _own_picture(tree: LexborHTMLParser, profile: Profile | None) -> tuple[str, str]:
    """Return what a site profile's selectors for caption and credit find."""
    if profile is None:
        return "", ""
    caption, credit = (
        next((text for selector in selectors for text in select(tree, selector, 1)), "")
        for selectors in (profile.caption, profile.credit)
    )
    return caption, credit


def _walked(tree: LexborHTMLParser, landmarks: Landmarks, profile: Profile | None) -> Page:
    root = tree.body or tree.root
    if root is None:
        raise errors.NoArticle("the page is empty")
    removed = tree.css(", ".join(profile.remove)) if profile and profile.remove else ()
    return read_blocks(root, landmarks, sought=_container(tree, profile), removed=removed)


def _body(
    tree: LexborHTMLParser, page: Page, metadata: Metadata, profile: Profile | None
) -> tuple[Body, tuple[str, ...]]:
    times = metadata.times
    known = Known(
        title=metadata.title,
        declared=metadata.titled,
        description=metadata.description,
        standfirst=metadata.standfirst,
        authors=metadata.byline.names,
        labels=(metadata.section, times.published_text, times.updated_text),
        language=metadata.language.code,
        nodes=metadata.head.nodes,
    )

    if profile is None or not profile.body:
        return _or_stub(tree, page, known, metadata)
    if page.sought >= 0:
        with suppress(errors.NoArticle):
            return read_body(tree, page, known), ()
    body, notes = _or_stub(tree, replace(page, sought=-1), known, metadata)
    return body, (f"profile {profile.domain} found no body", *notes)


def _or_stub(
    tree: LexborHTMLParser, page: Page, known: Known, metadata: Metadata
) -> tuple[Body, tuple[str, ...]]:
    """Read the body; of an article that shows none, what the page says about it stands in.

    A page that does not call itself an article (a wall, a list) says nothing worth having.
    """
    try:
        return read_body(tree, page, known), ()
    except errors.NoArticle:
        if not metadata.title or not metadata.is_article:
            raise
        told = metadata.standfirst or metadata.description
        paragraphs = (told,) if told else ()
        return Body(paragraphs, (), "stub", "stub"), (_STUB_NOTE,)


def _container(tree: LexborHTMLParser, profile: Profile | None) -> LexborNode | None:
    for selector in profile.body if profile else ():
        node = tree.css_first(selector)
        if node is not None and len(node.text(deep=True)) >= 40:
            return node
    return None


def _record(
    metadata: Metadata,
    body: Body,
    picture: Picture,
    script: ScriptFields,
    url: str,
    notes: tuple[str, ...],
) -> Article:
    head = metadata.head
    # The body folds white space; only what is not printable still needs cleaning.
    paragraphs = tuple(
        line for raw in body.paragraphs if (line := raw if raw.isprintable() else one_line(raw))
    )
    opening = paragraphs[0] if paragraphs else ""
    filed = read_filed(paragraphs, (*metadata.credits, *metadata.byline.names))
    head_lines = [" ".join(parts) for parts in body.around.head]
    times = _with_script(with_dates_above(metadata.times, head_lines, metadata.zone), script)
    times = with_update_around(times, (*head_lines, *body.around.below), metadata.zone)
    authors = _authors(metadata, body, script, paragraphs)
    paragraphs = without_writers(paragraphs, authors)
    lines = _head_lines(metadata, body, url)
    own_url = _own_url(url, head.canonical)
    return Article(
        url=own_url,
        title=metadata.title[:_LONGEST_TITLE] or opening[:_LONGEST_TITLE],
        section=metadata.section or script.section or lines.section,
        published=times.published,
        updated=times.updated,
        published_text=times.published_text,
        updated_text=times.updated_text,
        source=_source(metadata, script, lines),
        authors=authors,
        agency=filed.agency,
        dateline=filed.dateline,
        standfirst=metadata.standfirst or one_line(body.standfirst),
        caption=picture.caption,
        credit=picture.credit,
        body=paragraphs,
        language=metadata.language.code,
        canonical=head.canonical if head.canonical != own_url else "",
        access=_access(metadata, body, paragraphs),
        notes=(*times.notes, *metadata.notes, *notes),
    )


def _head_lines(metadata: Metadata, body: Body, url: str) -> HeadLines:
    """Read the lines around the headline where section or source stands nowhere else."""
    if metadata.section and metadata.source and "." not in metadata.source:
        return HeadLines()
    return read_head_lines(body.around.above, metadata.title, url or metadata.head.canonical)


def _access(metadata: Metadata, body: Body, paragraphs: Sequence[str]) -> Access:
    if metadata.paywalled and body.access == "full" and len(" ".join(paragraphs)) < 1500:
        return "paywall"
    return body.access


def _authors(
    metadata: Metadata, body: Body, script: ScriptFields, paragraphs: Sequence[str]
) -> tuple[str, ...]:
    names, language = metadata.byline.names, metadata.language.code
    if metadata.byline.declared:
        return names
    near = (*body.around.above, *paragraphs[:2], *paragraphs[-3:], *body.around.below)
    if signed := signed_by(near, language, besides=metadata.byline.editors):
        return signed
    if metadata.byline.people and language in EAST_ASIAN:
        return names
    head = byline_in_head(
        body.around.head,
        metadata.house,
        section=metadata.section,
        told=(metadata.title, *paragraphs[:3]),
        sure=bool(names) and not metadata.byline.people,
    )
    if head.people:
        # Beside "By" only one of two may stand who both link their own page.
        more = metadata.byline.people and names[: len(head.names)] == head.names
        return names if more else head.names
    # Names far from the text are as often those of other stories' writers.
    told = letters(" ".join((*near, *chain(*body.around.head))))
    if metadata.byline.people and letters(names[0]) in told:
        return names
    scripted = (name for line in script.bylines for name in people_in(line, metadata.house))
    # In a row with a time the parts may stand without a space: "기자 홍길동입력 2026.11.28".
    rows = (" | ".join(parts) for parts in body.around.head if any(map(is_moment, parts[1:])))
    return (
        placed_byline((*body.around.above, *rows), body.around.below, language, metadata.house)
        or (names if metadata.byline.people else ())
        # Text from a script's payload is not on the page that the byline reader saw.
        or unique(scripted)
        or names
        or head.names
    )


def _source(metadata: Metadata, script: ScriptFields, lines: HeadLines) -> str:
    host = urls.bare_host(metadata.head.url or metadata.head.canonical)
    if metadata.source not in ("", host):
        return metadata.source
    return script.source or lines.source or metadata.source


def _with_script(times: Times, script: ScriptFields) -> Times:
    """Return the page's times, or those that its script has where the page tells less."""
    published = script.published
    if published is not None and (
        times.published is None or (times.day_only and published.precision == "instant")
    ):
        notes = ("published: from the page's script",)
        times = Times(published.when, published.text, times.updated, times.updated_text, notes)
    updated = script.updated
    if times.updated is None and updated is not None and times.published is not None:
        comparable = (updated.when.tzinfo is None) == (times.published.tzinfo is None)
        if comparable and updated.when > times.published:
            times = replace(times, updated=updated.when, updated_text=updated.text)
    return times


def _own_url(url: str, canonical: str) -> str:
    """Return the canonical url where it is of the same site, else the url without tracking.

    Agency copy may name another outlet's page as canonical; this one is still what was read.
    """
    url = url_keys.canonical(one_line(url))
    here, there = urls.bare_host(url), urls.bare_host(canonical)
    related = here == there or here.endswith("." + there) or there.endswith("." + here)
    return canonical if canonical and (not url or (there and related)) else url
