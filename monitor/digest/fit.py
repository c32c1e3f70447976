"""A digest or an alert cut to what mail bears: a line of each story if it can be, and as many in
full as have room.

Large mail services show the first 102 kB of a message and hide the rest behind a link. So a mail
stays under `MAIL` as it is sent, both of its bodies together, and what is left out of it stands in
a file that is attached (and does not count: it is shown by its name).
"""

from collections.abc import Callable

from msgspec.structs import replace

from monitor.digest.alerts import AlertPage, alert_html, alert_text
from monitor.digest.card import Card
from monitor.digest.html import card_html, to_html
from monitor.digest.page import Page
from monitor.digest.plain import card_lines, to_text
from monitor.model import MailBodies

MAIL = 100_000  # bytes as sent, both bodies; base64 makes four bytes of three
_TEXT, _HTML = 16_500, 52_000  # bytes of each body before that
_CUT_NOTE = "Long day: what is not told in full here stands whole in the attached file."
_TOLD = 5  # stories of an alert
_ALERT_NOTE = "What is not told in full here stands whole in the attached file."


def mail(page: Page) -> MailBodies:
    """Return the bodies of the mail that carries a digest."""
    text, html = to_text(page), to_html(page)
    if _size(text) <= _TEXT and _size(html) <= _HTML:
        return MailBodies(text, html)
    noted = _noted(page)
    return MailBodies(
        text=to_text(_cut(noted, _TEXT, to_text, _as_text)),
        html=to_html(_cut(noted, _HTML, to_html, card_html)),
        attachment=html,
    )


def text_mail(page: Page) -> MailBodies:
    """Return the body of a mail of text alone, which has the room of both."""
    text = to_text(page)
    if _size(text) <= _TEXT + _HTML:
        return MailBodies(text, "")
    cut = _cut(_noted(page), _TEXT + _HTML, to_text, _as_text)
    return MailBodies(to_text(cut), "", attachment=to_html(page))


def alert_mail(page: AlertPage) -> MailBodies:
    """Return the bodies of the mail that carries an alert."""
    text, html = alert_text(page), alert_html(page)
    if _size(text) <= _TEXT and _size(html) <= _HTML:
        return MailBodies(text, html)
    return MailBodies(
        text=_cut_alert(page, _TEXT, alert_text),
        html=_cut_alert(page, _HTML, alert_html),
        attachment=html,
    )


def alert_text_mail(page: AlertPage) -> MailBodies:
    """Return the body of an alert's mail of text alone, which has the room of both."""
    text = alert_text(page)
    if _size(text) <= _TEXT + _HTML:
        return MailBodies(text, "")
    cut = _cut_alert(page, _TEXT + _HTML, alert_text)
    return MailBodies(cut, "", attachment=alert_html(page))


def _cut_alert(page: AlertPage, most: int, render: Callable[[AlertPage], str]) -> str:
    """Return an alert with as many stories told in full as leave a line for each of the others.

    The first few are told in full in any case, if that has room.
    """
    everything = len(page.cards)

    def cut(full: int, listed: int) -> str:
        note = _ALERT_NOTE if full < everything else ""
        return render(replace(page, note=note, full=full, listed=listed))

    def has_room(full: int, listed: int) -> bool:
        return _size(cut(full, listed)) <= most

    if has_room(_TOLD, everything - _TOLD):
        full = _most(_TOLD, everything, lambda full: has_room(full, everything - full))
        return cut(full, everything - full)
    full = _most(0, min(_TOLD, everything), lambda full: has_room(full, 0))
    return cut(full, _most(0, everything - full, lambda listed: has_room(full, listed)))


def _noted(page: Page) -> Page:
    return replace(page, notes=(*page.notes, _CUT_NOTE))


def _as_text(card: Card) -> str:
    return "\n".join(card_lines(card))


def _cut(page: Page, most: int, render: Callable[[Page], str], one: Callable[[Card], str]) -> Page:
    """Return the page with so many stories told in full, and lines if need be, as have room."""
    bare = _told(page, {})
    room = most - _size(render(bare))
    if room < 0:
        return _listed(bare, most, render)
    full: dict[str, int] = {}
    open_ = [section for section in page.sections if section.full]
    rank = 0
    while open_:
        # Rank by rank, so that every rule keeps its best.
        for section in list(open_):
            size = _size(one(section.cards[rank])) + (0 if rank else _size(section.name) + 80)
            if size > room or rank + 1 >= section.full:
                open_.remove(section)
            if size <= room:
                room -= size
                full[section.anchor] = rank + 1
        rank += 1
    return _told(page, full)


def _told(page: Page, full: dict[str, int]) -> Page:
    sections = (replace(one, full=full.get(one.anchor, 0)) for one in page.sections)
    return replace(page, sections=tuple(sections))


def _listed(page: Page, most: int, render: Callable[[Page], str]) -> Page:
    """Return the page with as many lines a rule as have room, none told in full."""
    longest = max(section.listed for section in page.sections)
    return _lines(page, _most(0, longest, lambda lines: _size(render(_lines(page, lines))) <= most))


def _most(low: int, high: int, has_room: Callable[[int], bool]) -> int:
    """Return the largest number of these that has room; the lowest is taken to have some."""
    while low < high:
        middle = (low + high + 1) // 2
        if has_room(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _lines(page: Page, most: int) -> Page:
    sections = (replace(one, listed=min(one.listed, most)) for one in page.sections)
    troubles = page.troubles if most else page.troubles[:20]
    return replace(page, sections=tuple(sections), troubles=troubles)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
