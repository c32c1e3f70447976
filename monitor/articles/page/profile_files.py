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

Reading a page needs none of this but what it made: a process that reads pages loads no pydantic.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo

from monitor import urls
from monitor.articles.page.profiles import Profile, Profiles
from monitor.dates.zones import meant_by, named, zone_for
from monitor.errors import ConfigError, Fault
from monitor.tomlfile import TomlFile, nearest, parse_toml, read_toml
from monitor.tomlfile.validation import Checker, Wrong


def _as_list(raw: object) -> object:
    if isinstance(raw, str):
        return (raw,)
    if not isinstance(raw, list):
        raise Wrong("expected a selector or a list of selectors")
    return raw


def _selectors(selectors: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """Check CSS; not of the shipped profiles, which costs half a second and is for the tests."""
    if info.context == "shipped":
        return selectors
    from soupsieve import SelectorSyntaxError, compile

    for selector in selectors:
        try:
            compile(selector)
        except SelectorSyntaxError as error:
            raise Wrong(f"not a CSS selector: {str(error).splitlines()[0]}") from None
    return selectors


def _zone(name: str) -> str:
    if name and named(name) is None:
        meant = meant_by(name)
        hint = f'write "{meant}"' if meant else "IANA names look like Asia/Seoul"
        raise Wrong(f'no such zone: "{name}"', hint)
    return name


def _verified(raw: object) -> str:
    if raw is False or (isinstance(raw, str) and raw):
        return raw or ""
    raise Wrong("expected false, or the day and what was checked")


Selectors = Annotated[tuple[str, ...], BeforeValidator(_as_list), AfterValidator(_selectors)]


@dataclass(frozen=True, slots=True)
class _Site(Profile):
    """A profile as it is written, with what its values must be."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    domain: Annotated[str, Field(min_length=1)]
    language: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    timezone: Annotated[str, AfterValidator(_zone)] = ""
    title: Selectors = ()
    section: Selectors = ()
    published: Selectors = ()
    updated: Selectors = ()
    authors: Selectors = ()
    agency: Selectors = ()
    standfirst: Selectors = ()
    body: Selectors = ()
    caption: Selectors = ()
    credit: Selectors = ()
    paywall: Selectors = ()
    remove: Selectors = ()
    verified: Annotated[str, BeforeValidator(_verified)] = ""  # "" = never on a real page


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
    own: dict[tuple[str, str], str] = {}
    merged = {(p.domain, p.path_prefix): p for p in _shipped()}
    faults: list[Fault] = []
    for path in user_files:
        try:
            file = read_toml(path)
        except ConfigError as error:
            faults += error.faults
            continue
        for where, profile in _read(file, faults):
            key = profile.domain, profile.path_prefix
            here = f"{file.name}:{file.line(where)}"
            if first := own.get(key):
                site = "".join(key)
                faults.append(file.fault(where, f'site "{site}" stands already in {first}'))
            own[key] = here
            merged[key] = profile
    if faults:
        raise ConfigError(faults)
    return Profiles(_by_host(merged.values()))


@lru_cache(maxsize=1)
def _shipped_alone() -> Profiles:
    return Profiles(_by_host(_shipped()))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Profile, ...]:
    folder = files("monitor.articles").joinpath("profiles")
    faults: list[Fault] = []
    found: list[Profile] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            file = parse_toml(entry.read_text("utf-8"), entry.name)
            found += (profile for _, profile in _read(file, faults, shipped=True))
    if faults:
        raise ConfigError(faults)
    return tuple(found)


def _by_host(profiles: Iterable[Profile]) -> dict[str, tuple[Profile, ...]]:
    hosts: dict[str, tuple[Profile, ...]] = {}
    for profile in profiles:
        host = urls.host(f"//{profile.domain}").removeprefix("www.")
        hosts[host] = (*hosts.get(host, ()), profile)
    return hosts


_SITE = Checker(_Site, own=("file",))


def _read(
    file: TomlFile, faults: list[Fault], *, shipped: bool = False
) -> Iterator[tuple[tuple[str | int, ...], Profile]]:
    """Yield the profiles of a file, each with its path there; what is wrong goes into `faults`."""
    for key in file.data:
        if key != "site":
            hint = nearest(key, ("site",)) and 'did you mean "[[site]]"?'
            faults.append(file.fault((key,), f'unknown key "{key}"', hint or "known: site"))
    sites = file.data.get("site", [])
    if not isinstance(sites, list):
        faults.append(file.fault(("site",), "write [[site]] with two brackets"))
        return
    for number, raw in enumerate(sites):
        path = ("site", number)
        context = "shipped" if shipped else None
        site = _SITE.read(file, path, raw, faults, context=context, file=file.name)
        if site is not None:
            said = {field.name: getattr(site, field.name) for field in fields(Profile)}
            said["timezone"] = site.timezone or zone_for(site.country)
            yield path, Profile(**said)
