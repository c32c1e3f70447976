"""Tables of results, prices or times: a line for each row, its cells side by side.

A table that layout is built of holds paragraphs, links or other tables; one that tells something
has several rows of several short cells. Only the second kind becomes lines.
"""

from collections.abc import Mapping, Sequence

from monitor.articles.body.blocks import Block, Page

_LONGEST_CELL = 160  # bytes
_FEWEST_ROWS = 2
BETWEEN = " | "  # cells


def table_rows(page: Page, chosen: int) -> Mapping[int, str]:
    """Return the lines of the tables below an element, each under its row's first block.

    The other blocks of these rows have "" for a line.
    """
    lines: dict[int, str] = {}
    for rows in _tables(page, chosen):
        if _tells(rows):
            for cells in rows:
                lines.update((cell.number, "") for cell in cells)
                texts = (cell.text.replace("\n", " ") for cell in cells)
                lines[cells[0].number] = BETWEEN.join(texts)
    return lines


def _tables(page: Page, chosen: int) -> list[list[list[Block]]]:
    """Return the blocks of each row of each innermost table below an element."""
    end = page.last[chosen]
    tables: dict[int, dict[int, list[Block]]] = {}
    if "table" not in page.tags[chosen + 1 : end + 1]:
        return []
    inside = _enclosing(page, "table")
    rows = _enclosing(page, "tr")
    layout = {inside[page.parents[at]] for at, tag in enumerate(page.tags) if at and tag == "table"}
    for block in page.blocks:
        table = inside[block.element]
        if chosen < table <= end and table not in layout:
            row = max(rows[block.element], table)
            tables.setdefault(table, {}).setdefault(row, []).append(block)
    return [list(rows_of.values()) for rows_of in tables.values()]


def _enclosing(page: Page, tag: str) -> list[int]:
    """Return for each element the nearest one of a tag at or above it, -1 where there is none."""
    found: list[int] = []
    for element, name in enumerate(page.tags):
        above = page.parents[element]
        found.append(element if name == tag else found[above] if above >= 0 else -1)
    return found


def _tells(rows: Sequence[Sequence[Block]]) -> bool:
    """Tell whether a table is one of facts: rows of short cells, not layout or links."""
    cells = [cell for row in rows for cell in row]
    short = all(cell.size <= _LONGEST_CELL for cell in cells)
    linked = sum(cell.linked > 0.5 for cell in cells)
    several = sum(len(row) > 1 for row in rows)
    return short and several >= _FEWEST_ROWS and 2 * several > len(rows) and 2 * linked < len(cells)
