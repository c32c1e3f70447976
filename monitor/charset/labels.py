"""Labels of encodings: which of them a document or its header claims, and what they stand for.

Labels are read as the browsers read them (WHATWG Encoding): euc-kr means cp949, gb2312 means
gb18030, since the narrow reading loses characters that are in use.
"""

import codecs
import re

SNIFFED = 4096  # bytes searched for a declaration; the browsers look at 1024
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*+=\s*+["']?+\s*+([\w.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*+=\s*+["']?+\s*+([\w.:-]{2,40})""", re.I | re.A)

# Python's codec -> the one the browsers use for its label.
_WIDER = {
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jis_2004": "euc_jp",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
SEVERAL_BYTES = frozenset({"cp949", "gb18030", "cp932", "euc_jp", "big5hkscs", "johab"})
_SEVEN_BITS = frozenset({"iso2022_jp_ext", "iso2022_kr", "hz"})
ONE_BYTE = re.compile(r"cp(?:125[0-8]|866|874)|iso8859-\d{1,2}|koi8-[ru]|mac-(?:roman|cyrillic)")
# Labels that Python does not know.
_LABELS = {
    **dict.fromkeys(("ks_c_5601-1989", "ksc_5601", "windows-949", "x-windows-949"), "cp949"),
    **dict.fromkeys(("cseuckr", "csksc56011987", "iso-ir-149"), "cp949"),
    **dict.fromkeys(("gb_2312-80", "gb_2312", "gb-2312", "x-gbk", "csgb2312"), "gb18030"),
    **dict.fromkeys(("x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("x-euc-jp", "cseucpkdfmtjapanese", "eucjp-ms", "cp51932"), "euc_jp"),
    **dict.fromkeys(("cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("dos-874", "windows-874"), "cp874"),
    **dict.fromkeys(("koi", "koi8"), "koi8-r"),
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
}


def codec_of(label: str) -> str:
    """Return the Python codec that an encoding's label stands for, "" when it is none we read."""
    label = label.strip().lower()
    name = _LABELS.get(label, label)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    # Python also knows codecs that make no text, and some that run it ("unicode_escape").
    known = name in SEVERAL_BYTES or name in _SEVEN_BITS or ONE_BYTE.fullmatch(name)
    return name if known or name == "utf-8" else ""


def claims(body: bytes, content_type: str) -> tuple[str, ...]:
    """Return the codecs that are claimed: header, XML declaration, meta elements, once each."""
    start = body[:SNIFFED]
    labels = [found[1] for found in [_HEADER.search(content_type)] if found]
    own = (*_XML.findall(start)[:1], *_META.findall(start))
    labels += [label.decode("ascii", "replace") for label in own]
    return tuple(dict.fromkeys(name for label in labels if (name := codec_of(label))))
