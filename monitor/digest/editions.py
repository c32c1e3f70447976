"""A digest or an alert on its way out: its subject, its short form, and every form it can take."""

from zoneinfo import ZoneInfo

from monitor.digest.alerts import (
    Alert,
    alert_html,
    alert_json,
    alert_line,
    alert_subject,
    alert_text,
    cards,
    lay_out_alert,
    newest_url,
)
from monitor.digest.atom import to_atom
from monitor.digest.card import Card
from monitor.digest.data import to_json
from monitor.digest.fit import alert_mail, alert_text_mail, mail, text_mail
from monitor.digest.html import to_html
from monitor.digest.markdown import to_markdown
from monitor.digest.page import Page, index_only, lay_out
from monitor.digest.phrasing import cut, plain
from monitor.digest.plain import to_text
from monitor.model import Digest, Edition, Form, MailBodies

_BRIEF = 20  # stories in the short form
_NAMED = 3  # outlets named in a line of it


def edition(content: Digest | Alert, reader_language: str = "") -> Edition:
    """Return a digest or an alert ready to be delivered."""
    if isinstance(content, Digest):
        return _digest(content, lay_out(content, reader_language))
    return _alert(content)


def _digest(digest: Digest, page: Page) -> Edition:
    local = digest.made_at.astimezone(ZoneInfo(digest.timezone))
    day = f"{local:%a} {local.day} {local:%b}"
    late = " (late)" if digest.late else ""
    stories = [card for section in page.sections for card in section.cards]
    lines = [(note, "") for note in (page.trouble, *page.notes) if note]
    counts = " · ".join(f"{section.name} {section.count}" for section in page.sections)
    lines += [(counts, "")] if stories else []
    lines += [(page.empty, "")] if page.empty else []
    lines += [_line(card, "NOW: " if card.urgent else "") for card in stories[:_BRIEF]]
    if len(stories) > _BRIEF:
        lines.append((f"and {len(stories) - _BRIEF} more stories", ""))
    return Edition(
        kind="digest",
        name=digest.name,
        seed=" ".join(at.isoformat() for at in (digest.since, digest.until, digest.made_at)),
        subject=f"{page.title}, {day}{late}: {page.summary}",
        made_at=digest.made_at,
        timezone=digest.timezone,
        urgent=False,
        lines=tuple(lines),
        threads=(),
        mail=lambda form: (text_mail if form.name == "text" else mail)(_of(page, form)),
        forms={
            "text": lambda form: to_text(_of(page, form)),
            "html": lambda form: to_html(_of(page, form)),
            "json": lambda _: to_json(digest),
            "atom": lambda form: to_atom(page, form.url),
            "markdown": lambda form: to_markdown(_of(page, form)),
        },
    )


def _of(page: Page, form: Form) -> Page:
    return index_only(page) if form.brief else page


def _alert(alert: Alert) -> Edition:
    return Edition(
        kind="alert",
        name="alerts",
        seed=" ".join([alert.made_at.isoformat(), *(str(story.id) for story in alert.stories)]),
        subject=alert_subject(alert),
        made_at=alert.made_at,
        timezone=alert.timezone,
        urgent=True,
        lines=tuple((_line(card)[0], newest_url(card)) for card in cards(alert)),
        threads=tuple(str(story.id) for story in alert.stories),
        mail=lambda form: _alert_mail(alert, form),
        forms={
            "line": lambda _: alert_line(alert),
            "text": lambda form: (
                alert_line(alert) if form.brief else alert_text(lay_out_alert(alert))
            ),
            "html": lambda _: alert_html(lay_out_alert(alert)),
            "json": lambda _: alert_json(alert),
        },
    )


def _alert_mail(alert: Alert, form: Form) -> MailBodies:
    if form.brief:
        return MailBodies(alert_line(alert), "")
    return (alert_text_mail if form.name == "text" else alert_mail)(lay_out_alert(alert))


def _line(card: Card, lead: str = "") -> tuple[str, str]:
    names = list(dict.fromkeys(outlet.name for outlet in card.outlets[:_NAMED]))
    more = len(card.outlets) + card.more_outlets - len(names)
    who = ", ".join(names) + (f" +{more}" if more else "")
    when = card.outlets[0].clock if card.outlets else ""
    about = " ".join(part for part in (when, who) if part)
    text = lead + cut(plain(card.headline), 200) + (f" ({about})" if about else "")
    return text, card.url
