"""Numbers with their units, in one form for every language."""

from datetime import date

import pytest

from monitor.stories.figures import read_figures
from monitor.stories.units import differ
from monitor.text import fold_width


def measures_of(headline: str, language: str) -> tuple[str, ...]:
    return read_figures(fold_width(headline), date(2026, 3, 2), language).measures


@pytest.mark.parametrize(
    ("measure", "headlines"),
    [
        (
            "10 piece",
            {
                "en": "fires 10 short-range ballistic missiles",
                "ko": "미사일 10발",
                "zh": "发射10枚导弹",
                "ja": "ミサイル10発",
            },
        ),
        (
            "2 piece",
            {
                "en": "fires two missiles",
                "ko": "미사일 두 발",
                "zh": "两枚导弹",
                "ja": "二発を発射",
            },
        ),
        (
            "4.6 magnitude",
            {
                "en": "4.6-magnitude quake",
                "ko": "규모 4.6 지진",
                "zh": "4.6级地震",
                "ja": "Ｍ４．６の地震",
            },
        ),
        (
            "20 hour",
            {
                "en": "20-hour standoff",
                "ko": "20시간 대치",
                "zh": "对峙20小时",
                "ja": "20時間の対峙",
            },
        ),
        (
            "9 aircraft",
            {"en": "nine warplanes", "ko": "군용기 9대", "zh": "9架军机", "ja": "軍用機9機"},
        ),
        (
            "350 kilometre",
            {"en": "flew 350 km", "ko": "350㎞ 비행", "zh": "飞行350公里", "ja": "350キロ飛行"},
        ),
        (
            "475 person",
            {"en": "475 workers held", "ko": "475명 구금", "zh": "475人被扣", "ja": "475人拘束"},
        ),
        (
            "84 age",
            {"en": "actor, aged 84, dies", "ko": "84세로 별세", "zh": "享年84岁", "ja": "死去84歳"},
        ),
        (
            "30 issue",
            {"en": "for 30th straight day", "ko": "30일 연속 진입", "ja": "30日連続で航行"},
        ),
        ("3-1 score", {"en": "win 3-1", "ko": "3대1 승리", "zh": "3比1取胜", "ja": "3対1で勝利"}),
        (
            "12.5 percent",
            {"en": "up 12.5 pct", "ko": "12.5% 증가", "zh": "增长12.5%", "ja": "12.5％増"},
        ),
        (
            "1.2e+12 money-won",
            {
                "en": "1.2 trillion won",
                "ko": "1조2천억원",
                "zh": "1.2万亿韩元",
                "ja": "1兆2千億ウォン",
            },
        ),
    ],
)
def test_a_number_and_its_unit_are_one_in_four_languages(
    measure: str, headlines: dict[str, str]
) -> None:
    """What is counted is read with the number, whatever the language calls it."""
    found = {la: measure in measures_of(headline, la) for la, headline in headlines.items()}
    assert all(found.values()), found


@pytest.mark.parametrize(
    ("language", "words", "digits"),
    [
        ("zh", "三亿五千万美元", "3.5亿美元"),
        ("zh", "一万二千亿韩元", "1.2万亿韩元"),
        ("zh", "二十三万人", "23万人"),
        ("zh", "1万五千人", "15000人"),
        ("zh", "１万５千人", "15000人"),
        ("zh", "三万零五百人", "30500人"),
        ("zh", "一億五千萬元", "1.5亿元"),
        ("zh", "三点五亿美元", "3.5亿美元"),
        ("zh", "30多亿美元", "30亿美元"),
        ("zh", "3000多人", "3000人"),
        ("ja", "百二十人", "120人"),
        ("ja", "五百余人", "500人"),
        ("ja", "一兆二千億円", "1.2兆円"),
        ("ja", "１２億３，０００万円", "12.3億円"),
        ("ja", "2千500億円", "2500億円"),
        ("ko", "1억 2천만 원", "1.2억 원"),
        ("ko", "3조 2,500억원", "3.25조원"),
        ("ko", "1천5백만 명", "1500만 명"),
        ("ko", "2천5백억원", "2500억원"),
        ("ko", "1천 200억원", "1200억원"),
        ("ko", "20여 척", "20척"),
    ],
)
def test_a_number_in_words_is_the_one_in_digits(language: str, words: str, digits: str) -> None:
    """Units, words and digits mixed as they may be, and "some more", come to the plain number."""
    assert measures_of(words, language) == measures_of(digits, language) != ()


