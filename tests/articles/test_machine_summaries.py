"""Summaries that a machine made of a story, set above its text."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
POINTS = {
    "en": ("AI summary", "A quay is rebuilt.", "Made by AI and checked by nobody.", PROSE),
    "ko": ("AI 요약", "부두를 다시 짓는다.", "이 요약은 인공지능이 만들었습니다.", KOREAN),
    "zh": ("智能速读", "码头将重建。", "以上内容由人工智能生成，仅供参考。", CHINESE),
    "ja": ("記事のポイント", "岸壁を造り直す。", "この要約はAIが作成しました。", JAPANESE),
}
BOXES = {
    "list first": "<section><h2>{label}</h2><ul><li>{point}</li></ul><p>{note}</p></section>",
    "note first": "<div><b>{label}</b><p>{note}</p><ol><li>{point}</li></ol></div>",
    "unfolds": "<details><summary>{label}</summary><ul><li>{point}</li></ul>{note}</details>",
    "no box": "<p>{label} {note}</p><ul><li>{point}</li></ul>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
@pytest.mark.parametrize("language", POINTS)
def test_what_a_machine_made_of_the_story_is_no_part_of_it(box: str, language: str) -> None:
    """A list of points above the text falls with the line that says that a machine made them."""
    label, point, note, text = POINTS[language]
    summary = box.format(label=label, point=point, note=note)
    body = f"<main><h1>{TITLE}</h1><p>30 May 2026</p>{summary}<div>{paragraphs(*text)}</div></main>"
    assert extract(f"<html lang={language}><body>{body}</body></html>").body == text


def test_the_points_of_editors_stay() -> None:
    """A list above the text of which nobody says that a machine made it is the story's."""
    points = "<h2>In brief</h2><ul><li>The quay is closed.</li><li>Crews wait.</li></ul>"
    body = f"<main><h1>{TITLE}</h1><div>{points}{paragraphs(*PROSE)}</div></main>"
    read = extract(f"<html><body>{body}</body></html>").body
    assert read == ("The quay is closed.", "Crews wait.", *PROSE)


def test_what_a_story_on_such_machines_tells_of_them_stays() -> None:
    """Where the headline speaks of AI, a box that names it is as likely the story's own."""
    box = "<div><h3>AI at the quay</h3><ul><li>One crane drives itself.</li></ul></div>"
    title = "Harbour council lets AI steer the cranes of the northern quay"
    body = f"<main><h1>{title}</h1><div>{box}{paragraphs(*PROSE)}</div></main>"
    assert "One crane drives itself." in extract(f"<html><body>{body}</body></html>").body
