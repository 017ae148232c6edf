"""The flaws of item writing that show in one item: cues, options that overlap, facts grown old, times that cannot be.

`itemtypes/*/lint.py` has the flaws that each type knows of itself; here are those that look alike in all types.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import inf

from examengine.bank.choice_questions import ABSOLUTE, ChoiceQuestion, choice_questions, content_words, numbers_of
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.itemtypes.numeric.reading import read_number

STALE_DAYS = 365
"""Days after which facts want another look."""
WORDS_PER_MINUTE = (100, 300)
"""How slowly and how quickly an item is read."""
WORK_SECONDS: dict[str, tuple[int, int]] = {
    "multiple_choice": (5, 150),
    "multiple_response": (10, 180),
    "yes_no_series": (10, 240),
    "ordering": (15, 240),
    "matching": (15, 240),
    "gap_choice": (10, 300),
    "numeric": (10, 300),
    "short_text": (5, 150),
    "coding": (120, 7200),
}
"""The least and the most seconds, beyond reading, that an answer of each type takes."""

Tell = Callable[[str, str, str, str], None]
"""Code, message, what would be right, field."""

_CODE = re.compile(r"`[^`]*`|\$[^$]*\$")
_SAYS_NOTHING = re.compile(
    r"^(this (is|answer is) )?(the )?(in)?(correct|right|wrong|true|false)( answer)?[.!]?$|^(todo|tbd|fixme|…|\.\.\.)",
    re.IGNORECASE,
)
_NAMES_A_PLACE = re.compile(
    r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?) \(?(?:[A-H]\b|[b-h]\)|[1-8]\b(?! ?%))"
    r"|\b[Tt]he (?:first|second|third|fourth|last|next|previous) (?:option|answer|choice)\b"
    r"|\b(?:option|answer|choice)s? (?:above|below)\b"
    r"|^\(?[A-H]\)? (?:is|are|and [A-H] are) (?:right|wrong|correct|incorrect|true|false)\b",
)
_ABOVE = re.compile(
    r"^(all|none|both|any|neither) of (these|those|them|the (above|options|others|following|answers))\.?$"
    r"|\b(all|none|both) of the (above|options|others)\b"
    r"|^(both|neither) [A-H] (and|nor) [A-H]\b|^[A-H] and [A-H]( only)?\.?$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\bexcept\b[^?.]*[?:.]?\s*$"
    r"|\b(which|what)\b(?:(?!\b(?:that|who|whose|what|which|where|when|if|because|although|while)\b)[^.?])*"
    r"\b(is|are|does|do|can|would|should) (not|never|incorrect|wrong|least likely)\b",
    re.IGNORECASE,
)
"""A question for what is not so; a clause within it ("data that are not labelled") makes none."""
_LONGEST_QUESTION = 1_000
"""Characters at the end of a stem that may hold its question."""
_ARTICLE = re.compile(r"\b(a|an)$")
_BARE = re.compile(r"\b(?P<verb>is|was|has|are|were|have)$")
_ONE = re.compile(r"^(a|an|one|each|this)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"^(two|three|both|several|many|few|these|those)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"^(?:from )?(?P<low>-?\d[\d.,]*)\s*(?P<unit1>[^\W\d]*|%)\s*(?:–|-|to)\s*"  # noqa: RUF001 - authors write it
    r"(?P<high>\d[\d.,]*)\s*(?P<unit>[^\d]*)$"
)
_BOUNDED = re.compile(
    r"^(?P<kind>at least|more than|over|above|from|at most|less than|fewer than|under|below|up to|[<>≤≥]=?)\s*"
    r"(?P<value>-?\d[\d.,]*)\s*(?P<unit>[^\d]*)$",
    re.IGNORECASE,
)
_UPWARD = frozenset(("at least", "more than", "over", "above", "from", ">", ">=", "≥"))
_CLOSED = frozenset(("at least", "at most", "from", "up to", ">=", "<=", "≤", "≥"))


@dataclass(frozen=True, slots=True)
class _Span:
    """The numbers that an option speaks of; without end on a side: plus or minus infinity."""

    low: Fraction | float
    high: Fraction | float
    low_is_in: bool
    high_is_in: bool
    unit: str

    def meets(self, other: "_Span") -> bool:
        """Return whether a number lies in both, but for intervals within others: these are answers, not bins."""
        are_nested = (self.low < other.low and other.high < self.high) or (
            other.low < self.low and self.high < other.high
        )
        return self.unit == other.unit and not are_nested and _starts_in(self, other) and _starts_in(other, self)


def _starts_in(one: _Span, other: _Span) -> bool:
    return one.low < other.high or (one.low == other.high and one.low_is_in and other.high_is_in)


def find_flaws(item: Item, today: date | None, tell: Tell) -> None:
    """Tell the flaws of one item.

    Args:
        item: of any type; of a template an instance.
        today: the day by which the age of `verified` counts; None: it is not looked at.
        tell: hears each flaw.
    """
    _check_negative(item, tell)
    _check_rationales(item, tell)
    _check_age(item, today, tell)
    _check_time(item, tell)
    for question in choice_questions(item):
        if question.kind == "pair":
            continue
        _check_overlaps(question, tell)
        _check_order_of_numbers(question, tell)
        for index, text in enumerate(question.options):
            if _ABOVE.search(text):
                tell(
                    "option-all-of-the-above",
                    f"'{text}' refers to the other options",
                    "say what it means, or ask which apply",
                    f"{question.field}.{index}.text",
                )
        if question.kind in ("options", "gap") and len(question.keys) < len(question.options) - 1:
            _check_absolute_words(question, tell)
        if question.kind in ("options", "gap") and len(question.keys) == 1:
            _check_stem_words(question, tell)
            _check_grammar(question, tell)


def _check_absolute_words(question: ChoiceQuestion, tell: Tell) -> None:
    """An absolute word cues where all distractors have one and no key, or a single option alone, the key."""
    has = [bool(ABSOLUTE.search(_CODE.sub(" ", text))) for text in question.options]
    distractors = [index for index in range(len(has)) if index not in question.keys]
    if all(has[index] for index in distractors) and not any(has[index] for index in question.keys):
        tell(
            "absolute-words",
            "every distractor has an absolute word (always, never, all, only…), and the key has none",
            "say in the distractors what people really believe, without exaggerating",
            question.field,
        )


def _check_stem_words(question: ChoiceQuestion, tell: Tell) -> None:
    (key,) = question.keys
    asked = content_words(_CODE.sub(" ", question.stem))
    shared = [content_words(_CODE.sub(" ", text)) & asked for text in question.options]
    others = frozenset[str]().union(*(own for index, own in enumerate(shared) if index != key))
    alone = shared[key] - others
    if len(alone) >= 2 and len(alone) > len(others):
        words = ", ".join(f"{word}…" for word in sorted(alone))
        tell(
            "stem-word-only-in-key",
            f"words of the stem ({words}) stand again in the key alone, more than in all distractors together",
            "say it in other words in the key, or give a distractor words of the stem too",
            f"{question.field}.{key}.text",
        )


def _check_grammar(question: ChoiceQuestion, tell: Tell) -> None:
    (key,) = question.keys
    end = question.stem.rstrip(" :…._")
    article, verb = _ARTICLE.search(end), _BARE.search(end)
    misfits: set[int] = set()
    if article is not None:
        misfits = {i for i, text in enumerate(question.options) if _is_after_an(text) != (article.group(1) == "an")}
    elif verb is not None:
        wrong = _SEVERAL if verb.group("verb") in ("is", "was", "has") else _ONE
        misfits = {i for i, text in enumerate(question.options) if wrong.search(text)}
    if misfits and key not in misfits:
        last = end.split()[-1]
        tell(
            "grammar-cue",
            f"the stem ends with '{last}', and options that do not fit it are distractors",
            "take the word into the options, or write options that all fit",
            question.field,
        )
    forms = [_form(text) for text in question.options]
    if len(forms) >= 3 and len({form for index, form in enumerate(forms) if index != key}) == 1:
        common = forms[key - 1]
        if forms[key] != common and "" not in forms:
            tell(
                "grammar-cue",
                f"the key alone {forms[key]}; every distractor {common}",
                "write all options in one form",
                f"{question.field}.{key}.text",
            )


def _is_after_an(text: str) -> bool:
    return text.lstrip("`*_\"'“(").lower().startswith(("a", "e", "i", "o", "u"))


def _form(text: str) -> str:
    """Return in words how an option begins and ends; empty where it is code or a number."""
    first = text.split(maxsplit=1)[0]
    if not re.fullmatch(r"[A-Za-z][a-z’'-]*,?", first):  # noqa: RUF001 - authors write it
        return ""
    if first.endswith("ing") and len(first) > 5:
        start = "begins with a verb in -ing"
    elif first.lower() == "to":
        start = "begins with 'to'"
    elif first.lower() in ("a", "an", "the"):
        start = "begins with an article"
    else:
        start = "begins with another word"
    case = "upper" if first[0].isupper() else "lower"
    return f"{start}, in {case} case, {'with' if text.endswith('.') else 'without'} a full stop"


def _check_overlaps(question: ChoiceQuestion, tell: Tell) -> None:
    plain = [_plain(text) for text in question.options]
    numbers = [read_number(text) for text in question.options]
    same_unit = numbers_of(question.options)
    numbers = [*same_unit] if same_unit is not None else numbers
    spans = [_span(text) for text in question.options]
    for later in range(1, len(plain)):
        for earlier in range(later):
            one, other = question.options[earlier], question.options[later]
            is_same_text = " ".join(one.lower().split()) == " ".join(other.lower().split())
            if is_same_text and question.kind in ("options", "gap", "surplus"):
                continue  # `option-repeated` tells it
            place = f"{question.field}.{later}.text"
            hint = "write options of which no two can be right together"
            value, first, second = numbers[later], spans[earlier], spans[later]
            if plain[earlier] == plain[later] or (value is not None and value == numbers[earlier]):
                tell("options-equivalent", f"'{one}' and '{other}' say the same", hint, place)
            elif len(question.keys) == 1 and first is not None and second is not None and first.meets(second):
                tell("options-overlap", f"'{one}' and '{other}' have numbers in common", hint, place)


def _plain(text: str) -> str:
    """Return an option without articles and marks at its end; code and formulas stay as they are."""
    words = [word for word in text.rstrip(" .;,").split() if word.lower() not in ("a", "an", "the")]
    joined = " ".join(words)
    return joined if _CODE.search(joined) else joined.lower()


def _span(text: str) -> _Span | None:
    text = text.strip().rstrip(".")
    found = _RANGE.match(text)
    if found is not None:
        low, high = read_number(found["low"]), read_number(found["high"])
        if low is None or high is None or low >= high:
            return None
        return _Span(low, high, low_is_in=True, high_is_in=True, unit=found["unit"].strip().lower())
    found = _BOUNDED.match(text)
    value = read_number(found["value"]) if found is not None else None
    if found is None or value is None:
        return None
    kind = found["kind"].lower()
    is_in, unit = kind in _CLOSED, found["unit"].strip().lower()
    if kind in _UPWARD:
        return _Span(value, inf, low_is_in=is_in, high_is_in=False, unit=unit)
    return _Span(-inf, value, low_is_in=False, high_is_in=is_in, unit=unit)


def _check_order_of_numbers(question: ChoiceQuestion, tell: Tell) -> None:
    """A form shuffles the options of all other items, whatever the author's order."""
    if question.is_shuffled or question.kind not in ("options", "gap"):
        return
    values = numbers_of(question.options)
    if values is not None and len(values) >= 3 and values not in (sorted(values), sorted(values, reverse=True)):
        tell(
            "numbers-out-of-order",
            "the options are numbers, are not shuffled, and stand in no order",
            "write them in ascending or descending order",
            question.field,
        )