@pytest.mark.parametrize(
    ("language", "words", "numbers"),
    [
        ("zh", "数十人", ()),
        ("zh", "几十万人", ()),
        ("zh", "二〇二五年", ()),
        ("zh", "十五五规划", ()),
        ("zh", "以防万一", ()),
        ("ko", "매출 1억 3명 고용", (3.0, 1e8)),
        ("ko", "10만 20명", (20.0, 1e5)),
        ("ko", "1만 2025년", (1e4,)),
        ("ja", "1" + "億" * 300, ()),
    ],
)
def test_what_only_looks_like_a_numeral_is_no_other_number(
    language: str, words: str, numbers: tuple[float, ...]
) -> None:
    """Some tens, a year, a plan and two numbers side by side are read as no other number."""
    assert read_figures(words, date(2026, 3, 2), language).numbers == numbers


def test_figures_differ_only_in_an_exact_unit() -> None:
    """Magnitudes, scores and rates tell two events apart; tolls and hours do not."""
    assert differ(measures_of("규모 4.6 지진", "ko"), measures_of("M5.4の地震", "ja"))
    assert differ(measures_of("won 3-1", "en"), measures_of("2대0 승리", "ko"))
    assert not differ(measures_of("3-1 win", "en"), measures_of("1-3 패배", "ko"))
    assert not differ(measures_of("300 detained", "en"), measures_of("475명 구금", "ko"))
    assert not differ(measures_of("no figure", "en"), measures_of("5.4级地震", "zh"))


@pytest.mark.parametrize(
    ("earlier", "later", "apart"),
    [
        (("30 hurt in blaze", "en"), ("12 hurt in blaze", "en"), True),
        (("12 hurt in blaze", "en"), ("30 hurt in blaze", "en"), False),
        (("30명 부상", "ko"), ("12人けが", "ja"), True),
        (("flew 350 km", "en"), ("约400公里", "zh"), False),
        (("flew 350 km", "en"), ("780㎞ 비행", "ko"), True),
        (("최대 40㎜", "ko"), ("最大150ミリ", "ja"), True),
        (("20 kg of cocaine", "en"), ("코카인 55kg", "ko"), True),
    ],
)
def test_rough_figures_are_of_two_events_where_they_lie_far_apart(
    earlier: tuple[str, str], later: tuple[str, str], apart: bool
) -> None:
    """Distances and weights are rounded, and tolls grow; but neither by any factor or way."""
    assert differ(measures_of(*earlier), measures_of(*later)) is apart


def test_a_day_later_counters_agree() -> None:
    """Another count of planes is rounding within hours, and the next day's on the next day."""
    counts = measures_of("36 planes tracked", "en"), measures_of("軍用機42機", "ja")
    assert not differ(*counts)
    assert differ(*counts, next_day=True)
    assert not differ(measures_of("12 dead", "en"), measures_of("19명 사망", "ko"), next_day=True)


def test_versions_are_exact_figures() -> None:
    """A decimal is exact where its fraction is nought as well; a rounded million is not."""
    assert differ(measures_of("editor 3.0 released", "en"), measures_of("editor 5.3 out", "en"))
    assert not differ(measures_of("1.2 million fish", "en"), measures_of("1.3 million", "en"))


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("$240m taken", "$240 million taken"),
        ("US$1.2B deal", "US$1.2 billion deal"),
        ("5.5m yuan fine", "5.5 million yuan fine"),
        ("3tn won plan", "3 trillion won plan"),
    ],
)
def test_a_letter_beside_a_currency_is_a_unit(letter: str, words: str) -> None:
    """$240m is 240 million dollars, as in another language."""
    assert measures_of(letter, "en") == measures_of(words, "en") != ()


def test_a_letter_without_a_currency_is_none() -> None:
    """350m is no million."""
    assert not measures_of("flood within 350m of plant", "en")
    assert read_figures("350m away", date(2026, 3, 2), "en").numbers == (350.0,)


def test_one_sum_in_two_currencies_is_no_other_sum() -> None:
    """Outlets convert: dollars and won are not compared, two sums of won are."""
    assert not differ(measures_of("$240m taken", "en"), measures_of("3천300억원 탈취", "ko"))
    assert not differ(measures_of("$240m taken", "en"), measures_of("2.4億ドル流出", "ja"))
    assert differ(measures_of("fine of 5m won", "en"), measures_of("벌금 300만원", "ko"))
