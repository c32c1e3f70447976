"""What an outlet is called in another language than its own."""

from functools import cache

from monitor.newsroom.word_lists import LANGUAGES, table


@cache
def _known() -> dict[str, dict[str, list[str]]]:
    """Every spelling in lower case, and its outlet's names by language, the first to be shown."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in (*table("agencies").values(), *table("outlets").values()):
        names = {one: [str(name) for name in row.get(one, ())] for one in LANGUAGES}
        others = [str(name) for name in row.get("credit", ())]
        for name in [*others, *(name for listed in names.values() for name in listed)]:
            found[name.casefold()] = names
    return found


def outlet_name(outlet: str, language: str) -> str:
    """Return what readers of a language call an outlet; as it is where that is not known.

    Args:
        outlet: its name as it stands on its pages, no more and no less.
        language: "en", "ko", …; of others, which have no names of their own here, the English one.
    """
    names = _known().get(" ".join(outlet.split()).casefold())
    if not names or not language:
        return outlet
    shown = names.get(language, names["en"])
    return shown[0] if shown and outlet not in shown else outlet
