"""What an element's tag, class and id say about its text.

Names are split into words ("articleBody", "article-body" and "article__body" are the same two
words) and looked up in short lists of the words that publishers use everywhere. A mark is a hint,
never a verdict: `monitor.articles.body.element_marks` says which of them hold.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from monitor.newsroom.word_lists import any_of

# Bits of a mark; several may hold. Plain numbers, since they are put together for every element.
HIDDEN = 1 << 0  # not shown
COMMENTS = 1 << 1  # readers' comments
FRAME = 1 << 2  # nav, footer, aside, header and the like
FURNITURE = 1 << 3  # share bars, related lists, newsletter boxes, author boxes
CAPTION = 1 << 4  # of a picture, a film or a table
LIST = 1 << 5
HEADING = 1 << 6
QUOTE = 1 << 7
TABLE = 1 << 8
FIGURE = 1 << 9
BODY = 1 << 10  # named as the article's text
BYLINE = 1 << 11
STANDFIRST = 1 << 12
INSET = 1 << 13  # beside the text inside an article, but no reason to shun a container
LINK = 1 << 14  # a link around whole blocks
UNSEEN = 1 << 15  # for screen readers only
PULLED = 1 << 16  # a quotation set large, which the text has once more
POST = 1 << 17  # a post of a social network, set into the text
# What an element is called, and no hint about its text.
CALLED = BYLINE_NAME = 1 << 18  # as bylines are
PERSON_NAME = 1 << 19
DATE_NAME = 1 << 20

TAG_MARKS = {
    "a": LINK,
    "article": INSET,
    "form": INSET,
    "details": INSET,
    "label": INSET,
    "nav": FRAME,
    "footer": FRAME,
    "aside": FRAME | FURNITURE,
    "menu": FRAME,
    "dialog": FRAME | FURNITURE,
    "address": BYLINE,
    "figcaption": CAPTION | FIGURE,
    "figure": FIGURE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
    "blockquote": QUOTE,
    **{f"h{level}": HEADING for level in range(1, 7)},
}

_WORD_LISTS = {
    COMMENTS: """
        comment comments commentlist disqus commentaire commentaires kommentar
        kommentare comentarios commenti reply replies respond""",
    FRAME: """
        nav navbar navigation menu footer breadcrumb breadcrumbs masthead sitemap
        pagination pager navi gnb lnb snb""",
    FURNITURE: """
        related recommend recommended recommendation recommendations share shares
        sharing sharebar social socials sns newsletter newsletters subscribe
        subscription promo promos promotion sponsor sponsored sponsors advert
        advertisement advertising adsense ad ads adv advertise adslot banner banners
        sidebar cookie cookies consent modal popup overlay login signin signup register
        outbrain taboola trending popular mostread ranking teaser teasers toolbar tags
        taglist keywords tag hashtag hashtags copyright copyrights donate donation
        donations widget widgets follow download""",
    INSET: """
        info meta metainfo metadata metas label icon icons button buttons btn hide
        hidden player form date dates count counter panel control controls placeholder
        email whatsapp print infobox factbox factboxes overline kicker links more source
        sources close clamp eyebrow articles attachment sharedaddy topic topics
        contentbox tooltip dropdown notification notifications poll quiz broadcast
        sendungsbezug readmore actionbar contributors toc tableofcontents expandable
        collapsible collapse extra premium anonymous subscriber subscribers identity
        readingtime number""",
    CAPTION: """
        caption captions credit credits figcaption bildunterschrift photographer""",
    FIGURE: """
        image images img imgs photo photos picture pictures pic media video videos
        figures gallery galleries thumb thumbnail foto fotos bild""",
    BYLINE: """
        byline bylines author authors authorbox bio autor autoren auteur timestamp
        pubdate datetime dateline reporter journalist writer published""",
    PULLED: "pullquote pullquotes pull zitat",
    POST: "tweet",
    STANDFIRST: """
        standfirst lead leadtext lede intro dek deck excerpt abstract summary subtitle
        subheadline subheader subhead strapline vorspann einleitung chapo chapeau
        sommario entradilla bajada ingress preamble lid untertitel subtitulo sottotitolo
        teaser desc description""",
}
# Parts of words, since these names are as often compounds ("authorname", "pubdate") as words.
_CALLS = {
    BYLINE_NAME: ("author", "byline", "autor", "writer", "reporter"),
    PERSON_NAME: ("person",),
    DATE_NAME: ("date", "time", "datum", "fecha", "publish", "posted"),
}
BYLINE_CLASS = re.compile(any_of(_CALLS[BYLINE_NAME]))
_CALLED = re.compile(any_of(chain(*_CALLS.values())))
_BY_WORD: dict[str, int] = {}
for _mark, _words in _WORD_LISTS.items():
    for _word in _words.split():
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | _mark


def _pairs(first: str, second: str) -> set[str]:
    return {f"{one} {two}" for one in first.split() for two in second.split()}


# Two neighbouring words that say more than each of them.
_BY_PAIR = {
    FURNITURE: _pairs("read more", "more also next on from stories news articles")
    | _pairs("most", "read popular viewed")
    | _pairs("inline", "promo related newsletter")
    | _pairs("author", "box bio info card")
    | _pairs("next prev", "article")
    | {"see also", "also read", "about author", "tag list", "sign up", "call to", "print only"}
    | {"not prose", "fb like", "link list", "news list", "hot news"},
    CAPTION: _pairs(
        "photo image img picture media video pic bild foto",
        "caption credit desc description text source copyright info title txt copy author legend",
    ),
    BODY: _pairs(
        "article story news post entry content art detail view",
        "body text content txt contents cont copy detail article main",
    )
    | {"rich text", "body text", "body content", "body copy"},
    UNSEEN: {"sr only", "visually hidden", "screen reader", "off screen", "rollover block"}
    | {"hover card", "tooltip content", "tooltip text"},
    STANDFIRST: _pairs("article", "lead lede intro summary subtitle dek excerpt")
    | {"stand first", "sub title"},
}
_SECOND: dict[str, dict[str, int]] = {}
for _mark, _names in _BY_PAIR.items():
    for _first, _second in (_name.split() for _name in _names):
        _after = _SECOND.setdefault(_first, {})
        _after[_second] = _after.get(_second, 0) | _mark
for _name in ("articlebody", "newstext"):
    _BY_WORD[_name] = BODY
for _name in ("visuallyhidden", "screenreader", "offscreen", "popover", "hovercard"):
    _BY_WORD[_name] = UNSEEN

_TELLING = frozenset(
    {"itemprop", "data-testid", "data-component", "hidden", "aria-hidden", "style", "role"}
)
_FRAME_ROLES = frozenset(
    {"navigation", "dialog", "banner", "contentinfo", "complementary", "search"}
)
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z_-]+")
_SEGMENT = re.compile(r"[\W_]+")
_FEWEST_PIECES, _LONGEST_PIECE = 3, 2  # runs of letters and figures, of a hash
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def _called(lowered: str) -> int:
    found = 0
    for mark, parts in _CALLS.items():
        if any(part in lowered for part in parts):
            found |= mark
    return found


def _is_hash(words: Sequence[str]) -> bool:
    """Tell whether a part of a name was made by a machine: "03ad7f", "gAdKcN" is no advert."""
    return len(words) >= _FEWEST_PIECES and max(map(len, words)) <= _LONGEST_PIECE


@lru_cache(maxsize=32768)
def token_marks(token: str) -> int:
    """Return the marks that one class or id gives by the words it is made of."""
    found = 0
    after: dict[str, int] | None = None
    if _SIMPLE.fullmatch(token):
        words = [word for word in token.replace("_", "-").split("-") if word]
    else:
        parts = [_WORDS.findall(part) for part in _SEGMENT.split(token)]
        words = [word.lower() for part in parts if not _is_hash(part) for word in part]
    for word in words:
        if word in _BY_WORD:
            found |= _BY_WORD[word]
        if after is not None and word in after:
            found |= after[word]
        after = _SECOND.get(word)
    lowered = token.lower()
    if _CALLED.search(lowered):
        found |= _called(lowered)
    if found & STANDFIRST and not found & CAPTION:
        found &= ~FIGURE  # "media-summary" sums up the story
    return found


@lru_cache(maxsize=32768)  # a few hundred pages' worth: outlets come again and again
def name_marks(name: str) -> int:
    """Return the marks that several classes give together."""
    found = 0
    for token in name.split():
        found |= token_marks(token)
    return found


def attribute_marks(attributes: Mapping[str, str | None]) -> tuple[str, int]:
    """Return an element's class and id as one string, and the marks its attributes give."""
    get = attributes.get
    classes, ident = get("class"), get("id")
    found = 0
    name = classes or ""
    if name:
        found = name_marks(name if len(name) < 400 else name[:400])
    if ident:
        # Apart from the classes: those stand on page after page, an id often on one alone.
        found |= name_marks(ident[:400]) & ~(BYLINE_NAME | PERSON_NAME)
        name = f"{name} {ident}" if name else ident
    if len(attributes) == (classes is not None) + (ident is not None) or _TELLING.isdisjoint(
        attributes
    ):
        return name, found
    return name, found | _telling_marks(attributes)


