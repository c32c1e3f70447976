"""Tables of results, prices or times: a line for each row, its cells side by side.

A table that layout is built of holds paragraphs, links or other tables; one that tells something
has several rows of several short cells. Only the second kind becomes lines.
"""

from collections.abc import Mapping, Sequence

from monitor.articles.body.blocks import Block, Page

_LONGEST_CELL = 160  # bytes
_FEWEST_ROWS = 2
_MOST_CELLS = 2_000
BETWEEN = " | "  # cells


def table_rows(page: Page, chosen: int) -> Mapping[int, str]:
    """Return the lines of the tables below an element, each under its row's first block.

    The other blocks of these rows have "" for a line.
    """
    end = page.last[chosen]
    tables = [at for at in range(chosen + 1, end + 1) if page.tags[at] == "table"]
    if not tables:
        return {}
    lines: dict[int, str] = {}
    for table in tables:
        rows = _rows(page, table)
        if _tells(page, table, rows):
            for cells in rows:
                lines.update((cell.number, "") for cell in cells)
                texts = (cell.text.replace("\n", " ") for cell in cells)
                lines[cells[0].number] = BETWEEN.join(texts)
    return lines


def _rows(page: Page, table: int) -> list[list[Block]]:
    """Return the blocks of each row of a table that holds any."""
    rows: dict[int, list[Block]] = {}
    for block in page.blocks:
        if page.within(block.element, table):
            row = block.element
            while row > table and page.tags[row] != "tr":
                row = page.parents[row]
            rows.setdefault(row, []).append(block)
            if len(rows) > _MOST_CELLS:
                break
    return list(rows.values())


def _tells(page: Page, table: int, rows: Sequence[Sequence[Block]]) -> bool:
    """Tell whether a table is one of facts: rows of short cells, not layout or links."""
    if "table" in page.tags[table + 1 : page.last[table] + 1]:
        return False
    cells = [cell for row in rows for cell in row]
    short = all(cell.size <= _LONGEST_CELL for cell in cells)
    linked = sum(cell.linked > 0.5 for cell in cells)
    several = sum(len(row) > 1 for row in rows)
    return short and several >= _FEWEST_ROWS and 2 * several > len(rows) and 2 * linked < len(cells)
