"""A country's Han letter before a word in Chinese and Japanese headlines: 韩法院, 韓外相, 中海警.

In Korean headlines such a letter stands alone among Hangul (`borders`). Here the word behind it is
written in the same letters, so the letter must open a word, and what follows must be one: in
Japanese 韓 opens hardly anything else; 中 and 北 open many words and count before those who act
for a state, and so does 朝 in Chinese, which is the morning as well. In Chinese 韩 is a surname,
too: a word of the lists must stand behind it, a body's last letter or a verb of headlines, and
before it neither a part of a word nor what a person is.
"""

import re

from monitor.watch.engine.han_words import is_word, longest_word

_OPENS = re.compile("[\u3041-\u30ff\u3400-\u9fff々A-Za-z0-9０-９]")  # none of them before
_JAPANESE_SOUTH = re.compile("(?![流服式方紙国國半信非菓牛食屋氏])[\u3400-\u9fff\u30a1-\u30fa]")
_ACTS = {
    "中": re.compile(
        "(?:外相|首相|国防相|商務相|外務省|国防省|商務省|政府|当局|大使|軍[がはの、機艦]|海軍|空軍|海警|警察当局|企業|資本|漁船|漁民"
        "|メディア)"
    ),
    "北": re.compile(
        "(?:外相|外務省|国防相|国防省|大使|高官|漁船|メディア)"
    ),  # 北警察署 is a ward's
}
ONLY_BEFORE_A_WORD = frozenset("朝")  # alone it is the morning, or "towards"
_NORTH = re.compile(
    "(?:外务省|外務省|外相|驻|駐|代表团|代表團|官媒|劳动党|勞動黨|高官|大使|黑客|駭客|导弹|火箭|卫星)"
)
_TURNS_TO = re.compile("[拟擬将將欲称稱促吁籲拒批对對与與就]")
_BODY = re.compile(
    "[\u3400-\u9fff]{0,4}?[部厅廳院处處署委协協局方库庫警军軍企媒检檢店厂廠业業船舰艦]"
)
_TAKES_OFFICE = re.compile("[\u3400-\u9fff]{1,2}?[出就接获獲升转轉兼]?任")  # 韩俊任农业农村部部长
_DONE_TO = frozenset("批促访訪赴对對向与與和同援驻駐斥")  # whom another deals with follows
_HAN = re.compile("[\u3400-\u9fff]")
_PERSONS = re.compile("[员員家者手星人席长長授生师師民]$")  # 演员韩雪, 副主席韩正
_REACH = 5  # letters on each side that are looked at


def opens_a_phrase(text: str, start: int, language: str) -> bool:
    """Does the letter at `start` of a headline stand for a country, with a word behind it?

    Args:
        language: "zh" or "ja"; others write the letters otherwise.
    """
    letter, behind = text[start], text[start + 1 : start + 1 + _REACH]
    before = text[max(0, start - _REACH + 1) : start]
    if language == "ja":
        if _OPENS.match(before[-1:]):
            return False
        acts = _JAPANESE_SOUTH if letter in "韓韩" else _ACTS.get(letter)
        return bool(acts and acts.match(behind))
    if language != "zh":
        return False
    if letter in ONLY_BEFORE_A_WORD:
        return not _OPENS.match(before[-1:]) and bool(_NORTH.match(behind))
    if letter not in "韩韓":
        return False
    if before[-1:] in _DONE_TO:
        before = ""
    if _HAN.match(before[-1:]) and (_PERSONS.search(before) or not _ends_a_word(before)):
        return False
    if not before.strip() and _TURNS_TO.match(behind):
        return True
    if any(is_word(text[start : start + length], language) for length in (2, 3, 4)):
        return False  # 韩国, 韩语, 韩愈
    if longest_word(behind, language) > 1:
        return True
    return bool(_BODY.match(behind)) and not _TAKES_OFFICE.match(behind)


def _ends_a_word(text: str) -> bool:
    return any(is_word(text[-length:], "zh") for length in (2, 3, 4) if length <= len(text))
