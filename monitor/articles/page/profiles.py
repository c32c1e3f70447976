"""Site profiles: what is known of the markup of outlets where the general way is not enough.

`profile_files` reads them. Selectors only lead: where one finds nothing the general extraction
stands in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct

from monitor import urls

_METADATA = (
    "title", "section", "published", "updated", "authors", "agency", "standfirst", "paywall",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one outlet's markup; empty where nothing is."""

    domain: str
    path_prefix: str = ""
    name: str = ""
    language: tuple[str, ...] = ()
    country: str = ""
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
    verified: str = ""  # "" = never on a real page
    note: str = ""
    file: str = ""

    def selectors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each metadata field with its selectors."""
        for name in _METADATA:
            yield name, getattr(self, name)


class Profiles(Struct, frozen=True):
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
