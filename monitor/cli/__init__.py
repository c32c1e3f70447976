"""The command line: parse, call, show. Data goes to standard output, everything else to stderr.

Exit codes: 0 done; 1 the work failed, if only in part, or a check found faults, as when a feed, the
store or the disk failed; 2 wrong usage or config, files and folders that a user named among them.
Modules of this package import the stages inside their commands, so that `monitor --version` and a
poll without news start fast.
"""

import atexit
import codecs
import gc
import io
import os
import sys


def _speak_utf8() -> None:
    """Write UTF-8 where the locale knows ASCII only, as Python itself does under LC_ALL=C.

    In another locale (EUC-KR, say) what it cannot show becomes a question mark. Arguments that came
    as bytes are read as UTF-8.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            name = codecs.lookup(stream.encoding).name
            if name == "ascii":
                stream.reconfigure(encoding="utf-8", errors="replace")
            elif name != "utf-8":
                stream.reconfigure(errors="replace")
    sys.argv[1:] = [os.fsencode(word).decode("utf-8", "replace") for word in sys.argv[1:]]


def _open_what_is_closed() -> None:
    """Take a standard stream that was closed (`>&-`) for one to nowhere.

    Python has none then; and the next file that is opened would get its number, which is what
    children write to.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _start_lightly() -> None:
    """Spare a start what costs it most: looking for garbage among what was just imported.

    The collector would look through all of it every 700 new objects, and once more at the end, when
    all of it goes anyway: a third of what `monitor list` took. It ends before there are as many
    objects as this; the daemon asks for less when it has begun. Pydantic would read what every
    installed distribution says of itself, to find plugins that a desk has no use for. And httpx
    would bring a command line of its own where it finds click: half its time, and 6 MB.
    """
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)  # the first to be registered runs last
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # httpx does without it then


def main() -> None:
    """Run the command line; the entry point of the `monitor` command."""
    try:
        _run()
    except KeyboardInterrupt:  # also while modules are loaded
        sys.exit(130)


def _run() -> None:
    _start_lightly()
    from monitor import shortage
    from monitor.cli.app import NoReaderError, app
    from monitor.cli.output_files import is_of_the_disk
    from monitor.errors import MonitorError

    _open_what_is_closed()
    _speak_utf8()
    try:
        try:
            app(prog_name="monitor")
        finally:
            sys.stdout.flush()  # a full disk is to be told here, not after the end
    except MonitorError as error:
        from monitor.logs import without_secrets
        from monitor.manual import is_trouble
        from monitor.text import clean

        more = "; see `monitor manual troubles`" if is_trouble(str(error)) else ""
        print(without_secrets(clean(str(error))) + more, file=sys.stderr)
        sys.exit(error.exit_code)
    except PermissionError as error:
        print(f"{error.filename or 'a file'}: this user has no right to it", file=sys.stderr)
        sys.exit(2)
    except (BrokenPipeError, NoReaderError):  # the reader of a pipe had enough
        _let_go_of_output()
        sys.exit(0)
    except (MemoryError, OSError, RuntimeError) as error:
        if what := shortage.lacking(error):
            print(what, file=sys.stderr)
            sys.exit(1)
        if not isinstance(error, OSError) or not is_of_the_disk(error):
            raise
        name = error.filename or "the output"
        print(f"{name}: cannot be written: {error.strerror}", file=sys.stderr)
        _let_go_of_output()
        sys.exit(1)


def _let_go_of_output() -> None:
    """Have Python throw away what standard output still holds, not try again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
