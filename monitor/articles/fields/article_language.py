"""The language of a page's article: decided here once, for all who ask.

What a page claims is often its template's; the scripts of headline and text are not. So the letters
decide, and the claim only where letters tell nothing: among the languages written in Latin ones.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.articles.page.profiles import Profile
from monitor.text import guess_language

_CLAIM = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}))?(?:[-_][A-Za-z]{2})?\s*$")
_META = ("og:locale", "dc.language", "content-language", "inlanguage", "language")
_ENOUGH = 90  # bytes of headline and description that tell the language without the text
_SAMPLE = 400  # characters
EAST_ASIAN = frozenset({"ko", "zh", "ja"})


class Language(Struct, frozen=True):
    """A language as ISO 639-1 code, "" where nothing tells it.

    Attributes:
        code: of the article.
        declared: what the page claims.
        region: what the page claims behind the language: "tw", "hk", "hant", or "".
    """

    code: str = ""
    declared: str = ""
    region: str = ""

    @property
    def east_asian(self) -> bool:
        """Whether the article is in Chinese, Korean or Japanese."""
        return self.code in EAST_ASIAN


def read_language(
    landmarks: Landmarks, head: Head, profile: Profile | None, title: str, description: str
) -> Language:
    """Return the language of the page's article.

    Args:
        profile: of the outlet; its language stands in where the page claims none.
        title, description: of the article, or "".
    """
    declared, region = _claim(landmarks, head)
    declared = declared or jsonld.text(head.article.get("inLanguage"))[:2].lower()
    if not declared and profile is not None and len(profile.language) == 1:
        declared = profile.language[0]
    sample = f"{title} {description}"
    if len(sample.encode("utf-8", "replace")) < _ENOUGH:
        paragraphs = landmarks.of("p")
        sample = " ".join((sample, *(shown_text(node, _SAMPLE) for node in paragraphs)))
    return Language(guess_language(sample, declared), declared, region)


def _claim(landmarks: Landmarks, head: Head) -> tuple[str, str]:
    for claim in _claims(landmarks, head):
        if match := _CLAIM.match(claim[:40]):
            return match[1].lower(), (match[2] or "").lower()
    return "", ""


def _claims(landmarks: Landmarks, head: Head) -> Iterator[str]:
    root = landmarks.first("html")
    if root is not None:
        yield root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    for name in _META:
        yield from head.meta.get(name, ())
