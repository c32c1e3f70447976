"""The tables of config.toml as frozen pydantic models, one class a table."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from monitor import model
from monitor.errors import ConfigError, Fault, UsageError
from monitor.settings.values import (
    Clock,
    Contact,
    Country,
    DatabaseUrl,
    Days,
    DeskName,
    Duration,
    Language,
    Lease,
    Loopback,
    Name,
    Quiet,
    Url,
    Vantage,
    Zone,
)
from monitor.tomlfile import KeyPath, TomlFile, dotted, nearest

FileKey = Literal["rule_files", "entity_files", "profile_files"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MonitorTable(_Table):
    """`[monitor]`: the program as a whole."""

    desk: DeskName = ""  # whose settings these are, where several desks share a database
    timezone: Zone = "UTC"  # what people see
    state: str = "state"
    database: DatabaseUrl = ""  # SQLAlchemy URL; empty: SQLite in the state folder
    database_password_command: tuple[str, ...] = ()  # prints the password of the database
    lease: Lease = timedelta(seconds=20)  # of several machines: after it others take over
    contact: Contact = ""  # goes into the User-Agent
    reader_language: Language = ""  # copies in it head their stories; names are told in it
    rule_files: tuple[str, ...] = ()
    entity_files: tuple[str, ...] = ()
    profile_files: tuple[str, ...] = ()
    in_flight: int = Field(default=50, ge=1, le=500)
    per_host: int = Field(default=2, ge=1, le=20)
    spacing: float = Field(default=1.0, ge=0, le=60)  # seconds between two requests to one host
    workers: int = Field(default=2, ge=0, le=16)  # processes that read documents; 0: none
    keep_days: int = Field(default=365, ge=7, le=36500)
    metrics: Loopback = ""  # "127.0.0.1:9464": where the daemon serves /metrics; empty: nowhere


class ListTable(_Table):
    """`list = { … }` of a feed with `format = "list"`."""

    item: str
    link: str = "a"
    title: str = ""
    date: str = ""


class FeedTable(_Table):
    """`[[feed]]`."""

    name: Name
    url: Url
    kind: Literal[
        "wire", "paper", "broadcaster", "government", "think-tank", "aggregator", "other"
    ] = "other"
    language: Language = ""
    country: Country = ""
    timezone: Zone = ""
    every: Duration = timedelta(minutes=15)
    pages: Literal["all", "hits", "none"] = "all"
    format: Literal["feed", "list", "sitemap"] = "feed"
    list: ListTable | None = None
    private: bool = False
    user_agent: str = ""
    max_items: int = Field(default=2000, ge=1)
    vantage: Vantage = ""  # read only by machines started with --vantage of that name
    enabled: bool = True
    label: str = ""  # what readers are told of its outlet: "state media"
    verified: str = ""
    note: str = ""

    def as_feed(self) -> model.Feed:
        """Return the value that the rest of the program knows."""
        kept = self.model_dump(exclude={"list", "enabled", "label", "verified", "note"})
        page = model.ListPage(**self.list.model_dump()) if self.list else None
        return model.Feed(**kept, list_page=page)


class TargetTable(_Table):
    """One of `to = [ … ]`: a text, or a table that says in what form."""

    target: str
    format: Literal["", "text", "html", "json", "atom", "markdown"] = ""  # empty: as is usual there
    brief: bool = False  # the index alone
    url: str = ""  # where readers will find an Atom feed


def _targets(targets: tuple[TargetTable, ...]) -> tuple[TargetTable, ...]:
    if not targets:
        raise ValueError(
            'expected at least one target such as "terminal" or "mailto:desk@example.org"'
        )
    return targets


def _target(given: object) -> object:
    return {"target": given} if isinstance(given, str) else given


Targets = Annotated[
    tuple[Annotated[TargetTable, BeforeValidator(_target)], ...], AfterValidator(_targets)
]


class DigestTable(_Table):
    """`[[digest]]`."""

    name: Name
    at: Clock = "07:30"
    days: Days = "daily"
    timezone: Zone = ""  # empty: that of [monitor]
    rules: tuple[str, ...] = ()  # empty: all rules
    to: Targets = (TargetTable(target="terminal"),)
    empty: Literal["send", "skip"] = "send"
    limit: int = Field(default=30, ge=0)  # stories of a rule told in full; others keep a line
    not_in: tuple[str, ...] = ()  # digests for the same readers: what they told is left out
    trends: Literal["", "day", "week"] = ""  # a trend of its rules: 28 days or 12 weeks
    searches: tuple[str, ...] = ()  # saved searches, a section each after the rules
    repeat: bool = True  # what any other digest told all of its targets is left out when false


class AlertTable(_Table):
    """`[[alert]]`: who hears at once of stories at level "now"."""

    to: Targets
    rules: tuple[str, ...] = ()
    quiet: Quiet = ""
    urgent: tuple[str, ...] = ()  # rule ids that break the quiet hours


class SearchTable(_Table):
    """`[[search]]`: a query with a name; `@name` stands for it in other queries."""

    name: Name
    query: str = Field(min_length=1)
    to: tuple[Annotated[TargetTable, BeforeValidator(_target)], ...] = ()  # files kept up to date


class EmailTable(_Table):
    """`[email]`."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password_env: str = ""
    password_command: tuple[str, ...] = ()
    password_keyring: str = ""
    ca: str = ""  # file of certificates to trust instead of the system's
    from_: str = Field(alias="from")


