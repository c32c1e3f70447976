"""One desk: its settings, its store, and its rules, entities and site profiles.

Rules and profiles are loaded when first needed, because a poll in which nothing is new must cost
next to nothing. Everything that names something of another file (a digest its rules, an alert its
targets) is checked here, where all of it is known.
"""

import copy
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor import logs, model, urls
from monitor.errors import ConfigError, Fault
from monitor.settings import Config, EmailTable, TargetTable
from monitor.store import Store, open_store
from monitor.store.transactions import is_there
from monitor.tomlfile import KeyPath, nearest, read_text

if TYPE_CHECKING:
    from monitor.articles import Profiles
    from monitor.deliver import MailSettings, Target
    from monitor.watch import Rulebook

log = logging.getLogger(__name__)

_DIGEST_ONLY = ("atom", "markdown")


def read_target(to: TargetTable) -> "Target":
    """Return a target as the settings wish for it; raises ConfigError for what cannot be."""
    from monitor import deliver

    return deliver.parse_target(to.target, form=to.format, brief=to.brief, url=to.url)


class Desk:
    """Settings, store and rules, opened together.

    Args:
        config: the checked settings.
        state: another state folder than the configured one.
    """

    def __init__(self, config: Config, state: Path | None = None) -> None:
        self.config = config
        self.state = state or config.state
        self.feeds: dict[str, model.Feed] = {feed.name: feed for feed in config.feeds}
        self._store: Store | None = None

    @property
    def name(self) -> str:
        """Its name among the desks of its database, "" for the only one."""
        return self.config.monitor.desk

    @property
    def store(self) -> Store:
        """The store, opened when first needed; raises StoreError."""
        if self._store is None:
            database = self.config.monitor.database
            store = open_store(self.state, database, password=self.database_password)
            self._store = store.for_desk(self.name)
        return self._store

    def now(self) -> datetime:
        """Return the time by the clock of the store, which is the one that counts; aware.

        Raises:
            StoreError: the store cannot be read.
        """
        if not self.config.monitor.database:
            return datetime.now(UTC)
        from monitor.store import machines

        with self.store.read() as db:
            return machines.now(db)

    @property
    def has_store(self) -> bool:
        """Whether there is a store already; opening one makes it.

        Raises:
            StoreError: something else is there, or nobody can tell.
        """
        return bool(self.config.monitor.database) or is_there(self.state)

    @property
    def database_password(self) -> Callable[[], str] | None:
        """What gives the password of the database server; None where it is known otherwise."""
        command = self.config.monitor.database_password_command
        return partial(_ask_password, command, self.config.folder) if command else None

    def on(self, store: Store) -> "Desk":
        """Return the same desk on another view of its store."""
        other = copy.copy(self)
        other.work_on(store)
        return other

    def work_on(self, store: Store) -> None:
        """Take a store that is open already."""
        self._store = store

    @cached_property
    def rulebook(self) -> "Rulebook":
        """The compiled rules; raises ConfigError with all faults of all rule and entity files."""
        from monitor import watch

        return watch.load(self.config.files("rule_files"), self.config.files("entity_files"))

    @cached_property
    def own_files(self) -> tuple[tuple[str, str], ...]:
        """The texts of the desk's own entity and rule files, (name, text), as `rulebook` has them.

        Raises ConfigError.
        """
        paths = (*self.config.files("entity_files"), *self.config.files("rule_files"))
        return tuple((path.name, read_text(path)) for path in dict.fromkeys(paths))

    def take_rules(self, rulebook: "Rulebook") -> None:
        """Go on with rules of this desk that another machine has put in force."""
        self.__dict__["rulebook"] = rulebook

    @cached_property
    def labels(self) -> dict[str, str]:
        """What readers are told of the outlets of feeds that the desk has a word on, by feed."""
        return {table.name: table.label for table in self.config.feed if table.label}

    @cached_property
    def profiles(self) -> "Profiles":
        """The site profiles; raises ConfigError."""
        from monitor import articles

        return articles.load_profiles(self.config.files("profile_files"))

    @cached_property
    def mail(self) -> "MailSettings | None":
        """How to send mail, or None without [email]; raises ConfigError for a missing password."""
        from monitor import deliver

        table = self.config.email
        if table is None:
            return None
        password = ""
        if table.username:
            password = deliver.resolve_password(
                env=table.password_env,
                command=table.password_command,
                keyring=table.password_keyring,
                username=table.username,
                folder=self.config.folder,
            )
            logs.conceal(password)
        return _mail_settings(self.config, table, password)

    @cached_property
    def sender(self) -> "MailSettings | None":
        """Who messages in a maildir say they are from; no password is asked for."""
        email = self.config.email
        return _mail_settings(self.config, email) if email else None

    def rule_names(self, chosen: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """Return (id, name) of the chosen rules, or of all that are enabled, in their order."""
        rules = [(rule.id, rule.name) for rule in self.rulebook.rules if rule.enabled]
        return [pair for pair in rules if not chosen or pair[0] in chosen]

    def check_references(self) -> None:
        """Raise ConfigError with every rule and target that config.toml names and nobody knows."""
        if faults := list(self._dangling()):
            raise ConfigError(faults)

    def check_own_files(self) -> None:
        """Read the user's own rules, entities and profiles; raises ConfigError with all faults.

        Nothing is read where there are none, since the built-in ones are known to be sound.
        """
        table = self.config.monitor
        if table.rule_files or table.entity_files:
            _ = self.rulebook
        if table.profile_files:
            _ = self.profiles

    def warn_of_empty_globs(self) -> None:
        """Log a warning for each glob of file names that no file matches."""
        for fault in self.config.empty_globs():
            log.warning("%s", fault)

    def _dangling(self) -> Iterator[Fault]:
        known = [rule.id for rule in self.rulebook.rules]
        for path, rule in self._named("rules", "urgent"):
            if rule not in known:
                hint = nearest(rule, known) or f"known: {', '.join(known)}"
                yield self.config.fault(path, f'no rule is called "{rule}"', hint)
        yield from self._bad_targets()
        yield from self._two_vantages()
        digests = [table.name for table in self.config.digest]
        for number, table in enumerate(self.config.digest):
            others = [name for name in digests if name != table.name]
            for place, name in enumerate(table.not_in):
                if name not in others:
                    hint = nearest(name, others) or f"known: {', '.join(others) or 'none'}"
                    path = ("digest", number, "not_in", place)
                    yield self.config.fault(path, f'no other digest is called "{name}"', hint)
        yield from self._unknown_searches()
        yield from self._bad_mail()

    def _bad_mail(self) -> Iterator[Fault]:
        if (settings := self.sender) is None:
            return
        try:
            _ = settings.sender
        except ConfigError as error:
            yield self.config.fault(("email", "from"), str(error).removeprefix("email.from: "))
        if settings.ca is not None and not settings.ca.is_file():
            yield self.config.fault(("email", "ca"), f"no such file: {settings.ca}")

    def _unknown_searches(self) -> Iterator[Fault]:
        known = [table.name for table in self.config.search]
        for path, name in self._named("searches"):
            if name not in known:
                hint = nearest(name, known) or "write a [[search]] table of that name"
                yield self.config.fault(path, f'no saved search is called "{name}"', hint)

    def _two_vantages(self) -> Iterator[Fault]:
        """A host is asked by one machine, so its feeds cannot be read at two places."""
        known: dict[str, Any] = {}
        for number, feed in enumerate(self.config.feed):
            if not (feed.vantage and feed.enabled):
                continue
            first = known.setdefault(urls.host(feed.url), feed)
            if first.vantage != feed.vantage:
                what = f'feed {first.name} at the same host is read at "{first.vantage}"'
                yield self.config.fault(("feed", number, "vantage"), what, "one place for a host")

    def _bad_targets(self) -> Iterator[Fault]:
        for path, to in self._named("to"):
            try:
                target = read_target(to)
            except ConfigError as error:
                yield self.config.fault(path, str(error))
                continue
            if path[0] == "search" and target.kind != "file":
                yield self.config.fault(path, "a search is kept up to date in files (file:…) only")
            if path[0] == "alert" and target.kind == "site":
                yield self.config.fault(path, "a site is a target of digests, not of alerts")
            if path[0] == "alert" and target.form in _DIGEST_ONLY:
                forms = "text, html or json"
                yield self.config.fault(path, f"an alert cannot be {target.form}, only {forms}")

    def _named(self, *keys: str) -> Iterator[tuple[KeyPath, Any]]:
        """Yield what digests and alerts name under these keys, each with its place."""
        tables: list[tuple[str, Sequence[object]]] = [
            ("digest", self.config.digest), ("alert", self.config.alert),
            ("search", self.config.search),
        ]  # fmt: skip
        for kind, rows in tables:
            for number, row in enumerate(rows):
                for key in keys:
                    for place, name in enumerate(getattr(row, key, ())):
                        yield (kind, number, key, place), name

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._store is not None:
            self._store.close()


def _ask_password(command: tuple[str, ...], folder: Path) -> str:
    from monitor import deliver

    password = deliver.password_from_command(command, "monitor.database_password_command", folder)
    logs.conceal(password)
    return password


def _mail_settings(config: Config, table: EmailTable, password: str = "") -> "MailSettings":
    from monitor import deliver

    return deliver.MailSettings(
        host=table.host,
        port=table.port,
        security=table.security,
        username=table.username,
        password=password,
        from_=table.from_,
        ca=config.folder / Path(table.ca).expanduser() if table.ca else None,
    )
