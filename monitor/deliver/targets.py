"""Where a message goes, as the user writes it.

    terminal                              standard output of the daemon
    mailto:desk@example.org               one mail address
    file:/srv/digests/{name}-{date}.html  a file; its ending says the format
    file:/srv/digests/                    a folder: an HTML file for each message
    maildir:/home/desk/Maildir            a maildir folder
    site:/srv/archive                     a folder of pages, the whole archive with a search
    https://example.org/hook              a webhook that takes our own JSON
    slack+https://…                       the same in the shape of slack, discord, mattermost, ntfy
    apprise:tgram://…                     any service that Apprise knows (an extra)

A file's path may hold {name}, {date} and {time} of the digest, in the reader's zone; one without
/ or ~ at its front is seen from the folder of config.toml. Beside where to, a target may say in
what form, whether the index alone is wanted, and where readers find it.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from monitor import urls
from monitor.errors import ConfigError
from monitor.text import one_line
from monitor.tomlfile import nearest

Kind = Literal["terminal", "mail", "file", "maildir", "site", "webhook", "chat"]
Shape = Literal["", "generic", "slack", "discord", "mattermost", "ntfy"]

FORMATS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".atom": "atom",
    ".xml": "atom",
    ".md": "markdown",
}
# What each kind of target can be sent in, the usual one first. Chats have shapes of their own.
FORMS: dict[str, tuple[str, ...]] = {
    "terminal": ("text", "markdown", "json"),
    "mail": ("html", "text"),
    "maildir": ("html", "text"),
    "file": ("html", "text", "json", "atom", "markdown"),
    "site": (),
    "webhook": (),
    "chat": (),
}
_WHOLE = ("json", "atom")  # for programs, which want all of it
SHAPES = ("generic", "slack", "discord", "mattermost", "ntfy")
_IN_FOLDER = "{name}-{date}-{time}"
_FIELDS = ("name", "date", "time")
_SCHEMES = ("terminal", "mailto:", "file:", "maildir:", "site:", "apprise:", "https://", "http://")
_SERVICE = re.compile(r"[a-z][a-z0-9+.-]*://.")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Target:
    """One place to deliver to."""

    kind: Kind
    address: str  # mail address, path or URL; "" for the terminal
    text: str  # as the user wrote it
    shape: Shape = ""
    form: str = ""  # as in `model.Form`; "": the usual one of its kind
    brief: bool = False
    url: str = ""
    wish: str = field(default="", compare=False)  # text, form and brief as wished for, in one

    @property
    def label(self) -> str:
        """The target as it may be shown: what follows a service's name is a secret."""
        if self.kind == "chat":
            return f"{self.address.partition(':')[0]} (Apprise)"
        if self.kind != "webhook":
            return self.text
        return f"{self.shape} webhook at {urls.host(self.address)}"

    def path(self, folder: Path) -> Path:
        """The file or folder it names, which is seen from `folder` unless it is a whole path."""
        return folder / Path(self.address).expanduser()

    def at(self, path: str) -> "Target":
        """The same target of files, with another path."""
        return replace(self, address=path, text=f"file:{path}")


def label_of(text: str) -> str:
    """Return a stored target as it may be shown, also one that cannot be read any more."""
    try:
        return parse_target(text).label
    except ConfigError:
        return "a target that cannot be read"


def parse_target(text: str, *, form: str = "", brief: bool = False, url: str = "") -> Target:
    """Read one target.

    Args:
        text: where to.
        form: "text", "html", "json", "atom", "markdown"; "" for the usual one of its kind.
        brief: the index alone.
        url: where readers will find what is written there; for an Atom feed.

    Raises:
        ConfigError: it is none of the known forms, or its address cannot be right, or it cannot
            be had as wished.
    """
    target = _parsed(text.strip(), form)
    known = FORMS[target.kind]
    if form and form not in known:
        has = f"can be {', '.join(known)}" if known else "has a form of its own"
        raise ConfigError(f'target "{target.label}" cannot be {form}; it {has}')
    wish = " ".join(filter(None, (target.text, form, "brief" if brief else "")))
    target = replace(target, form=form or target.form, brief=brief, url=url, wish=wish)
    if brief and (target.form in _WHOLE or target.shape == "generic"):
        raise ConfigError(f'target "{target.label}" is for programs, which are never brief')
    if url and target.form != "atom":
        raise ConfigError(f'target "{target.label}": only an Atom feed says its own url')
    return target


