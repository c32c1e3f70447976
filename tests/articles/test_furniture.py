"""Lines that are furniture by their words, in the languages of the desk."""

import pytest

from monitor.articles.body.furniture import is_furniture, without_notes
from monitor.newsroom.credits import is_caption

FURNITURE = [
    "Advertisement",
    "Read more: The other side of the river",
    "Sign up for our daily newsletter",
    "© 2024 The House Agency. All rights reserved.",
    "(Reporting by Jo Doe; Editing by Al Roe)",
    "Jo Doe in the capital contributed to this report.",
    "Published: 3 May 2024, 10:15",
    "5 min read",
    "Lesen Sie auch: Was jetzt zu tun ist",
    "Abonnez-vous à notre lettre",
    "À lire aussi : ce qui change",
    "Leggi anche",
    "Lea también: lo que cambia",
    "Читайте также: что изменится",
    "Tempo de leitura: 2 minutos",
    "责任编辑：王小明",
    "（原标题：两国代表会面）",
    "延伸阅读",
    "扫描二维码关注我们",
    "版权所有，未经授权不得转载",
    "下載新聞APP",
    "自殺防治諮詢安心專線：0800-000000",
    "홍길동 기자",
    "[홍길동 기자]",
    "무단전재 및 재배포 금지",
    "영상취재 : 홍길동",
    "관련기사",
    "2024.09.29 09:58",
    "入力 2024年9月29日 09時58分",
    "関連記事",
    "無断転載を禁じます",
    "【山田太郎】",
    "(끝)",
    "▷ 전화 : 02-000-0000",
    "《某某日报》（2024年09月30日 03版）",
    "この記事は会員限定です。登録すると続きをお読みいただけます。",
    "Please direct questions or comments to the desk.",
    "※ 제보는 전화로 받습니다",
    "(dpa)",
    "Mit Material von dpa/AFP",
    "Reuters, AP und epd",
    "연합뉴스",
    "（新华社）",
]

PROSE = [
    "Read by few and praised by many, the book tells of a border town and its bridge.",
    "The treaty, signed in 2019, was reported by both capitals as a success.",
    "He asked them to follow the rules and to subscribe to the principles of the charter.",
    "Copyright law was on the table, too, the minister said after the talks.",
    "기자들은 회담이 끝날 때까지 문 앞에서 기다렸다고 말했다.",
    "记者在现场看到，代表团于上午十时走进会场。",
    "编辑部的灯一直亮到深夜，大家都在等待会谈的结果。",
    "記者団は会場の前で結果を待っていたが、発表はなかった。",
    "Lesen und Schreiben lernten die Kinder in der Schule am Fluss.",
    "By Tuesday evening both sides had left the hall without a word.",
    "AP says so",
    "APA Lotto",
    "3,000 people crossed the bridge on the first day, officials said.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_told_by_its_words(line: str) -> None:
    """Pitches, leads to other stories, rights, crews, clocks and help lines are furniture."""
    assert is_furniture(line)


@pytest.mark.parametrize("line", PROSE)
def test_the_same_words_in_a_sentence_are_text(line: str) -> None:
    """Sentences that use the words of furniture are left alone."""
    assert not is_furniture(line)
    assert not is_caption(line)


def test_a_long_line_is_never_furniture() -> None:
    """Whatever a line begins with, more than 420 bytes of it are text."""
    assert not is_furniture("Read more: " + "the ministers met again and again. " * 14)


@pytest.mark.parametrize(
    "line",
    [
        "The envoys at the gate /CFP",
        "회담장 앞 대표단. (사진=연합뉴스)",
        "图：会场外的人群",
        "写真：代表団",
    ],
)
def test_captions_are_told_by_their_credits(line: str) -> None:
    """A credit at either end makes a line a caption."""
    assert is_caption(line)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("뉴스 홍길동입니다. [reporter@example.com]", "뉴스 홍길동입니다."),
        ("The report (opens in new window) was long.", "The report was long."),
        ("A bad day for e-mail", "A bad day for e-mail"),
    ],
)
def test_notes_on_links_and_signatures_are_cut_off(line: str, left: str) -> None:
    """A signing mail address and words about windows are no part of the sentence."""
    assert without_notes(line) == left
