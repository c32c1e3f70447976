"""How long a digest takes that is chosen out of a large archive.

    python tests/benchmarks/digest_million.py --articles 1000000 --stories 500

Fills a store with made-up articles over a year, of which the newest day holds the flagged stories,
then composes and renders the digest of that day. Prints seconds of CPU for each part.
"""

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import digest, model
from monitor.desk import Desk
from monitor.pipeline import make_digests
from monitor.settings import check_config
from monitor.store import codec, desk_feeds
from monitor.store.schema import article, entry, flag, revision, story
from monitor.tomlfile import parse_toml

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CONFIG = '[[feed]]\nname = "wire"\nurl = "https://example.org/feed"\n'
TEXT = "Foreign ministers of South Korea and China met in Seoul and agreed to keep talking. " * 4
REASON = model.Reason(
    "when 1", 8.0, "headline", "South Korea, China hold talks", ((0, 11),), ("South Korea",)
)


def fill(desk: Desk, articles: int, stories: int) -> None:
    """Store articles spread over a year; the flagged ones are the newest."""
    with desk.store.write() as db:
        feed_id = desk_feeds.register(db, tuple(desk.feeds.values()), NOW)["wire"][0]
        for start in range(1, articles + 1, 20_000):
            rows = range(start, min(start + 20_000, articles + 1))
            seen = {number: NOW - timedelta(days=365 * (1 - number / articles)) for number in rows}
            texts = {
                number: model.Article(
                    url=f"https://example.org/{number}", title=f"Talks {number}", body=(TEXT,)
                )
                for number in rows
            }
            common = {"feed_id": feed_id, "fresh": True}
            db.execute(
                article.insert(),
                [
                    {
                        **common,
                        "id": number,
                        "address": f"example.org/{number}",
                        "url": texts[number].url,
                        "outlet": "Wire",
                        "first_seen": seen[number],
                        "title": texts[number].title,
                        "language": "en",
                        "revision": 1,
                        "story_id": number,
                        "role": "original",
                        "page": "done",
                        "page_tries": 1,
                        "page_error": "",
                    }
                    for number in rows
                ],
            )
            db.execute(
                revision.insert(),
                [
                    {
                        "article_id": number,
                        "number": 1,
                        "seen": seen[number],
                        "text": texts[number].title,
                        "data": codec.dump(texts[number]),
                    }
                    for number in rows
                ],
            )
            db.execute(
                entry.insert(),
                [
                    {
                        **common,
                        "guid": str(number),
                        "url": texts[number].url,
                        "title": texts[number].title,
                        "data": "{}",
                        "first_seen": seen[number],
                        "work": "done",
                        "article_id": number,
                    }
                    for number in rows
                ],
            )
            db.execute(
                story.insert(),
                [
                    {"id": number, "first_seen": seen[number], "last_seen": seen[number]}
                    for number in rows
                ],
            )
            flagged = [number for number in rows if number % 20 == 0 or number > articles - stories]
            db.execute(
                flag.insert(),
                [
                    {
                        "article_id": number,
                        "rule": "china-south-korea",
                        "level": "digest",
                        "score": 8.0,
                        "reasons": codec.dump_all((REASON,)),
                        "at": NOW - timedelta(hours=1)
                        if number > articles - stories
                        else seen[number] - timedelta(days=1),
                    }
                    for number in flagged
                ],
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--stories", type=int, default=500)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(check_config(parse_toml(CONFIG, "config.toml"), Path(folder)))
        fill(desk, args.articles, args.stories)
        desk.rule_names()  # loading the rules is not part of a digest
        report: dict[str, object] = {"articles": args.articles}
        start = time.process_time()
        wish = make_digests.Wish("day", NOW - timedelta(hours=2), NOW, limit=args.stories)
        made = make_digests.read_digest(desk, wish)
        report["compose_s"] = round(time.process_time() - start, 3)
        report["stories"] = sum(len(part.stories) for part in made.sections)
        for name, render in (
            ("html", lambda: digest.to_html(digest.lay_out(made))),
            ("text", lambda: digest.to_text(digest.lay_out(made))),
            ("json", lambda: digest.to_json(made)),
        ):
            start = time.process_time()
            render()
            report[f"{name}_s"] = round(time.process_time() - start, 3)
        desk.close()
    print(json.dumps(report))


if __name__ == "__main__":
    main()
