"""The registry's record of `yes_no_series`."""

from collections.abc import Sequence
from typing import Literal

from examengine.itemtypes.numbered import choices_at, count_choices, each_row, one_line, plain_line, read_rows
from examengine.itemtypes.spec import AnswerLine, ItemTypeSpec, ResponseSpace
from examengine.itemtypes.yes_no_series.lint import lint
from examengine.itemtypes.yes_no_series.model import YesNoSeries, YesNoSeriesResponse
from examengine.itemtypes.yes_no_series.scoring import is_blank, score

_ANSWERS: tuple[Literal["yes", "no"], ...] = ("yes", "no")


def _summarise(item: YesNoSeries, response: YesNoSeriesResponse, order: Sequence[str]) -> str:
    return each_row(order, lambda name: item.word(response.answers[name]) if name in response.answers else None)


def _parse_line(item: YesNoSeries, text: str, order: Sequence[str]) -> YesNoSeriesResponse:
    yes, no = (item.word(answer) for answer in _ANSWERS)
    usage = (
        f"answer {yes[0]} or {no[0]} for each statement in order, such as {yes[0]} {no[0]} -, with - for one left"
        f" blank, or by number, such as 1{yes[0]} 3{no[0]}"
    )
    words = {yes.lower(): "yes", no.lower(): "no"}
    given: dict[str, Literal["yes", "no"]] = {}
    for row, word in read_rows(text, len(order), usage).items():
        answer = next((one for one in _ANSWERS if item.word(one).lower().startswith(word.lower())), None)
        if answer is None:
            raise ValueError(f"{word!r} is neither {' nor '.join(words)}; {usage}")
        given[order[row]] = answer
    return YesNoSeriesResponse(answers=given)


def _verdict(item: YesNoSeries, key: str, given: str | None) -> str:
    if given is None:
        return f"{item.word(key)}; no answer"
    return f"{item.word(key)}, as you said" if given == key else f"{item.word(key)}; you said {item.word(given)}"


def _explain(item: YesNoSeries, response: YesNoSeriesResponse) -> list[tuple[str, str, str]]:
    blank = is_blank(item, response)
    return [
        (
            one.id,
            item.word(one.answer) if blank else _verdict(item, one.answer, response.answers.get(one.id)),
            one.rationale,
        )
        for one in item.statements
    ]


def _answer_lines(item: YesNoSeries, response: YesNoSeriesResponse, order: Sequence[str]) -> list[AnswerLine]:
    told = {name: (verdict, rationale) for name, verdict, rationale in _explain(item, response)}
    statements = {one.id: one for one in item.statements}
    return [
        AnswerLine(
            label=str(number),
            text=one_line(statements[name].text),
            verdict=told[name][0],
            rationale=told[name][1],
            is_key=response.answers.get(name) == statements[name].answer,
            is_picked=name in response.answers,
        )
        for number, name in enumerate(order, start=1)
    ]


def _ask_lines(item: YesNoSeries, order: Sequence[str]) -> list[str]:
    texts = {one.id: plain_line(one.text) for one in item.statements}
    yes, no = (item.word(answer) for answer in _ANSWERS)
    return [f"Answer {yes} or {no} for each statement.", *(f"{n}. {texts[name]}" for n, name in enumerate(order, 1))]


def _responses(item: YesNoSeries) -> ResponseSpace:
    choices = dict.fromkeys(item.option_ids(), _ANSWERS)
    return ResponseSpace(
        count=count_choices([len(_ANSWERS)] * len(choices)),
        at=lambda number: YesNoSeriesResponse.model_validate({"answers": choices_at(number, choices)}),
        unread=tuple(
            (f"{item.word(answer)} everywhere", YesNoSeriesResponse(answers=dict.fromkeys(choices, answer)))
            for answer in _ANSWERS
        ),
    )


SPEC = ItemTypeSpec(
    name="yes_no_series",
    title="Yes/no series",
    model=YesNoSeries,
    response_model=YesNoSeriesResponse,
    rules=("proportional", "all_or_nothing"),
    score=score,
    correct_response=lambda item: YesNoSeriesResponse(answers={one.id: one.answer for one in item.statements}),
    is_complete=lambda item, response: all(one.id in response.answers for one in item.statements),
    is_blank=is_blank,
    lint=lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.yes_no_series.widget:YesNoSeriesView",
    ask_lines=_ask_lines,
    answer_lines=_answer_lines,
    responses=_responses,
)
