"""The wordings of page furniture, put together from boilerplate.toml and the newsroom's words.

Three shapes, from cheap to dear:

* `LABELS`: whole lines, compared without case, spaces and punctuation;
* `STARTS`: regular expressions tried at the start of a line (after punctuation), so that the same
  words inside a sentence are safe; tried on the line in lower case;
* `ANYWHERE`: pairs of needles and a regular expression that is only tried when one of the needles,
  in lower case, stands in the line.
"""

from monitor.dates import words
from monitor.newsroom import credits
from monitor.newsroom.word_lists import any_of, words_of
from monitor.tomlfile import shipped

_WORDS = shipped("monitor.articles.body", "boilerplate")

COMMENTS = words_of(_WORDS["comments"])
NOTES = "|".join(words_of(_WORDS["notes"]))
LABELS = (*words_of(_WORDS["labels"]), *COMMENTS)
STARTS = "|".join((*words_of(_WORDS["starts"]), credits.RIGHTS, credits.MAKERS, credits.LEADS))

_MONTH = rf"(?:{any_of(words.months())})\.?"
_HALF_OR_ZONE = r"(?:[ap]m|uhr|utc|[a-z]{1,3}t)"
# When it was published; tried at the start of short lines with a digit.
CLOCKS = "|".join(
    (
        rf"(?:{any_of(words_of(_WORDS['stamps']))})\w*\W.{{0,60}}\d",
        r"(?:\w+, ?)?\d{4}[./年\-–년 ]+\s*\d{1,2}[./月\-–월 ,]+\s*\d{1,2}\s*[日일.]?(?:\D{0,25}"
        r"\d{1,2}[:.시時h]\d{2}.{0,60})?\W*$",
        r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\b(?!.*[.!?。]\W*$).{0,90}$",
        rf"(?:[\w-]{{3,14}},? )?(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}\.? (?:de )?{_MONTH} "
        r"(?:de )?\d{4})\b(?!.*[.!?]$).{0,40}$",
        r"\d{1,2}:\d{2}(?::\d{2})?(?:\W+\d{1,2}:\d{2}(?::\d{2})?)?\W*"
        rf"(?:{_HALF_OR_ZONE}\b\W*){{0,2}}$",
        rf"\d{{1,2}}\.\d{{2}}\s?{_HALF_OR_ZONE}\W*$",
    )
)
# How old it is and how long it takes to read; looked for in lines of a few words.
TIMINGS = (
    r"\b\d+ (?:secs?|min(?:ute)?s?|hours?|days?|weeks?|months?) ago\b.{0,30}$|"
    rf"(?:{'|'.join(words_of(_WORDS['reading_time']))})\b.{{0,24}}$"
)
ANYWHERE = [(entry["needle"], entry["pattern"]) for entry in _WORDS["anywhere"]]
ANYWHERE_EAST = "|".join((*words_of(_WORDS["anywhere_east"]), credits.RIGHTS_INSIDE))
