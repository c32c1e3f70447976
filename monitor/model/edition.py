"""What can be delivered, in each of its forms."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from monitor.errors import UsageError


class Form(Struct, frozen=True):
    """How a digest or an alert is wanted."""

    name: str  # text, html, json, atom, markdown; line for an alert
    brief: bool = False  # the index alone, of an alert one line a story
    url: str = ""  # where readers will find it, for a feed's link to itself


class MailBodies(Struct, frozen=True):
    """The bodies of a mail, and the whole digest as a file where they do not hold all of it."""

    text: str
    html: str
    attachment: str = ""  # HTML


class Edition(Struct, frozen=True, eq=False):
    """What can be delivered: a digest or an alert, and how it looks in each form."""

    kind: Literal["digest", "alert"]
    name: str  # of the digest, or "alerts"
    seed: str  # what tells it from every other of its name; decides its Message-IDs
    subject: str
    made_at: datetime
    timezone: str  # IANA name of the reader's zone
    urgent: bool  # it should be noticed at once
    lines: tuple[tuple[str, str], ...]  # (text, link) for chats, the most important first
    threads: tuple[str, ...]  # keys of the stories whose messages belong together
    mail: Callable[[Form], MailBodies]
    forms: Mapping[str, Callable[[Form], str]]

    def render(self, form: Form) -> str:
        """Return it in one form.

        Raises:
            UsageError: it has no such form.
        """
        if form.name not in self.forms:
            known = ", ".join(self.forms)
            raise UsageError(f'a {self.kind} has no form "{form.name}"; known: {known}')
        return self.forms[form.name](form)
