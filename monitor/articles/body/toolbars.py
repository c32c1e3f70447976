"""Rows of buttons and figures that layout sets side by side without a space between them."""

from monitor.articles.body.blocks import Block
from monitor.articles.body.furniture import ends_sentence

_FEWEST_TOOLS, _LONGEST_TOOL = 3, 12  # parts of a row of buttons, and letters of each
_LONGEST_TOOLBAR = 60


def is_toolbar(block: Block) -> bool:
    """Tell whether words of elements side by side stand without a space: "12Listen Share".

    Longer ones are a row of figures: "Quay Shares0417.KS1,250▲ 1.2%".
    """
    if not block.pieces or len(block.text) > _LONGEST_TOOLBAR or ends_sentence(block.text):
        return False
    parts = block.parts
    if len(parts) < _FEWEST_TOOLS or block.text != "".join(parts):
        return False
    figures = sum(any(map(str.isdigit, part)) for part in parts)
    return max(map(len, parts)) <= _LONGEST_TOOL or 2 * figures > len(parts)
