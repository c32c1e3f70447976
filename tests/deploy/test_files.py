"""The files for supervisors, checked by the tools made for them where these exist."""

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import deploy
from monitor.deploy import LABEL, UNIT_NAME, property_list, unit
from monitor.errors import UsageError
from tests.waiting import PATIENCE

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed here")

# `verify` wants a program that exists.
DEPLOY = Path(deploy.__file__).parent
PROGRAM = Path("/bin/true")
CONFIG = Path("/etc/wire-monitor/config.toml")
STATE = Path("/var/lib/wire-monitor")


def write(folder: Path, text: str) -> str:
    """Put a unit into a folder under its own name."""
    path = folder / UNIT_NAME
    path.write_text(text, encoding="utf-8")
    return str(path)


def verify(folder: Path, text: str, user: bool) -> tuple[int, list[str]]:
    """Let systemd check a unit; give its exit status and what it says about it."""
    assert ANALYZE
    scope = "--user" if user else "--system"
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", scope, write(folder, text)],
        env={"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    # Other units of the machine may have faults; they are not ours to judge.
    return done.returncode, [line for line in done.stderr.splitlines() if UNIT_NAME in line]


def settings(text: str) -> dict[str, list[str]]:
    """Read a unit's assignments."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@needs_systemd
@pytest.mark.parametrize("user", [False, True], ids=["system", "user"])
def test_systemd_finds_no_fault(tmp_path: Path, user: bool) -> None:
    """`systemd-analyze verify` accepts the unit without a word."""
    state = tmp_path / "state" if user else STATE
    assert verify(tmp_path, unit(PROGRAM, CONFIG, state, user), user) == (0, [])


@needs_systemd
def test_exposure_of_the_system_unit_is_low(tmp_path: Path) -> None:
    """`systemd-analyze security` rates the system unit 2.0 or better."""
    assert ANALYZE
    path = write(tmp_path, unit(PROGRAM, CONFIG, STATE, user=False))
    done = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--no-pager", "--threshold=20", path],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure, done.stdout + done.stderr
    assert float(exposure[1]) <= 2.0
    assert done.returncode == 0


@pytest.mark.parametrize("user", [False, True], ids=["system", "user"])
def test_unit_is_supervised_and_bounded(user: bool) -> None:
    """Both units are told of readiness, watched, reloaded by SIGHUP and held in memory."""
    found = settings(unit(PROGRAM, CONFIG, STATE, user))
    assert found["Type"] == ["notify"]
    assert found["ExecReload"] == ["/bin/kill -HUP $MAINPID"]
    assert found["Restart"] == ["on-failure"]
    assert found["RestartPreventExitStatus"] == ["2"]
    for key in ("WatchdogSec", "MemoryMax", "NoNewPrivileges", "ProtectSystem", "PrivateTmp"):
        assert key in found


def test_system_unit_owns_its_state_folder_and_nothing_else() -> None:
    """The state folder is systemd's to make, for a user that exists only while the service runs."""
    found = settings(unit(PROGRAM, CONFIG, STATE / "north", user=False))
    assert found["DynamicUser"] == ["yes"]
    assert found["StateDirectory"] == ["wire-monitor/north"]
    assert found["StateDirectoryMode"] == ["0700"]
    assert found["ProtectSystem"] == ["strict"]
    assert "User" not in found


def test_user_unit_runs_as_its_owner() -> None:
    """The user's unit takes any folder and asks for no other user."""
    found = settings(unit(PROGRAM, CONFIG, Path("/home/desk/wire state"), user=True))
    assert found["ExecStart"] == [
        '/bin/true --config /etc/wire-monitor/config.toml --state "/home/desk/wire state" run'
    ]
    assert "DynamicUser" not in found
    assert found["WantedBy"] == ["default.target"]


@pytest.mark.parametrize(
    ("program", "config", "state", "complaint"),
    [
        ("monitor", "/etc/c.toml", "/var/lib/m", "monitor: a unit needs absolute paths"),
        ("/bin/true", "/etc/c.toml", "/srv/m", "/srv/m: a system service keeps its state"),
        ("/bin/true", "/etc/c.toml", "/var/lib", "/var/lib: a system service keeps its state"),
        ("/bin/true", "/etc/c.toml", "/var/lib/../m", "keeps its state in a folder under"),
        ("/home/a/venv/monitor", "/etc/c.toml", "/var/lib/m", "sees no home folders"),
        ("/bin/true", "/root/c.toml", "/var/lib/m", "/root/c.toml: a system service sees no home"),
        ("/opt/it's/monitor", "/etc/c.toml", "/var/lib/m", "no program with quotes"),
        ("/opt/a\\b/monitor", "/etc/c.toml", "/var/lib/m", "no program with quotes"),
        ("/bin/true", "/etc/a\nUser=root", "/var/lib/m", "control character"),
    ],
)
def test_what_a_system_service_cannot_reach_is_refused(
    program: str, config: str, state: str, complaint: str
) -> None:
    """A path that would make the service fail at its start is refused, with what to do instead."""
    with pytest.raises(UsageError, match=re.escape(complaint)):
        unit(Path(program), Path(config), Path(state), user=False)


@needs_systemd
@pytest.mark.parametrize("name", ["two words", "50%n", "$HOME", "한강"])
def test_odd_names_reach_the_program_unchanged(tmp_path: Path, name: str) -> None:
    """systemd, asked to check that the program exists, looks for it under its very name."""
    program = tmp_path / name
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    text = unit(program, CONFIG, tmp_path / name, user=True)
    assert verify(tmp_path, text, user=True) == (0, [])


@given(
    st.text(st.characters(min_codepoint=32, exclude_characters="/\x7f"), min_size=1).filter(
        lambda name: name.isprintable() and name not in (".", "..")
    )
)
def test_a_path_never_adds_a_line(name: str) -> None:
    """Whatever a folder is called, the unit keeps its lines and its one command."""
    usual = unit(PROGRAM, CONFIG, Path("/srv/state"), user=True)
    odd = unit(PROGRAM, CONFIG, Path("/srv") / name, user=True)
    assert len(odd.splitlines()) == len(usual.splitlines())
    assert settings(odd).keys() == settings(usual).keys()


def test_property_list_reads_back() -> None:
    """The launchd file is a property list that starts the daemon and restarts it when it fails."""
    log = Path("/Users/desk/Library/Logs/wire-monitor.log")
    job = plistlib.loads(property_list(PROGRAM, CONFIG, STATE, log))
    assert job["Label"] == LABEL
    assert job["ProgramArguments"] == [
        "/bin/true",
        "--config",
        str(CONFIG),
        "--state",
        str(STATE),
        "run",
    ]
    assert job["KeepAlive"] == {"SuccessfulExit": False}
    assert job["RunAtLoad"] is True
    assert job["Umask"] == 0o077
    assert job["StandardErrorPath"] == str(log)


@pytest.mark.skipif(shutil.which("plutil") is None, reason="plutil is not installed here")
def test_plutil_accepts_the_property_list(tmp_path: Path) -> None:
    """The tool made for it finds no fault."""
    path = tmp_path / f"{LABEL}.plist"
    path.write_bytes(property_list(PROGRAM, CONFIG, STATE, tmp_path / "log"))
    subprocess.run(["plutil", "-lint", str(path)], check=True, timeout=PATIENCE)


def test_container_is_not_root_and_keeps_state_on_a_volume() -> None:
    """The recipe drops root before the daemon starts and names its volume and health check."""
    steps = re.findall(
        r"^([A-Z]+) (.*)$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE
    )
    last_stage = steps[max(i for i, (word, _) in enumerate(steps) if word == "FROM") :]
    assert dict(last_stage)["USER"] == "10001:10001"
    assert dict(last_stage)["VOLUME"] == "/state"
    assert dict(last_stage)["ENTRYPOINT"] == '["monitor", "--state", "/state"]'
    assert "HEALTHCHECK" in dict(last_stage)
    assert [word for word, _ in last_stage].index("RUN") < [word for word, _ in last_stage].index(
        "USER"
    )


def test_the_compose_file_has_two_monitors_of_two_names() -> None:
    """Each has a name and a state volume of its own, and waits for the database to be ready."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    first, second = found["services"]["first"], found["services"]["second"]
    assert first["command"] != second["command"]
    assert first["volumes"][1] != second["volumes"][1]
    for monitor in (first, second):
        assert monitor["depends_on"]["database"]["condition"] == "service_healthy"
        volume = monitor["volumes"][1].partition(":")[0]
        assert volume in found["volumes"]