def _parsed(wanted: str, form: str) -> Target:
    if _CONTROL.search(wanted):
        raise ConfigError(f"target {wanted!r} has control characters in it")
    if wanted == "terminal":
        return Target("terminal", "", wanted)
    scheme, colon, rest = wanted.partition(":")
    if colon and scheme == "mailto":
        return Target("mail", mail_address(rest), wanted)
    if colon and scheme == "file":
        return _file(rest, wanted, form)
    if colon and scheme in ("maildir", "site"):
        if not rest.strip():
            raise ConfigError(f'target "{wanted}" names no folder')
        return Target("site" if scheme == "site" else "maildir", rest, wanted)
    if colon and scheme == "apprise":
        if not _SERVICE.match(rest):
            raise ConfigError(f'target "{wanted}" names no service; write apprise:tgram://…')
        return Target("chat", rest, wanted)
    if colon and scheme.split("+")[-1] in {"http", "https"}:
        return _webhook(scheme, wanted)
    raise ConfigError(f'target "{wanted}" is not understood; {_hint(wanted)}')


def mail_address(text: str) -> str:
    """Return a mail address in the form SMTP takes, its domain in ASCII (IDNA 2008).

    Raises:
        ConfigError: it is no address (RFC 5321 section 4.1.2 without quoted local parts).
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    if "?" in domain:
        raise ConfigError(f'"{address}": give only the address, without "?"')
    if not at or not local or not domain:
        raise ConfigError(f'"{address}" is no mail address; write it as desk@example.org')
    if "," in address or ";" in address:
        raise ConfigError(f'"{address}": one address a target; write one target for each')
    try:
        plain = _valid(f"desk@{domain}").partition("@")[2]
    except ValueError as error:
        raise ConfigError(f'"{address}": "{domain}" is no domain name ({error})') from None
    try:
        return f"{_valid(f'{local}@example.org').rpartition('@')[0]}@{plain}"
    except ValueError as error:
        raise ConfigError(f'"{address}": "{local}" cannot stand before the @ ({error})') from None


def _valid(address: str) -> str:
    """Return an address with its domain in ASCII.

    Raises:
        ValueError: it is none.
    """
    import email_validator  # takes longer to load than most commands that name no address

    # A mail server in the house has such names, and may take mail for its own machine.
    allowed = {"localhost", "local"}
    special = email_validator.SPECIAL_USE_DOMAIN_NAMES
    special[:] = [name for name in special if name not in allowed]
    found = email_validator.validate_email(
        address,
        allow_smtputf8=False,
        strict=True,
        check_deliverability=False,
        globally_deliverable=False,
        test_environment=True,
    )
    return found.ascii_email or ""


def split_mailbox(text: str) -> tuple[str, str]:
    """Split "Name <address>" or a bare address; a comma in the name needs no quotes here."""
    name, bracket, address = one_line(text).rpartition("<")
    if not bracket:
        return "", address.strip()
    return name.strip().strip('"').strip(), address.removesuffix(">").strip()


def _file(path: str, wanted: str, form: str) -> Target:
    if path.startswith("///"):
        path = path[2:]
    if not path.strip():
        raise ConfigError(f'target "{wanted}" names no file')
    if path.endswith("/"):
        endings = {name: ending for ending, name in reversed(FORMATS.items())}
        path += _IN_FOLDER + endings.get(form, ".html")
    ending = re.search(r"\.[a-z]+$", path)
    if not ending or ending[0] not in FORMATS:
        known = ", ".join(FORMATS)
        raise ConfigError(f'target "{wanted}": the file\'s ending says its format; known: {known}')
    for name in re.findall(r"\{([^{}]*)\}", path):
        if name not in _FIELDS:
            raise ConfigError(
                f'target "{wanted}": "{{{name}}}" is not known; use {{name}}, {{date}}, {{time}}'
            )
    return Target("file", path, wanted, form=form or FORMATS[ending[0]])


def _webhook(scheme: str, wanted: str) -> Target:
    shape, plus, protocol = scheme.rpartition("+")
    shape = shape if plus else "generic"
    if shape not in SHAPES:
        hint = nearest(shape, SHAPES) or f"known: {', '.join(SHAPES)}"
        raise ConfigError(f'target "{wanted}": webhook shape "{shape}" is not known; {hint}')
    address = f"{protocol}:{wanted.partition(':')[2]}"
    if not urls.is_web(address) or " " in address:
        raise ConfigError(f'target "{wanted}" is no complete url; write https://host/path')
    if shape == "ntfy" and not urls.split(address).path.strip("/"):
        raise ConfigError(f'target "{wanted}" lacks the topic; write ntfy+https://host/topic')
    return Target("webhook", address, wanted, shape)  # type: ignore[arg-type]


def _hint(wanted: str) -> str:
    if "@" in wanted and ":" not in wanted:
        return f'for mail write "mailto:{wanted}"'
    if wanted.startswith(("/", "~", "./")):
        return f'for a file write "file:{wanted}"'
    near = nearest(wanted.split(":")[0] + ":", _SCHEMES)
    return near or "write terminal, mailto:…, file:…, maildir:…, site:… or https://…"
