"""A trend as a picture (SVG): one row of bars a series, light and dark, nothing from elsewhere."""

from html import escape

from monitor.text import one_line
from monitor.text.columns import width
from monitor.trends.arrange import Series, Trends

_ROW, _BARS, _TOP, _EDGE = 44, 30, 64, 20  # pixels: a row, its highest bar, the head, the margin
_WIDE, _NAMES, _NUMBERS = 760, 230, 60
_LONGEST = 30  # columns of a name
_STYLE = """
.paper { fill: #ffffff; } .ink { fill: #1c2430; } .soft { fill: #5c6775; }
.bar { fill: #1f5fbf; } .gap { fill: #dfe4ea; } .rule { stroke: #dfe4ea; }
@media (prefers-color-scheme: dark) {
.paper { fill: #171c24; } .ink { fill: #e6e9ee; } .soft { fill: #9aa5b4; }
.bar { fill: #8ab4f8; } .gap { fill: #2a323d; } .rule { stroke: #2a323d; }
}
"""
_FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans CJK KR',sans-serif"


def to_svg(trends: Trends) -> str:
    """Return the trend as an SVG document; a step in which nothing was read is a pale block."""
    high = _TOP + _ROW * max(1, len(trends.series)) + 40
    title = f"Stories by {trends.by}, {trends.starts[0]} to {trends.until}"
    rows = "\n".join(_row(one, _TOP + _ROW * n) for n, one in enumerate(trends.series))
    left, right = _EDGE + _NAMES, _WIDE - _EDGE - _NUMBERS
    foot = high - 18
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img" \
aria-label="{escape(title)}" font-family="{_FONTS}" font-size="14">
<style>{_STYLE}</style>
<rect class="paper" width="{_WIDE}" height="{high}" rx="8"/>
<text class="ink" x="{_EDGE}" y="30" font-size="17" font-weight="600">{escape(title)}</text>
<text class="soft" x="{_EDGE}" y="50" font-size="12">a bar a {trends.period}, \
{sum(trends.read):,} entries read; pale: nothing was read</text>
{rows}
<text class="soft" x="{left}" y="{foot}" font-size="12">{trends.starts[0]}</text>
<text class="soft" x="{right}" y="{foot}" font-size="12" text-anchor="end">{trends.until}</text>
</svg>
"""


def _row(one: Series, top: int) -> str:
    name = one_line(one.name)
    while width(name) > _LONGEST:
        name = name.removesuffix("…")[:-1] + "…"
    base = top + _BARS + 4
    left, right = _EDGE + _NAMES, _WIDE - _EDGE - _NUMBERS
    step = (right - left) / len(one.counts)
    most = max((count or 0 for count in one.counts), default=0)
    drawn = []
    for number, count in enumerate(one.counts):
        high = _BARS if count is None else round(count * _BARS / most) if most else 0
        kind = "gap" if count is None else "bar"
        if high:
            drawn.append(
                f'<rect class="{kind}" x="{left + number * step:.1f}" y="{base - high}" '
                f'width="{max(1.0, step - 1):.1f}" height="{high}"/>'
            )
    return (
        f'<text class="ink" x="{_EDGE}" y="{base - 8}">{escape(name)}</text>'
        + "".join(drawn)
        + f'<path class="rule" d="M{left} {base + 0.5}H{right}"/>'
        + f'<text class="ink" x="{_WIDE - _EDGE}" y="{base - 8}" text-anchor="end" '
        + f'font-weight="600">{one.total:,}</text>'
    )
