"""From one edition to one message for each target.

Each target gets a message of its own, with an id of its own, so that one failing recipient never
holds up or repeats another's copy. Messages about one story share a thread: their References begin
with an id that belongs to the story for ever, whether or not the mail that first carried it can
still be found (a threading client makes an empty parent for it), and go on with the message they
answer.
"""

import logging
from collections.abc import Callable, Iterable
from functools import cache, partial
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from monitor.deliver.outgoing import Outgoing, fixed_id, in_utc
from monitor.deliver.shapes import Brief, webhook_body
from monitor.deliver.targets import Target, mail_address, split_mailbox
from monitor.errors import MonitorError
from monitor.model import Edition, Form, MailBodies
from monitor.text import one_line

log = logging.getLogger(__name__)

_MOST_THREADS = 20
_NOWHERE = "wire-monitor.invalid"  # reserved by RFC 2606; for a desk that sends no mail


def build_messages(
    edition: Edition,
    targets: Iterable[Target],
    sender: str = "",
) -> tuple[Outgoing, ...]:
    """Return one message for each target.

    Args:
        edition: what to deliver.
        targets: where to; one that is named twice gets one message.
        sender: the From of mail; its domain stands in the Message-IDs.

    Raises:
        ConfigError: `sender` holds no mail address.
    """
    address = mail_address(split_mailbox(sender)[1]) if sender else ""
    domain = address.rpartition("@")[2].lower() or _NOWHERE
    threads = [fixed_id("story", key, domain=domain) for key in edition.threads[:_MOST_THREADS]]
    render, bodies = cache(edition.render), cache(edition.mail)
    messages: list[Outgoing] = []
    for target in dict.fromkeys(targets):
        message = Outgoing(
            message_id=fixed_id(
                edition.kind, edition.name, target.wish, edition.seed, domain=domain
            ),
            target=target,
            kind=edition.kind,
            name=edition.name,
            subject=one_line(edition.subject),
            text="",
            created_at=in_utc(edition.made_at),
            in_reply_to=next(iter(threads), ""),
            references=tuple(dict.fromkeys(threads)),
        )
        messages.append(_fill(message, target, edition, render, bodies))
    return tuple(messages)


def _fill(
    message: Outgoing,
    target: Target,
    edition: Edition,
    render: Callable[[Form], str],
    bodies: Callable[[Form], MailBodies],
) -> Outgoing:
    form = Form(target.form, target.brief, target.url)
    match target.kind:
        case "terminal":
            usual = "line" if edition.kind == "alert" else "text"
            return replace(message, text=render(replace(form, name=form.name or usual)))
        case "mail" | "maildir":
            return _mail(message, form, bodies, render)
        case "chat":
            lines = [" ".join(part for part in line if part) for line in edition.lines]
            return replace(message, text="\n".join(map(one_line, lines)))
        case "webhook":
            brief = Brief(edition.subject, edition.lines, edition.urgent)
            whole = partial(render, Form("json"))
            body = webhook_body(target, brief, whole, message.message_id)
            return replace(message, text=body)
        case "site":
            return message  # its pages are made from the store when its turn comes
        case "file":
            return replace(message, target=_placed(target, edition), text=render(form))


def _mail(
    message: Outgoing,
    form: Form,
    bodies: Callable[[Form], MailBodies],
    render: Callable[[Form], str],
) -> Outgoing:
    try:
        held = bodies(form)
    except MonitorError as error:
        # The text says all there is to read; a digest must not be lost for its looks.
        log.error("mail goes without HTML: %s", error)
        return replace(message, text=render(replace(form, name="text")))
    return replace(message, text=held.text, html=held.html, attachment=held.attachment)


def _placed(target: Target, edition: Edition) -> Target:
    """Return a file target with its fields filled in; none can lead out of its folder."""
    local = edition.made_at.astimezone(ZoneInfo(edition.timezone))
    name = one_line(edition.name).replace("/", "-").lstrip(".") or edition.kind
    path = target.address
    for field, value in (
        ("{name}", name),
        ("{date}", f"{local:%Y-%m-%d}"),
        ("{time}", f"{local:%H%M%S}"),
    ):
        path = path.replace(field, value)
    return target.at(path)
