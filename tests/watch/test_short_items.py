"""A headline and a sentence, in the ways in which papers leave out whom everybody knows.

Each kind has items of the topic and others that look like them. All were written for this project;
the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from monitor.watch.desk_tools.selftest import article_of

DAY = "2026-11-10"
CHINA_KOREA, PENINSULA = "china-south-korea", "korean-peninsula"


def _topics(rulebook: Rulebook, text: str) -> set[str]:
    return {flag.rule for flag in rulebook.flags(article_of(text, DAY))}


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Chinese chants at Hongdae march\nSeoul's foreign ministry called them harmful.",
        "光化門の反中集会に懸念\n韓国政府は自制を求めた。",
        "Jury finds ex-Hynix manager stole designs for Chinese rival\nA court in Suwon ruled.",
        "海力士前高管窃取图纸跳槽中企\n韩国检方起诉三人。",
        "디스플레이 기술 中에 빼돌린 일당 기소\n검찰은 5명을 재판에 넘겼다.",
        "日中韓財長會議推遲\n主辦方未說明原因。",
        "한중일 환경장관회의, 내년으로 연기\n일정이 맞지 않았다.",
        "흑연 수출 막은 中…정부 “비축 늘린다”\n업계와 대책을 논의했다.",
        "Survey ship enters provisional measures zone again\nThe coast guard followed it.",
    ],
)
def test_dealings_of_the_two_with_one_side_left_out(built_in: Rulebook, text: str) -> None:
    """A quarrel, a theft, a meeting of three and an answer at home are dealings of the two."""
    assert CHINA_KOREA in _topics(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Anti-Chinese chants at Manila march\nPhilippine police kept the peace.",
        "Hynix workers' bonus plan leaked\nThe firm declined to comment.",
        "海力士展示新一代内存\n明年量产。",
        "태풍 북상…정부 “비상근무”\n내일 새벽 상륙한다.",
        "Zoo in Ueno welcomes red panda from China\nVisitors queued.",
    ],
)
def test_what_only_looks_like_dealings_of_the_two(built_in: Rulebook, text: str) -> None:
    """The same words about others, or about one of the two alone, are none."""
    assert CHINA_KOREA not in _topics(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Russian frigate calls at Chongjin before fishery talks\nMoscow gave no details.",
        "Seoul regrets that denuclearisation is missing from joint statement\nXi spoke of peace.",
        "韩方：无核化目标不变\n青瓦台回应联合声明。",
        "한미 핵협의그룹 6차 회의 개최\n국방부가 밝혔다.",
        "정부 “9·19 합의 복원 단계적으로”\n훈련 중단부터 검토한다.",
    ],
)
def test_the_peninsula_by_what_only_it_has(built_in: Rulebook, text: str) -> None:
    """Warships in the North, denuclearisation in Seoul, the allies' deterrent are its matters."""
    assert PENINSULA in _topics(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Seoul court hears case against former navy chief\nHe denies taking bribes.",
        "Denuclearisation of Iran off the table, Tehran says\nTalks in Geneva go on.",
        "Fishery school opens in Chongjin\nState media showed classrooms.",
        "日米、拡大抑止を協議\n外務省が発表した。",
    ],
)
def test_what_only_looks_like_the_peninsula(built_in: Rulebook, text: str) -> None:
    """The same words elsewhere, and the North's everyday work, are not its matters."""
    assert PENINSULA not in _topics(built_in, text)
