"""`monitor mcp`: the archive for programs that speak the Model Context Protocol."""

import typer

from monitor.cli.session import session
from monitor.errors import UsageError

_INSTALL = "pip install 'wire-monitor[mcp]'"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(mcp)


def mcp(context: typer.Context) -> None:
    """Answer questions on the archive over standard input and output (MCP), read-only."""
    with session(context).stored_desk() as desk:
        try:
            from monitor.answers.mcp_server import serve
        except ModuleNotFoundError as error:
            raise UsageError(f"{error.name} is not installed; {_INSTALL}") from None
        _ = desk.rulebook  # what is wrong with config or store is said before anybody asks
        _ = desk.store
        serve(desk)
