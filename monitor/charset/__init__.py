"""Bytes to text: which character encoding a feed or page really is in, and what stands in it.

Servers, declarations and the bytes disagree every day, and a body decoded twice is lost. So the
decision is made once, here, in this order:

1. A byte order mark (XML 1.0 appendix F, WHATWG), or "<" as UTF-16 has it.
2. ISO 2022, seven bits with escape sequences: always valid UTF-8, never right as such.
3. Valid UTF-8, whatever is declared: a wrong legacy label over UTF-8 is the commonest fault, and
   legacy text is hardly ever valid UTF-8 by chance.
4. What is declared: the Content-Type header before the document's own word (RFC 7303, WHATWG). A
   claim of several bytes a character can be proven wrong and goes before one of a single byte,
   which reads everything: servers say iso-8859-1 for want of knowing.
5. A guess by chardet, among the encodings of the desk's languages.

Labels are read as the browsers read them (WHATWG Encoding): euc-kr means cp949, gb2312 means
gb18030, EUC-JP and ISO-2022-JP have the characters of NEC and IBM, since the narrow reading loses
characters that are in use.

One odd run of bytes never decides for the whole. Stretches of UTF-8 in a legacy text are read as
what they are; what remains unreadable becomes one U+FFFD a run, or, for a lone byte among ASCII
letters in UTF-8, the letter that windows-1252 has for it.

All steps are linear in the size of the body.
"""

from monitor.charset.decoding import Decoded, decode, utf8
from monitor.charset.labels import codec_of
from monitor.charset.marking import unscrambled

__all__ = ["Decoded", "codec_of", "decode", "unscrambled", "utf8"]
