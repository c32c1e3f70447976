"""What must fit together in config.toml: names, and keys that want or rule out each other."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from monitor.errors import Fault
from monitor.settings.tables import Config, EmailTable, FeedTable
from monitor.tomlfile import TomlFile

_PASSWORDS = ("password_env", "password_command", "password_keyring")


def cross_checks(file: TomlFile, config: Config) -> Iterator[Fault]:
    """Yield what does not fit together, each table by itself being sound."""
    yield from _taken_names(file, config)
    for index, feed in enumerate(config.feed):
        yield from _list_page(file, index, feed)
    if config.gloss and not config.monitor.reader_language:
        said = "[gloss] needs to know the reader's language"
        yield file.fault(("gloss",), said, 'reader_language = "en" in [monitor]')
    yield from _email(file, config)


def _taken_names(file: TomlFile, config: Config) -> Iterator[Fault]:
    for key, names in (
        ("feed", [table.name for table in config.feed]),
        ("digest", [table.name for table in config.digest]),
        ("search", [table.name for table in config.search]),
    ):
        seen: dict[str, int] = {}
        for index, name in enumerate(names):
            if (first := seen.setdefault(name, index)) < index:
                taken = f'"{name}" is taken by {key}[{first + 1}]'
                yield file.fault((key, index, "name"), taken)


def _list_page(file: TomlFile, index: int, feed: FeedTable) -> Iterator[Fault]:
    if feed.format == "list" and feed.list is None:
        expected = 'expected list = { item = "…", link = "…" }: where the links stand'
        yield file.fault(("feed", index), 'format = "list" without `list`', expected)
    if feed.list is None:
        return
    if feed.format != "list":
        what = f'`list` is not looked at with format = "{feed.format}"'
        yield file.fault(("feed", index, "list"), what, 'write format = "list", or take it away')
    for key, selector in feed.list.model_dump().items():
        if selector and (reason := _no_selector(selector)):
            what = f'"{selector}" is no CSS selector: {reason}'
            yield file.fault(("feed", index, "list", key), what)


def _no_selector(selector: str) -> str:
    """Return what keeps a text from being a CSS selector, "" when it is one."""
    import soupsieve

    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).splitlines()[0]
    return ""


def _email(file: TomlFile, config: Config) -> Iterator[Fault]:
    targets = [to for table in config.digest for to in table.to]
    targets += [to for table in config.alert for to in table.to]
    if config.email is None:
        if any(to.target.startswith("mailto:") for to in targets):
            what = 'a "mailto:" target needs an [email] table'
            yield Fault(what, file=file.name, hint="host, port, from …")
        return
    host = config.email.host
    # Several colons are an IPv6 address; one is a port, or the scheme of a url.
    if not host or host.count(":") == 1 or re.search(r"[\s/]", host):
        said = f'expected the name of a host, such as "smtp.example.org", not "{host}"'
        yield file.fault(("email", "host"), said, "the port has a key of its own")
    yield from _login(file, config.email)


def _login(file: TomlFile, email: EmailTable) -> Iterator[Fault]:
    given = [key for key in _PASSWORDS if getattr(email, key)]
    if len(given) > 1:
        yield file.fault(("email", given[1]), f"{given[0]} is there already", "keep one of them")
    if email.username and not given:
        hint = f"add {', '.join(_PASSWORDS[:-1])} or {_PASSWORDS[-1]}"
        yield file.fault(("email", "username"), "a login needs a password", hint)
    if email.security == "none" and email.username and not _loopback(email.host):
        what = 'security = "none" would send the password readable, so nothing is sent'
        yield file.fault(("email", "security"), what, '"starttls" or "tls"')
    if given and not email.username:
        yield file.fault(("email", given[0]), "a password needs a `username`", "or take it away")


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
