"""The everyday stream: news of dates, sport, business, weather and culture is no flag."""

from monitor.model import Article
from tests.rules import built_in
from tests.watch.everyday import lines

ALLOWED = 0.7 / 1000


def test_everyday_headlines_are_not_flagged() -> None:
    """Of thousands of everyday headlines in four languages hardly one is flagged."""
    stream = list(lines())
    articles = (Article(title=title, language=language) for language, title in stream)
    evaluations = built_in().evaluate_all((article, None, None) for article in articles)
    wrong = [
        title
        for (_, title), evaluation in zip(stream, evaluations, strict=True)
        if evaluation.verdicts()
    ]
    assert len(stream) >= 2000
    assert len(wrong) <= ALLOWED * len(stream), wrong
