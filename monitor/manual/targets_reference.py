"""Every kind of target with its forms, from what the targets' own reader knows."""

from collections.abc import Iterator

from monitor.deliver.targets import FORMATS, FORMS, SHAPES
from monitor.manual.meanings import meanings


def reference() -> str:
    """Return the chapters on kinds, shapes and endings as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    words = meanings()["targets"]
    for kind, forms in FORMS.items():
        about = words["kinds"][kind]
        yield f"## {kind}: `{about['write']}`"
        yield ""
        yield about["means"]
        if forms:
            usual, *others = forms
            also = f", or with `format =` {', '.join(others)}" if others else ""
            yield f"Form: {usual}{also}."
        yield ""
    yield "## Shapes of a webhook"
    yield ""
    yield from (
        f"* `{words['shapes'][shape]['write']}`: " + words["shapes"][shape]["means"]
        for shape in SHAPES
    )
    yield ""
    yield "## Endings of a file"
    yield ""
    yield from (f"* `{ending}`: {form}" for ending, form in FORMATS.items())
