"""The words that nouns are told apart by: levels, roles, states."""

from collections.abc import Mapping
from typing import Literal

Zone = Literal["headline", "lede", "body"]
Level = Literal["now", "digest", "log"]
LEVELS: tuple[Level, ...] = ("now", "digest", "log")  # loudest first
SEARCH_FLAG = "@"  # begins the rule of a flag that a saved search gave
LOUDNESS: Mapping[Level, int] = {level: place for place, level in enumerate(reversed(LEVELS))}
Role = Literal["original", "copy", "rewrite", "take", "translation"]  # of an article in its story
WorkState = Literal["todo", "done", "seen", "left"]  # of an entry; seen: only remembered
PageState = Literal["todo", "done", "never", "lost"]  # of an article's page
SendState = Literal["queued", "sent", "parked"]  # of a message in the outbox
Access = Literal["full", "stub", "paywall"]  # how much of a text its page shows
Origin = Literal["page", "feed"]  # of a text; "feed": the page could not be had
Language = str  # "en", "ko", "zh", "ja", or another ISO 639-1 code; "" when not known
