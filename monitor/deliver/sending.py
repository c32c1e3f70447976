"""One attempt to send one message, whatever its target."""

import asyncio
import sys
from pathlib import Path
from typing import TextIO

import httpx

from monitor import atomic
from monitor.deliver.chat import notify
from monitor.deliver.mail_settings import MailSettings
from monitor.deliver.maildir import write_maildir
from monitor.deliver.mime import to_mime
from monitor.deliver.outcome import Outcome, parked, retry, sent, unwritten
from monitor.deliver.outgoing import Outgoing
from monitor.deliver.smtp import send_mail
from monitor.deliver.webhook import post
from monitor.errors import ConfigError


async def send(
    outgoing: Outgoing,
    settings: MailSettings | None = None,
    *,
    folder: Path = Path(),
    client: httpx.AsyncClient | None = None,
    terminal: TextIO | None = None,
) -> Outcome:
    """Try once to deliver a message.

    Args:
        outgoing: the message.
        settings: the mail server; None when none is configured, then mail is parked.
        folder: from which paths of files are seen; the desk's own.
        client: for webhooks, with its own timeouts; when None one is made for this message.
        terminal: where the target "terminal" writes; standard output when None.

    Returns:
        What became of it. What the other side does is never raised.
    """
    target = outgoing.target
    match target.kind:
        case "terminal":
            return await asyncio.to_thread(_print, outgoing.text, terminal or sys.stdout)
        case "mail" if settings is None:
            return parked("no mail server is configured; write an [email] table")
        case "mail":
            assert settings is not None
            return await send_mail(outgoing, settings)
        case "chat":
            return await notify(outgoing)
        case "webhook":
            return await post(outgoing, target, client=client)
        case "site":
            return parked("a site is made from the store; no message holds it")
        case "file" | "maildir":
            return await asyncio.to_thread(_write, outgoing, target.path(folder), settings)


def _write(outgoing: Outgoing, path: Path, settings: MailSettings | None) -> Outcome:
    try:
        if outgoing.target.kind == "file":
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, outgoing.text.encode("utf-8", "replace"))
        else:
            sender = settings or MailSettings(host="", from_="Wire monitor <monitor@localhost>")
            write_maildir(path, outgoing, to_mime(outgoing, sender).as_bytes())
    except ConfigError as error:
        return parked(str(error))
    except OSError as error:
        return unwritten(path, error)
    return sent()


def _print(text: str, terminal: TextIO) -> Outcome:
    try:
        terminal.write(text if text.endswith("\n") else text + "\n")
        terminal.flush()
    except (OSError, ValueError) as error:
        return retry(f"the terminal cannot be written: {error}")
    return sent()
