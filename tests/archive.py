"""A small archive, stored without a network: flagged stories in four languages over some days."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import model
from monitor.desk import Desk
from monitor.settings import find_config, load_config
from monitor.store import articles, desk_feeds, marks, stories
from monitor.store import flags as flag_store
from tests.rules import sharing_rules

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> & "Talks" \u202etxet\u202c \x1b[31m'
CONFIG = """
[monitor]
timezone = "Asia/Seoul"
[[feed]]
name = "wire"
url = "https://example.org/feed"
[[search]]
name = "missiles"
query = "missile OR 미사일 OR 导弹"
"""
# Outlet, headline, text, language, days ago, rule and level, story (the place of its first).
ARTICLES = (
    ("Harbour Wire", "Wang Yi, Cho Hyun hold talks in Seoul", "They spoke of missile defence.",
     "en", 0, ("china-south-korea", "digest"), 1),
    ("항구일보", "한중 외교장관 회담", "양측은 수출 통제와 미사일 문제를 논의했다.",
     "ko", 0, ("china-south-korea", "digest"), 1),
    ("港口日報", "韓國外長訪華", "雙方就出口管制交換意見。",
     "zh", 1, ("china-south-korea", "digest"), 3),
    ("港新聞", "北朝鮮がミサイル発射", "日本海に落下した。",
     "ja", 3, ("korean-peninsula", "now"), 4),
    ("Hostile Herald", HOSTILE, f"A drill ended. {HOSTILE}",
     "en", 3, ("korean-peninsula", "digest"), 5),
    ("Weather Post", "First snow in the valleys", "Winter tyres are in demand.",
     "en", 2, None, 6),
)  # fmt: skip


def filled(folder: Path, more: str = "") -> Desk:
    """Return an open desk of a folder, with the articles stored; their ids count from 1."""
    (folder / "config.toml").write_text(CONFIG + more, encoding="utf-8")
    desk = sharing_rules(Desk(load_config(find_config(folder / "config.toml"))))
    with desk.store.write() as db:
        desk_feeds.register(db, tuple(desk.feeds.values()), NOW - timedelta(days=30))
        for number, (outlet, title, text, language, ago, flagged, top) in enumerate(ARTICLES, 1):
            seen = NOW - timedelta(days=ago, minutes=10 - number)
            written = model.Article(
                url=f"https://example.org/{number}",
                title=title,
                body=(text,),
                language=language,
                published=seen - timedelta(minutes=5),
                source=outlet,
                authors=("Kim Min",),
            )
            new = articles.NewArticle("wire", written.url, outlet, seen, True, "done", written)
            (id_,) = articles.add(db, [new])
            if top == number:
                stories.open_stories(db, [id_], seen)
            else:
                articles.set_story(db, id_, top, "translation")
            if flagged:
                flag_store.add(db, [(id_, _flag(*flagged, title))], seen)
        marks.put(db, 1, "taken", "kim", NOW)
        marks.put(db, 4, "note", f"call the ministry {HOSTILE}", NOW)
    return desk


def _flag(rule: str, level: model.Level, sentence: str) -> model.Flag:
    word = sentence.split()[0]
    hit = model.Hit("@south-korea", word, "headline", -1, 0, len(word), "south-korea")
    reason = model.Reason("when 1", 6.0, "headline", sentence, ((0, len(word)),), (word,), (hit,))
    return model.Flag(rule, level, 6.0, (reason,))
