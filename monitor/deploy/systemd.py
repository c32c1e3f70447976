"""The systemd unit, as tight as a program that reads the web and writes one folder can bear.

The system unit runs under a user that exists only while it runs (DynamicUser), sees no home
folders and may write nothing but its state folder, which for such a user must lie under /var/lib.
The user unit runs as its owner. A user manager may lack the right to mount, so there the rules
that need it are few, and the system-call filter does most of the work.

Restart=on-failure does not cover exit code 2: a faulty configuration is not mended by restarting.
ExecReload sends SIGHUP, since Type=notify-reload came only with systemd 253.
See systemd.exec(5), systemd.service(5) and `systemd-analyze security`.
"""

from pathlib import Path

from monitor.errors import UsageError

UNIT_NAME = "wire-monitor.service"

_STATE_ROOT = Path("/var/lib")
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))

_UNIT = """\
# Written by `monitor service install`. Changes of your own: systemctl {edit} {name}
[Unit]
Description=Wire-story monitor
{order}StartLimitIntervalSec=10min
StartLimitBurst=5

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
# For the variable that password_env names; the file is optional and should have mode 0600.
EnvironmentFile=-{environment}
Restart=on-failure
RestartSec=10
RestartPreventExitStatus=2
TimeoutStartSec=15min
TimeoutStopSec=30
WatchdogSec=2min
MemoryHigh=640M
MemoryMax=768M
# A document that eats memory takes its worker with it and nothing else.
OOMPolicy=continue
TasksMax=128
UMask=0077

{identity}
# System calls and memory
NoNewPrivileges=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
# Workers limit themselves.
SystemCallFilter=setrlimit prlimit64
SystemCallErrorNumber=EPERM

[Install]
WantedBy={target}
"""

_SYSTEM_ORDER = """\
Wants=network-online.target
After=network-online.target
"""

_SYSTEM_IDENTITY = """\
# Who it is, and the one folder it may write; a "file:" target elsewhere needs ReadWritePaths=
DynamicUser=yes
StateDirectory={state}
StateDirectoryMode=0700

# What it cannot see or change
CapabilityBoundingSet=
AmbientCapabilities=
DevicePolicy=closed
KeyringMode=private
PrivateDevices=yes
PrivateIPC=yes
PrivateTmp=yes
PrivateUsers=yes
ProcSubset=pid
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes
"""

_USER_IDENTITY = """\
# Where the user manager may mount, the system is read-only and /tmp its own
PrivateTmp=yes
ProtectSystem=full
"""


def unit(exec_path: Path, config_path: Path, state_dir: Path, user: bool) -> str:
    """Return the text of the unit file.

    Args:
        exec_path: the `monitor` command, absolute.
        config_path: the configuration, absolute; an optional file `environment` beside it holds
            secrets.
        state_dir: the state folder, absolute; under /var/lib for a system unit.
        user: for the user's own manager (`systemctl --user`) and not the system's.

    Raises:
        UsageError: a path is relative or cannot stand in a unit, or a system service would need
            what it cannot reach.
    """
    for path in (exec_path, config_path, state_dir):
        _check(path)
    if set(str(exec_path)) & set("\"'\\"):
        raise UsageError(f"{exec_path}: systemd starts no program with quotes or \\ in its path")
    if not user:
        _check_reachable(exec_path)
        _check_reachable(config_path)
    # No variable is expanded in the name of the program itself.
    program = _word(str(exec_path), dollar=False)
    command = (
        program,
        "--config",
        _word(str(config_path)),
        "--state",
        _word(str(state_dir)),
        "run",
    )
    return _UNIT.format(
        edit="--user edit" if user else "edit",
        name=UNIT_NAME,
        order="" if user else _SYSTEM_ORDER,
        command=" ".join(command),
        environment=_specifiers(str(config_path.parent / "environment")),
        identity=_USER_IDENTITY
        if user
        else _SYSTEM_IDENTITY.format(state=_state_directory(state_dir)),
        target="default.target" if user else "multi-user.target",
    )


def _check(path: Path) -> None:
    if not path.is_absolute():
        raise UsageError(f"{path}: a unit needs absolute paths")
    if not str(path).isprintable():
        raise UsageError(f"{str(path)!r}: a control character cannot stand in a unit file")


def _check_reachable(path: Path) -> None:
    for home in _HOMES:
        if path.is_relative_to(home):
            raise UsageError(
                f"{path}: a system service sees no home folders; install into /opt with the "
                "configuration in /etc, or use --user"
            )


def _state_directory(state_dir: Path) -> str:
    inside = state_dir.is_relative_to(_STATE_ROOT) and state_dir != _STATE_ROOT
    if not inside or ".." in state_dir.parts:
        raise UsageError(
            f"{state_dir}: a system service keeps its state in a folder under {_STATE_ROOT}, for "
            "instance /var/lib/wire-monitor; or use --user"
        )
    return _word(str(state_dir.relative_to(_STATE_ROOT)), dollar=False)


def _word(text: str, *, dollar: bool = True) -> str:
    """Write `text` as one word of a unit's line (systemd.syntax(7)).

    `$` is doubled only where variables are expanded, that is in command lines.
    """
    escaped = _specifiers(text).replace("\\", "\\\\").replace('"', '\\"')
    if dollar:
        escaped = escaped.replace("$", "$$")
    plain = all(character.isalnum() or character in "/._-+$%@:" for character in escaped)
    return escaped if plain else f'"{escaped}"'


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")