class GlossTable(_Table):
    """`[gloss]`: a translator of the desk's own for headlines in other languages."""

    command: tuple[str, ...] = Field(min_length=1)  # a program and its arguments; no shell
    timeout: Duration = Field(default=timedelta(seconds=30), le=timedelta(minutes=10))


class Config(_Table):
    """The whole file."""

    monitor: MonitorTable = MonitorTable()
    feed: tuple[FeedTable, ...] = ()
    digest: tuple[DigestTable, ...] = ()
    alert: tuple[AlertTable, ...] = ()
    search: tuple[SearchTable, ...] = ()
    email: EmailTable | None = None
    gloss: GlossTable | None = None
    folder: Path = Field(default=Path(), exclude=True)  # of the file
    source: TomlFile | None = Field(default=None, exclude=True)  # where faults are told to stand

    @property
    def feeds(self) -> tuple[model.Feed, ...]:
        """The enabled feeds, in the order of the file."""
        return tuple(table.as_feed() for table in self.feed if table.enabled)

    @property
    def state(self) -> Path:
        """The state folder."""
        return self.folder / Path(self.monitor.state).expanduser()

    @property
    def zone(self) -> ZoneInfo:
        """The zone that people see."""
        return ZoneInfo(self.monitor.timezone)

    def digest_named(self, name: str) -> DigestTable:
        """Return the digest called `name`; raises UsageError with the nearest spelling."""
        for table in self.digest:
            if table.name == name:
                return table
        known = [table.name for table in self.digest]
        hint = nearest(name, known) or (f"known: {', '.join(known)}" if known else "none is set")
        raise UsageError(f'no digest is called "{name}" ({hint})')

    def zone_of(self, table: DigestTable) -> str:
        """Return the IANA name of the zone in which a digest has its hour."""
        return table.timezone or self.monitor.timezone

    def same_readers(self, table: DigestTable) -> tuple[str, ...]:
        """Return the digests that tell a digest's readers what it need not tell them again."""
        targets = {to.target for to in table.to}
        others = () if table.repeat else self.digest
        also = (one.name for one in others if targets <= {to.target for to in one.to})
        return tuple(dict.fromkeys((table.name, *table.not_in, *also)))

    def feeds_named(self, names: tuple[str, ...]) -> tuple[model.Feed, ...]:
        """Return the feeds called `names` (all when empty); raises UsageError."""
        known = {feed.name: feed for feed in self.feeds}
        if missing := [name for name in names if name not in known]:
            hint = nearest(missing[0], known) or "`monitor feeds list` shows them"
            raise UsageError(f'no feed is called "{missing[0]}" ({hint})')
        return tuple(known[name] for name in names) if names else tuple(known.values())

    def files(self, key: FileKey) -> tuple[Path, ...]:
        """Return the files that a key of [monitor] names, globs expanded and sorted.

        Names are relative to the config file.

        Raises:
            ConfigError: a name without a glob that is no file; all of them.
        """
        found: list[Path] = []
        missing: list[Fault] = []
        for number, pattern in enumerate(getattr(self.monitor, key)):
            here = self._expanded(pattern)
            found += here
            if not here and not _is_glob(pattern):
                path = self.folder / Path(pattern).expanduser()
                near = nearest(path.name, (other.name for other in path.parent.glob("*")))
                missing.append(self.fault(("monitor", key, number), f"no such file: {path}", near))
        if missing:
            raise ConfigError(missing)
        return tuple(dict.fromkeys(found))

    def empty_globs(self) -> Iterator[Fault]:
        """Yield a fault for each glob among the file names that no file matches."""
        for key in get_args(FileKey):
            for number, pattern in enumerate(getattr(self.monitor, key)):
                if _is_glob(pattern) and not self._expanded(pattern):
                    hint = f"looked for in {self.folder.absolute()}"
                    message = f'"{pattern}" matches no file'
                    yield self.fault(("monitor", key, number), message, hint)

    def fault(self, path: KeyPath, message: str, hint: str = "") -> Fault:
        """Return a fault at a key of the config file."""
        if self.source is None:
            return Fault(message, key=dotted(path), hint=hint)
        return self.source.fault(path, message, hint)

    def _expanded(self, pattern: str) -> list[Path]:
        path = Path(pattern).expanduser()
        if not _is_glob(pattern):
            found = [self.folder / path]
        else:
            base = Path(path.anchor) if path.is_absolute() else self.folder
            found = sorted(base.glob(str(path.relative_to(path.anchor))))
        return [one for one in found if one.is_file()]


def _is_glob(pattern: str) -> bool:
    return any(mark in pattern for mark in "*?[")
