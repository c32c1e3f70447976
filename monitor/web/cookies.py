"""Cookies of one feed, carried as text between fetches.

Some servers let nobody in before a cookie of theirs has come back (a ministry answers 307 to
itself until it has). The jar starts from the text a `Request` brings and ends as the text its
`Response` takes away. Which cookie goes where is decided by the standard library's rules
(`http.cookiejar`), which is only loaded when there is a cookie at all.
"""

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from http.cookiejar import Cookie, CookieJar

_MOST = 50
_LONGEST = 4096
_ODD_AGE = re.compile(r"(?i)\s*max-age\s*(?:=(?!\s*-?[0-9]{1,18}\s*$)|$)")


class Jar:
    """The cookies of one fetch.

    Args:
        text: a JSON list as `text` gives it; whatever else counts as empty.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._jar: CookieJar | None = None

    def header(self, url: str) -> str:
        """Value of the Cookie header for an address; "" for none."""
        if not self.text:
            return ""
        from urllib.request import Request

        request = Request(url)
        self._opened().add_cookie_header(request)
        return request.get_header("Cookie") or ""

    def receive(self, url: str, set_cookies: Sequence[str]) -> None:
        """Take in the Set-Cookie headers of a response from an address."""
        if not set_cookies:
            return
        from http.client import HTTPMessage
        from urllib.request import Request

        message = HTTPMessage()
        for value in set_cookies:
            if len(value) <= _LONGEST:
                message["Set-Cookie"] = _without_odd_ages(value)
        jar = self._opened()
        jar.extract_cookies(_Headers(message), Request(url))  # type: ignore[arg-type]
        jar.clear_expired_cookies()
        self.text = json.dumps([_as_dict(cookie) for cookie in list(jar)[-_MOST:]]) if jar else ""

    def _opened(self) -> "CookieJar":
        if self._jar is None:
            from http.cookiejar import CookieJar

            self._jar = CookieJar()
            try:
                for fields in json.loads(self.text):
                    self._jar.set_cookie(_as_cookie(fields))
            except (ValueError, TypeError, KeyError, RecursionError):
                self._jar.clear()
        return self._jar


def _without_odd_ages(cookie: str) -> str:
    """Drop each Max-Age that is no number, or endless (RFC 6265, 5.2.2).

    `http.cookiejar` trips over both.
    """
    first, *attributes = cookie.split(";")
    kept = [one for one in attributes if _ODD_AGE.match(one) is None]
    return ";".join((first, *kept))


class _Headers:
    """The shape in which `http.cookiejar` wants to see a response."""

    def __init__(self, message: object) -> None:
        self._message = message

    def info(self) -> object:
        return self._message


_FIELDS = ("name", "value", "domain", "domain_specified", "path", "secure", "expires")


def _as_dict(cookie: "Cookie") -> dict[str, Any]:
    return {name: getattr(cookie, name) for name in _FIELDS}


def _as_cookie(fields: dict[str, Any]) -> "Cookie":
    from http.cookiejar import Cookie

    expires = fields["expires"]
    return Cookie(
        version=0,
        name=str(fields["name"]),
        value=str(fields["value"]),
        port=None,
        port_specified=False,
        domain=str(fields["domain"]),
        domain_specified=bool(fields["domain_specified"]),
        domain_initial_dot=str(fields["domain"]).startswith("."),
        path=str(fields["path"]),
        path_specified=True,
        secure=bool(fields["secure"]),
        expires=None if expires is None else int(expires),
        discard=expires is None,
        comment=None,
        comment_url=None,
        rest={},
    )
