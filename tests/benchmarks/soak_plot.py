"""Lines over time as an SVG picture, one panel a figure, with the standard library alone."""

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT = 900, 150  # of a panel
_LEFT, _TOP = 90, 34


def picture(
    title: str, unit: str, at: Sequence[float], panels: Sequence[tuple[str, Sequence[float]]]
) -> str:
    """Return the picture: `panels` are (name, values), each as long as `at`."""
    high = _TOP + len(panels) * (_HEIGHT + 40)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 20}" height="{high}" '
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="20" font-size="15">{escape(title)}</text>',
    ]
    for number, (name, values) in enumerate(panels):
        parts += _panel(name, unit, at, values, _TOP + number * (_HEIGHT + 40))
    return "\n".join((*parts, "</svg>", ""))


def _panel(
    name: str, unit: str, at: Sequence[float], values: Sequence[float], top: float
) -> list[str]:
    most, last = max(*values, 1.0) * 1.1, max(*at, 1e-9)
    bottom = top + _HEIGHT
    points = " ".join(
        f"{_LEFT + _WIDTH * when / last:.1f},{bottom - _HEIGHT * value / most:.1f}"
        for when, value in zip(at, values, strict=True)
    )
    lines = []
    for share in (0.0, 0.5, 1.0):
        y = bottom - _HEIGHT * share
        lines.append(
            f'<path d="M{_LEFT} {y}h{_WIDTH}" stroke="#ccc"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{most * share:.0f}</text>'
        )
    return [
        *lines,
        f'<text x="{_LEFT + 6}" y="{top + 16}" font-weight="bold">{escape(name)}</text>',
        f'<text x="{_LEFT + _WIDTH}" y="{bottom + 16}" text-anchor="end">'
        f"{last:.1f} {escape(unit)}</text>",
        f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="1.5"/>',
    ]