def _check_negative(item: Item, tell: Tell) -> None:
    last = item.stem.strip().rsplit("\n\n", 1)[-1][-_LONGEST_QUESTION:]
    if _EXCEPT.search(_CODE.sub(" ", last)) and not re.search(r"\b(NOT|EXCEPT|NEVER)\b", item.stem):
        tell("stem-negative", "a negative stem without emphasis", "write NOT or EXCEPT in capitals", "stem")


def _check_rationales(item: Item, tell: Tell) -> None:
    for field, text in _rationales(item.model_dump(mode="json")):
        if item.shuffle and _NAMES_A_PLACE.search(text):
            tell(
                "rationale-names-a-position",
                "the rationale names an option by its letter or position, and options are shuffled",
                "name what the option says",
                field,
            )
        if _SAYS_NOTHING.search(text.strip()):
            tell(
                "rationale-missing",
                f"the rationale says no more than '{text.strip()[:40]}'",
                "say why, or which slip leads there",
                field,
            )


def _rationales(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            path = f"{field}.{name}".lstrip(".")
            if name == "rationale" and isinstance(one, str):
                yield path, one
            else:
                yield from _rationales(one, path)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _rationales(one, f"{field}.{index}")


def _check_age(item: Item, today: date | None, tell: Tell) -> None:
    if today is None:
        return
    days = (today - item.verified).days
    if days > STALE_DAYS:
        tell(
            "verified-stale",
            f"the facts were last checked {days} days ago, on {item.verified}",
            "check them in the references, then write today's date",
            "verified",
        )
    elif days < -1:  # it may be tomorrow already where the author lives
        tell("verified-in-future", f"the facts are said to be checked on {item.verified}", "write the day", "verified")


def _check_time(item: Item, tell: Tell) -> None:
    slowest, quickest = WORDS_PER_MINUTE
    least_work, most_work = WORK_SECONDS.get(item.type, (5, 7200))
    words = count_words(item)
    least, most = least_work + 60 * words // quickest, most_work + 60 * words // slowest
    if not least <= item.seconds <= most:
        minutes = isinstance(item, Coding)
        told = f"{item.seconds // 60} minutes" if minutes else f"{item.seconds} seconds"
        tell(
            "time-implausible",
            f"{told} are expected for {words} words and a {item.type.replace('_', ' ')}",
            f"{least} to {most} seconds are plausible",
            "minutes" if minutes else "seconds",
        )


def count_words(item: Item) -> int:
    """Return how many words a candidate reads: the stem, and what can be picked."""
    texts = [item.stem, getattr(item, "body", "")]
    for field in ("options", "statements", "prompts"):
        rows: Sequence[object] = getattr(item, field, ())
        texts += [getattr(row, "text", "") for row in rows]
    for gap in getattr(item, "gaps", ()):
        texts += [option.text for option in gap.options]
    return sum(len(re.findall(r"\w+", text)) for text in texts)
