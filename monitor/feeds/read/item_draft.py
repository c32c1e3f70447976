"""One plain item of a feed, read element by element."""

import re
from xml.etree.ElementTree import Element

from monitor.feeds.read.items import Item
from monitor.feeds.read.xml_elements import is_alternate, mended_url, name_of, repaired, role_of

_CONTAINERS = frozenset({"media content", "media group"})
_PEOPLE = frozenset({"author", "contributor", "source"})
_TEXTS = frozenset(
    {"title", "guid", "published", "updated", "created", "summary", "content"}
    | {"media title", "media text"}
)
_TEXTS_WITHIN = frozenset({"media title", "media text", "summary"})  # a container
_PLAIN_TYPES = frozenset({"", "text", "plain", "html", "text/plain", "text/html"})
_LOST_AMPERSAND = re.compile(r"&([A-Za-z0-9_]+);")


class OddItem(Exception):
    """An item that is not plain."""


class ItemDraft:
    """What was read of an item so far; precedence as in feedparser."""

    def __init__(self, atom: bool) -> None:
        self.atom = atom
        self.texts: dict[str, str] = {}
        self.authors: list[str] = []
        self.contents: list[str] = []
        self.images: dict[str, str] = {}
        self.summary_depth: int | None = None
        self.media_title = ""
        self.media_text = ""
        self.is_video = False
        self.permalink = ""  # the guid, where it is the item's url

    def take(self, element: Element, depth: int) -> None:
        """Read one element of the item, and what it holds if it is a container."""
        role = role_of(element.tag)
        if role in _TEXTS:
            if len(element) or (depth > 0 and role not in _TEXTS_WITHIN):
                raise OddItem
            self._text(role, element, depth)
        elif not role:
            if len(element) and any(role_of(inner.tag) for inner in element.iter()):
                raise OddItem
        elif role in _CONTAINERS:
            if role == "media content":
                self.images.setdefault("media content", element.get("url", ""))
                self.is_video |= is_video(element.get("medium"), element.get("type"))
            for child in element:
                self.take(child, depth + 1)
        elif role in _PEOPLE:
            self._person_or_source(role, element)
        elif role == "odd" or len(element):
            raise OddItem
        elif role == "enclosure":
            self.images.setdefault("enclosure", element.get("url") or element.get("href") or "")
        elif role == "media thumbnail":
            self.images.setdefault("thumbnail", element.get("url", ""))
        else:
            self._link(element)

    def _text(self, role: str, element: Element, depth: int) -> None:
        text = repaired((element.text or "").strip())
        if role in {"title", "media title", "media text", "summary", "content"}:
            kind = element.get("type", "").lower()
            if kind not in _PLAIN_TYPES or element.get("mode"):
                raise OddItem
        if role == "title":
            self.texts["title"] = self.texts.get("title") or text
        elif role == "media title":
            if "source" in self.texts:
                raise OddItem
            self.media_title = self.media_title or text
        elif role == "media text":
            self.media_text = text
        elif role == "content":
            self._content(text)
        elif role == "summary":
            self._summary(text, depth)
        elif role == "guid":
            self._guid(text, element.get("isPermaLink", "true"))
        else:
            self.texts[role] = text

    def _summary(self, text: str, depth: int) -> None:
        if "summary" in self.texts and not self.contents:
            self._content(text)
        elif self.summary_depth is None or depth <= self.summary_depth:
            self.texts["summary"], self.summary_depth = text, depth

    def _guid(self, text: str, said: str) -> None:
        lasting = said == "true"
        self.texts["guid"] = mended_url(text) if lasting else text
        if lasting or (said.strip().lower() != "false" and text.startswith("http")):
            self.permalink = self.texts["guid"]

    def _content(self, text: str) -> None:
        self.contents.append(text)
        self.texts.setdefault("summary", text)

    def _link(self, element: Element) -> None:
        href = element.get("url") or element.get("uri") or element.get("href")
        if href:
            if is_alternate(element):
                self.texts["link"] = mended_url(href)
            elif element.get("rel", "").lower() == "enclosure":
                self.images.setdefault("enclosure", href)
            return
        text = repaired(mended_url((element.text or "").strip()))
        if "&" in text:
            text = _LOST_AMPERSAND.sub(r"&\1", text.replace("&amp;", "&"))
        self.texts["link"] = text

    def _person_or_source(self, role: str, element: Element) -> None:
        for inner in element:
            if len(inner) or (role == "author" and role_of(inner.tag)):
                raise OddItem
        if role == "source":
            self._source(element)
        elif role == "author":
            self._author(element)

    def _source(self, element: Element) -> None:
        title = next((child for child in element if name_of(child.tag) == "title"), None)
        named = element if title is None else title
        if named.get("type", "").lower() not in _PLAIN_TYPES:
            raise OddItem
        self.texts["source"] = repaired((named.text or "").strip())

    def _author(self, element: Element) -> None:
        names = [child for child in element if name_of(child.tag) == "name"]
        if len(element) and not names:
            raise OddItem
        if names and self.authors and not self.atom:
            raise OddItem  # feedparser mixes the two ways of naming up
        name = repaired(((names[-1] if names else element).text or "").strip())
        if not names and "@" in name:
            raise OddItem  # "mail@example.org (Name)": feedparser knows the variants
        if name:
            self.authors.append(name)

    def _url(self) -> str:
        """The item's link; beside an empty <link> its guid, where that is a url (RSS 2.0)."""
        link = self.texts.get("link")
        if link is None or self.permalink.startswith(("http://", "https://")):
            return link or self.permalink
        return link

    def item(self) -> Item:
        """The item as read."""
        if self.media_title and not self.texts.get("title"):
            raise OddItem
        texts = self.texts
        content = max(self.contents, key=len, default="")
        summary = texts.get("summary", "")
        if not summary and self.is_video:
            summary = self.media_text
        published = texts.get("published", "") or (texts.get("created", "") if self.atom else "")
        return Item(
            guid=texts.get("guid", ""),
            link=self._url(),
            title=texts.get("title", ""),
            summary="" if summary == content else summary,
            content=content,
            authors=tuple(dict.fromkeys(self.authors)),
            published=published,
            updated=texts.get("updated", ""),
            outlet=texts.get("source", ""),
            image=self.images.get("media content")
            or self.images.get("thumbnail")
            or self.images.get("enclosure")
            or "",
        )


def is_video(medium: str | None, kind: str | None) -> bool:
    """Tell whether a media:content is a film: then its description is that of the item.

    What describes a picture is a caption, and no text of the item.
    """
    return medium == "video" or (kind or "").startswith(("video/", "application/x-shockwave"))
