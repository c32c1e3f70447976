"""Stories made of the texts of the bundled wire site, as many as are asked for."""

from datetime import timedelta
from itertools import cycle, islice

from monitor.demo.texts import load_outlets
from monitor.model import StoryView
from tests.digest.sample import UNTIL, copy, flag, reason, story


def bundled(number: int) -> list[StoryView]:
    """Return stories of the two rules, told in four languages by outlets of the bundled site."""
    outlets = load_outlets(UNTIL - timedelta(hours=1))
    texts = [(outlet, one) for outlet in outlets for one in outlet.stories if one.topics]
    made = []
    for n, (outlet, text) in enumerate(islice(cycle(texts), number), 1):
        rules = ["ties"] * ("china-south-korea" in text.topics)
        rules += ["peninsula"] * ("korean-peninsula" in text.topics)
        carriers = [outlet, *(other for other in outlets if other is not outlet)][: 1 + n % 9]
        copies = [
            copy(
                100 * n + place,
                other.title,
                language=other.language,
                role="copy" if place else "original",
                seen=UNTIL - timedelta(minutes=500 - n - 7 * place),
                published_text=f"{text.published:%Y-%m-%d %H:%M}",
                url=f"https://wire.example/{n}/{place}{text.path}",
            )
            for place, other in enumerate(carriers)
        ]
        opening = text.summary or text.paragraphs[0]
        words = text.title.split()[:2] or [text.title[:2]]
        flags = [
            flag(rule, reason(text.title, *words, zone="headline"), score=n % 7) for rule in rules
        ]
        made.append(
            story(
                n, f"{text.title} ({n})", flags, copies, opening=opening, language=outlet.language
            )
        )
    return made
