"""Where a page sends its reader on to by itself (HTML Living Standard, 4.2.5.3, "refresh")."""

import re

from monitor import urls
from monitor.articles.page.parse import parse_page
from monitor.errors import NoArticle

_CONTENT = re.compile(
    r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(?P<quote>['\"]?)(?P<url>\S.*)", re.I | re.S
)


def refresh_target(html: bytes | str, url: str, *, content_type: str = "") -> str:
    """Return the http(s) url that a page's refresh leads to, "" when there is none.

    Args:
        html: the page as it came, or already decoded.
        url: where it was fetched.
        content_type: the response's Content-Type header.
    """
    try:
        tree, _ = parse_page(html, content_type)
    except NoArticle:
        return ""
    for node in tree.css("meta[http-equiv][content]"):
        attributes = node.attributes
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = _CONTENT.match(attributes.get("content") or "")
        if found is None:
            continue
        target = found["url"]
        if found["quote"]:
            target = target.partition(found["quote"])[0]
        return urls.absolute(target.strip(), url)
    return ""
