"""Options that another one leaves without a meaning: refused, never ignored in silence."""

import typer

from monitor.errors import UsageError


def given(context: typer.Context, name: str) -> bool:
    """Tell whether an option stands on the command line, by the name of its parameter."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def refuse(context: typer.Context, names: str, why: str) -> None:
    """Raise UsageError for the first of some options that was given.

    Args:
        names: of parameters, with spaces between.
        why: what leaves them without a meaning, as "--count only counts".
    """
    for name in names.split():
        if given(context, name):
            (option,) = (one for one in context.command.params if one.name == name)
            raise UsageError(f"{option.opts[0]} would be ignored: {why}")
