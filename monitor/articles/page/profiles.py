"""Site profiles: TOML files of CSS selectors for outlets where the general way is not enough.

One `[[site]]` table an outlet or edition. `domain` is the host (its subdomains count too),
`path_prefix` narrows it to a part of the site. Each field holds one selector or a list, best first:
title, section, published, updated, authors, agency, standfirst, body, caption, credit, paywall; for
`meta` the content is read, for elements with `datetime` that attribute, else the text. `remove`
lists what is cut out of the body. `name`, `language`, `timezone` and `country` say what the page
itself does not. `verified` is the day and what was checked on a real page, or false: then the
selectors were read in public code and never met a page.

Shipped profiles lie in the folder `profiles/`; a user's files go over them by domain and path
prefix. Selectors only lead: where one finds nothing the general extraction stands in.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from monitor import urls
from monitor.dates.zones import named, zone_for
from monitor.errors import ConfigError, Fault

_SELECTORS = (
    "title",
    "section",
    "published",
    "updated",
    "authors",
    "agency",
    "standfirst",
    "body",
    "caption",
    "credit",
    "paywall",
)
_METADATA = tuple(field for field in _SELECTORS if field not in {"body", "caption", "credit"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one outlet's markup; empty where nothing is."""

    domain: str
    path_prefix: str = ""
    name: str = ""
    language: tuple[str, ...] = ()
    timezone: str = ""
    title: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    paywall: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    verified: str = ""  # "2026-11-23: title, body"; "" = never on a real page
    file: str = ""

    def selectors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each metadata field with its selectors."""
        for name in _METADATA:
            yield name, getattr(self, name)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles by host."""

    by_host: Mapping[str, tuple[Profile, ...]]

    def for_url(self, url: str) -> Profile | None:
        """Return the profile of the page's host and path: longest domain, then longest prefix."""
        path = urls.split(url).path
        labels = urls.host(url).split(".")
        for start in range(len(labels) - 1):
            candidates = self.by_host.get(".".join(labels[start:]), ())
            fitting = [p for p in candidates if path.startswith(p.path_prefix)]
            if fitting:
                return max(fitting, key=lambda profile: len(profile.path_prefix))
        return None

    def __iter__(self) -> Iterator[Profile]:
        return (profile for profiles in self.by_host.values() for profile in profiles)


def load_profiles(user_files: Sequence[Path] = ()) -> Profiles:
    """Read the shipped profiles and the user's.

    Args:
        user_files: TOML files whose sites add to the shipped ones, or replace them where domain
            and path prefix are the same.

    Raises:
        ConfigError: a file cannot be read or holds faults; all of them, with file, line and key.
    """
    if not user_files:
        return _shipped_alone()
    merged = {(p.domain, p.path_prefix): p for p in _shipped()}
    faults: list[Fault] = []
    for path in user_files:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(f"cannot be read: {error}", file=str(path)))
            continue
        merged |= {(p.domain, p.path_prefix): p for p in _read(text, str(path), faults)}
    if faults:
        raise ConfigError(faults)
    return Profiles(_by_host(merged.values()))


@lru_cache(maxsize=1)
def _shipped_alone() -> Profiles:
    return Profiles(_by_host(_shipped()))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Profile, ...]:
    faults: list[Fault] = []
    found: list[Profile] = []
    folder = files("monitor.articles").joinpath("profiles")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            # The tests hold the shipped selectors to be sound; checking them costs half a second.
            text = entry.read_text("utf-8")
            found.extend(_read(text, entry.name, faults, check_selectors=False))
    if faults:
        raise ConfigError(faults)
    return tuple(found)


def _by_host(profiles: Iterable[Profile]) -> dict[str, tuple[Profile, ...]]:
    hosts: dict[str, tuple[Profile, ...]] = {}
    for profile in profiles:
        host = profile.domain.removeprefix("www.")
        hosts[host] = (*hosts.get(host, ()), profile)
    return hosts


# ------------------------------------------------------------------ reading and checking

_TEXTS = {"domain", "path_prefix", "name", "timezone", "country", "note"}
_KNOWN = {field.name for field in fields(Profile)} - {"file"} | {"country", "note"}


def _read(text: str, file: str, faults: list[Fault], check_selectors: bool = True) -> list[Profile]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(f"not valid TOML: {error}", file=file))
        return []
    for key in document:
        if key != "site":
            hint = 'did you mean "[[site]]"?'
            faults.append(
                Fault("unknown key", file=file, line=_line(text, key), key=key, hint=hint)
            )
    sites = document.get("site", [])
    if not isinstance(sites, list):
        faults.append(Fault("expected [[site]] tables", file=file, key="site"))
        return []
    found = []
    for number, site in enumerate(sites):
        profile = _profile(site, number, text, file, faults, check_selectors)
        if profile is not None:
            found.append(profile)
    return found


def _profile(
    site: Any, number: int, text: str, file: str, faults: list[Fault], check_selectors: bool
) -> Profile | None:
    start = _site_line(text, number)
    before = len(faults)

    def fault(key: str, message: str, hint: str = "") -> None:
        line = _line(text, key, after=start) or start
        faults.append(
            Fault(message, file=file, line=line, key=f"site[{number + 1}].{key}", hint=hint)
        )

    if not isinstance(site, dict):
        fault("", "expected a table")
        return None
    values: dict[str, Any] = {}
    for key, value in site.items():
        if key not in _KNOWN:
            near = get_close_matches(key, _KNOWN, 1)
            fault(key, "unknown key", f'did you mean "{near[0]}"?' if near else "")
        elif key in _TEXTS:
            if isinstance(value, str):
                values[key] = value
            else:
                fault(key, "expected text")
        elif key == "verified":
            if value is False or (isinstance(value, str) and value):
                values[key] = value or ""
            else:
                fault(key, "expected false, or the day and what was checked")
        else:
            items = [value] if isinstance(value, str) else value
            if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
                fault(key, "expected a selector or a list of selectors")
                continue
            values[key] = tuple(items)
            if check_selectors and (key in _SELECTORS or key == "remove"):
                for selector in items:
                    trouble = _selector_trouble(selector)
                    if trouble:
                        fault(key, f"not a CSS selector: {trouble}")
    if not values.get("domain"):
        fault("domain", "missing: the host the profile is for")
    zone, country = values.get("timezone", ""), values.pop("country", "")
    if zone and named(zone) is None:
        fault("timezone", f"no such zone: {zone}", "IANA names look like Asia/Seoul")
    values.pop("note", None)
    if len(faults) > before:
        return None
    values["timezone"] = zone or zone_for(country)
    return Profile(**values, file=file)


def _selector_trouble(selector: str) -> str:
    from soupsieve import SelectorSyntaxError, compile

    try:
        compile(selector)
    except SelectorSyntaxError as error:
        return str(error).splitlines()[0]
    return ""


def _site_line(text: str, number: int) -> int:
    lines = [
        at for at, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[site]]")
    ]
    return lines[number] if number < len(lines) else 1


def _line(text: str, key: str, after: int = 1) -> int | None:
    for at, line in enumerate(text.splitlines(), 1):
        if at >= after and line.split("=")[0].strip().strip('"[] ') == key:
            return at
        if at > after and line.strip().startswith("[[site]]"):
            return None
    return None
