"""What an element's tag, class and id say about its text.

Names are split into words ("articleBody", "article-body" and "article__body" are the same two
words) and looked up in short lists of the words that publishers use everywhere. A mark is a hint,
never a verdict: `monitor.articles.container` ignores the marks of whatever holds most of the page,
and `monitor.articles.body` keeps marked text that is too long to be furniture.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

HIDDEN = 1  # not shown
COMMENTS = 2  # readers' comments
FRAME = 4  # nav, footer, aside, header and the like
FURNITURE = 8  # share bars, related lists, newsletter boxes, author boxes …
CAPTION = 16  # of a picture, a film or a table
LIST = 32
HEADING = 64
QUOTE = 128
TABLE = 256
FIGURE = 512
BODY = 1024  # named as the article's text
EMBED = 2048  # a post of a social network set into the text
BYLINE = 4096
STANDFIRST = 8192

TAG_MARKS = {
    "nav": FRAME,
    "footer": FRAME,
    "aside": FRAME | FURNITURE,
    "menu": FRAME,
    "dialog": FRAME | FURNITURE,
    "figcaption": CAPTION | FIGURE,
    "figure": FIGURE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
    "blockquote": QUOTE,
    **{f"h{level}": HEADING for level in range(1, 7)},
}

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")

_SINGLE: dict[str, int] = {}


def _lexicon(mark: int, words: str) -> None:
    for word in words.split():
        _SINGLE[word] = _SINGLE.get(word, 0) | mark


_lexicon(
    COMMENTS,
    "comment comments commentlist disqus commentaire commentaires kommentar kommentare"
    " comentarios commenti livefyre spotim reply replies respond coral hyvor",
)
_lexicon(
    FRAME,
    "nav navbar navigation menu footer breadcrumb breadcrumbs masthead sitemap pagination"
    " pager navi gnb lnb snb",
)
_lexicon(
    FURNITURE,
    "related relateds relacionadas relacionados recommend recommended recommendation"
    " recommendations share shares sharing sharebar social socials sns newsletter newsletters"
    " subscribe subscription promo promos promotion sponsor sponsored sponsors advert advertisement"
    " advertising adsense ad ads adv advertise adslot banner banners sidebar cookie cookies consent"
    " modal popup overlay login signin signup register outbrain taboola trending popular"
    " mostread ranking teaser teasers recirc recirculation rail toolbar toolbox tags taglist"
    " keywords tag hashtag hashtags copyright copyrights screenreader addthis"
    " sharethis jiathis bdsharebuttonbox feedback donate donation donations crowdfunding"
    " abo upsell widget widgets editor vote survey rating ratings follow"
    " download app qrcode qr statement disclaimer declare",
)
_lexicon(
    CAPTION,
    "caption captions credit credits figcaption photocredit imgcaption bildunterschrift"
    " photographer slideshow carousel lightbox legend copyrightholder",
)
_lexicon(
    BYLINE,
    "byline bylines author authors authorbox bio autor autoren auteur timestamp pubdate"
    " datetime dateline reporter journalist writer published",
)
_lexicon(EMBED, "twitter tweet instagram tiktok facebook")

_lexicon(
    STANDFIRST,
    "standfirst lead leadtext lede intro dek deck excerpt abstract summary subtitle"
    " subheadline subheader subhead strapline vorspann einleitung chapo chapeau sommario "
    "entradilla"
    " bajada ingress lid untertitel subtitulo sottotitolo teaser desc description",
)

_PAIRS = re.compile(
    r"\b(?:"
    r"(?P<furniture>read (?:more|also|next|on)|more (?:from|on|stories|news|articles)|see also|"
    r"also read|"
    r"most (?:read|popular|viewed)|inline (?:promo|related|newsletter)|author (?:box|bio|info|"
    r"card)|"
    r"about (?:the )?author|tag (?:list|s)|sign up|call to action|cta|print only|sr only|"
    r"visually hidden|"
    r"screen reader|next article|prev article|fb like|link list|news list|hot news)"
    r"|(?P<caption>(?:photo|image|img|picture|media|video|pic|bild|foto) (?:caption|credit|desc|"
    r"description|text|"
    r"source|copyright|info|title|txt|copy|author|legend|alt|wrap text))"
    r"|(?P<body>(?:article|story|news|post|entry|content|art|detail|main|view) (?:body|text|"
    r"content|txt|contents|cont|"
    r"copy|detail|article|main)|articlebody|newstext|rich text|body (?:text|content|copy)|"
    r"entry content)"
    r"|(?P<standfirst>stand first|article (?:lead|lede|intro|summary|subtitle|dek|excerpt)|"
    r"sub title)"
    r")\b"
)
_PAIR_MARKS = {"furniture": FURNITURE, "caption": CAPTION, "body": BODY, "standfirst": STANDFIRST}


@lru_cache(maxsize=16384)
def name_marks(name: str) -> int:
    """Return the marks that the words of a class or id give."""
    words = [word.lower() for word in _WORDS.findall(name)]
    found = 0
    for word in words:
        found |= _SINGLE.get(word, 0)
    for match in _PAIRS.finditer(" ".join(words)):
        if match.lastgroup:
            found |= _PAIR_MARKS[match.lastgroup]
    return found


def own_marks(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, int]:
    """Return an element's class and id as one string, and its marks.

    Args:
        tag: lower-case tag name.
        attributes: the element's attributes.
    """
    found = TAG_MARKS.get(tag, 0)
    if not attributes:
        return "", found
    get = attributes.get
    name = f"{get('class') or ''} {get('id') or ''}"
    if len(name) > 1 and tag != "body" and tag != "html":
        found |= name_marks(name[:400])
    if "itemprop" in attributes:
        prop = get("itemprop")
        if prop == "articleBody":
            found |= BODY
        elif prop in ("caption", "copyrightHolder"):
            found |= CAPTION
    if "data-testid" in attributes or "data-component" in attributes:
        found |= name_marks(f"{get('data-testid') or ''} {get('data-component') or ''}"[:200])
    if "hidden" in attributes or get("aria-hidden") == "true":
        found |= HIDDEN
    style = get("style")
    if style and "display" in style and style.replace(" ", "").find("display:none") >= 0:
        found |= HIDDEN
    role = get("role")
    if role in ("navigation", "dialog", "banner", "contentinfo", "complementary", "search"):
        found |= FRAME
    return name, found
