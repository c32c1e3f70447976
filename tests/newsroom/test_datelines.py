"""Datelines and agencies: what opens a wire story, in four languages and many houses."""

import pytest

from monitor.newsroom import agency_id, agency_in, dateline_spans, read_filed


@pytest.mark.parametrize(
    ("paragraph", "dateline", "agency"),
    [
        ("BUSAN, Nov. 3 (Yonhap) -- The ferry sank.", "BUSAN, Nov. 3 (Yonhap) --", "yonhap"),
        ("DANDONG, China (AP) — The bridge is shut.", "DANDONG, China (AP) —", "ap"),
        ("HANOI, 3 Nov. (EFE).- Cranes fell.", "HANOI, 3 Nov. (EFE).-", "efe"),
        ("Tokio (dpa) - Der Hafen ist zu.", "Tokio (dpa) -", "dpa"),
        ("Wonsan, August 8 (KCNA) The dock opened.", "Wonsan, August 8 (KCNA)", "kcna"),
        ("ULSAN, South Korea — A crane fell.", "ULSAN, South Korea —", ""),
        ("新华社平壤11月3日电（记者王某）港口关闭。", "新华社平壤11月3日电（记者王某）", "xinhua"),
        ("中央社首爾3日電 港口關閉。", "中央社首爾3日電", "cna"),
        ("（中央社記者王某首爾3日電）港口關閉。", "（中央社記者王某首爾3日電）", "cna"),
        ("（路透首尔电）港口关闭。", "（路透首尔电）", "reuters"),
        (
            "(울산=뉴시스) 홍길동 김철수 기자 = 항만이",
            "(울산=뉴시스) 홍길동 김철수 기자 =",
            "newsis",
        ),
        ("[울산=뉴스1]홍길동 기자 항만이 닫혔다", "[울산=뉴스1]홍길동 기자", "news1"),
        (
            "(방콕<태국>=연합뉴스) 홍길동 특파원 = 항만",
            "(방콕<태국>=연합뉴스) 홍길동 특파원 =",
            "yonhap",
        ),
        ("【釜山聯合ニュース】港が閉鎖された。", "【釜山聯合ニュース】", "yonhap"),
        ("【釜山＝共同】港が閉鎖された。", "【釜山＝共同】", "kyodo"),
        ("（ソウル時事）港が閉鎖された。", "（ソウル時事）", "jiji"),
        ("The port (see map) was shut - again.", "", ""),
        ("港口（见图）关闭。", "", ""),
        ("항만(사진)이 닫혔다.", "", ""),
    ],
)
def test_a_dateline_is_read_in_every_house_style(
    paragraph: str, dateline: str, agency: str
) -> None:
    """Place, day and agency are known at the head of a paragraph; a plain bracket is none."""
    filed = read_filed([paragraph])
    assert filed.dateline == dateline
    assert agency_id(filed.agency) == agency


@pytest.mark.parametrize(
    "glued",
    [
        "Port shut after storm By Ada Lindqvist BUSAN, Nov. 3 (Yonhap) -- The ferry sank.",
        "항만 폐쇄 (부산=연합뉴스) 홍길동 기자 = 항만이 닫혔다.",
        "港口关闭 新华社釜山11月3日电 渡轮沉没。",
    ],
)
def test_a_dateline_with_its_agency_is_found_anywhere(glued: str) -> None:
    """Portals glue headline, byline and dateline together."""
    covered = {at for start, end in dateline_spans(glued) for at in range(start, end)}
    kept = "".join(char for at, char in enumerate(glued) if at not in covered)
    assert not any(word in kept for word in ("BUSAN", "Yonhap", "부산", "연합뉴스", "新华社"))
    assert any(word in kept for word in ("ferry", "항만이", "渡轮"))


def test_an_agency_that_is_quoted_stays_in_the_text() -> None:
    """ "Yonhap reported on 30 April" is prose, not a dateline."""
    assert list(dateline_spans("据朝中社4月30日报道，港口关闭。")) == []


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Source: Yonhap", "Yonhap"),
        ("AFP=時事", "AFP"),
        ("ソウルAFP", "AFP"),
        ("来源：新华网", "Xinhua"),
        ("MAPS", ""),
        ("CNAME", ""),
        ("共同", ""),  # "together", too, unless it is the whole credit
    ],
)
def test_an_agency_is_known_in_a_credit(credit: str, agency: str) -> None:
    """Names count between word edges; what is an ordinary word too does not."""
    assert agency_in([credit]) == agency


@pytest.mark.parametrize(
    ("credit", "agency"),
    [("共同", "kyodo"), ("yonhap news agency", "yonhap"), ("AP News", "ap"), ("Harbour Post", "")],
)
def test_a_whole_credit_or_outlet_is_an_agency(credit: str, agency: str) -> None:
    """As the whole of a credit even an ordinary word names its agency."""
    assert agency_id(credit) == agency


def test_an_agency_that_is_quoted_filed_nothing() -> None:
    """A text that opens with an agency's name in the run of a sentence is not that agency's."""
    assert read_filed(["韓聯社週五引述政府報道，港口關閉。"]).agency == ""