def _telling_marks(attributes: Mapping[str, str | None]) -> int:
    """Return what the attributes besides class and id say of an element."""
    get, found = attributes.get, 0
    if "itemprop" in attributes:
        prop = get("itemprop")
        if prop == "articleBody":
            found |= BODY
        elif prop in ("caption", "copyrightHolder"):
            found |= CAPTION
        elif prop == "author":
            found |= BYLINE_NAME
        elif prop and prop.startswith("date"):
            found |= DATE_NAME
    if "data-testid" in attributes or "data-component" in attributes:
        names = f"{get('data-testid') or ''} {get('data-component') or ''}"[:200]
        found |= name_marks(names) & (CALLED - 1 | BYLINE_NAME)
    if "hidden" in attributes or get("aria-hidden") == "true":
        found |= HIDDEN
    style = get("style")
    if style and _UNSHOWN.search(style):
        found |= HIDDEN
    if style and "clip" in style and "rect(0" in style:
        found |= UNSEEN
    if get("role") in _FRAME_ROLES:
        found |= FRAME
    elif get("role") == "tooltip":
        found |= UNSEEN
    return found


def leads_to_author(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether a link with these attributes leads to an author or is called a byline."""
    href, name, rel = attributes.get("href"), attributes.get("class"), attributes.get("rel")
    return bool(
        (href and "/aut" in href.lower())
        or (name and BYLINE_CLASS.search(name[:400].lower()))
        or (rel and "author" in rel.split())
    )
