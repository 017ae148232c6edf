"""The registry's record of `gap_choice`."""

from collections.abc import Callable, Sequence

from examengine.itemtypes.choice import letters_to_options
from examengine.itemtypes.formula_markdown import with_formulas_as_text
from examengine.itemtypes.gap_choice.lint import lint
from examengine.itemtypes.gap_choice.model import MARKER, Gap, GapChoice, GapChoiceResponse
from examengine.itemtypes.gap_choice.scoring import filled, is_blank, score
from examengine.itemtypes.item import Option
from examengine.itemtypes.numbered import choices_at, count_choices, each_row, one_line, plain_line, read_rows
from examengine.itemtypes.spec import AnswerLine, ItemTypeSpec, ResponseSpace, position_label
from examengine.itemtypes.table_markdown import with_tables_in_words

_USAGE = (
    "give the letter of an option for each gap in order, such as B A -, with - for one left blank, or by number,"
    " such as 1B 3A"
)


def options_in_order(gap: Gap, order: Sequence[str]) -> list[Option]:
    """Return the options of a gap in the form's order, which holds those of all gaps."""
    by_id = {f"{gap.id}/{option.id}": option for option in gap.options}
    return [by_id[name] for name in order if name in by_id]


def with_gaps(item: GapChoice, shown: Callable[[int, Gap], str]) -> str:
    """Return the text or code with each gap as the function shows it, given its number from 1."""
    numbers = {gap.id: (number, gap) for number, gap in enumerate(item.gaps, start=1)}
    return MARKER.sub(lambda found: shown(*numbers[found[1]]) if found[1] in numbers else found[0], item.body)


def _numbered(number: int, _gap: Gap) -> str:
    return f"\u2039{number}\u203a"


def _whole_stem(item: GapChoice) -> str:
    if item.text is not None:
        return f"{item.stem}\n\n{with_gaps(item, _numbered)}"
    code = with_gaps(item, _numbered).rstrip("\n")
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{item.stem}\n\n{fence}{item.language}\n{code}\n{fence}"


def _chosen(item: GapChoice, response: GapChoiceResponse) -> dict[str, str]:
    given = filled(item, response)
    return {
        gap.id: plain_line(option.text) for gap in item.gaps for option in gap.options if given.get(gap.id) == option.id
    }


def _summarise(item: GapChoice, response: GapChoiceResponse, _order: Sequence[str]) -> str:
    return each_row([gap.id for gap in item.gaps], _chosen(item, response).get)


def _parse_line(item: GapChoice, text: str, order: Sequence[str]) -> GapChoiceResponse:
    given: dict[str, str] = {}
    for row, word in read_rows(text, len(item.gaps), _USAGE).items():
        gap = item.gaps[row]
        options = letters_to_options(word, [option.id for option in options_in_order(gap, order)])
        if len(options) != 1:
            raise ValueError(_USAGE)
        given[gap.id] = options[0]
    return GapChoiceResponse(gaps=given)


def _verdict(gap: Gap, option: str, given: str | None) -> str:
    if option == gap.key:
        return "key"
    return "your pick" if option == given else ""


def _explain(item: GapChoice, response: GapChoiceResponse) -> list[tuple[str, str, str]]:
    given = filled(item, response)
    return [
        (f"{gap.id}/{option.id}", _verdict(gap, option.id, given.get(gap.id)), option.rationale)
        for gap in item.gaps
        for option in gap.options
    ]


def _answer_lines(item: GapChoice, response: GapChoiceResponse, order: Sequence[str]) -> list[AnswerLine]:
    given = filled(item, response)
    return [
        AnswerLine(
            label=f"{number}{position_label(place)}",
            text=one_line(option.text),
            verdict=_verdict(gap, option.id, given.get(gap.id)),
            rationale=option.rationale,
            is_key=option.id == gap.key,
            is_picked=given.get(gap.id) == option.id,
        )
        for number, gap in enumerate(item.gaps, start=1)
        for place, option in enumerate(options_in_order(gap, order))
    ]


def _ask_lines(item: GapChoice, order: Sequence[str]) -> list[str]:
    body = with_gaps(item, lambda number, _gap: f"[gap {number}]")
    lines = [*(body if item.text is None else with_formulas_as_text(with_tables_in_words(body))).splitlines(), ""]
    for number, gap in enumerate(item.gaps, start=1):
        lines.append(f"Gap {number}:")
        options = options_in_order(gap, order)
        lines += [f"  {position_label(place)}. {plain_line(option.text)}" for place, option in enumerate(options)]
    return lines


def _responses(item: GapChoice) -> ResponseSpace:
    choices = {gap.id: tuple(option.id for option in gap.options) for gap in item.gaps}

    def everywhere(word: str) -> GapChoiceResponse:
        return GapChoiceResponse(
            gaps={gap.id: o.id for gap in item.gaps for o in gap.options if one_line(o.text) == word}
        )

    words = sorted(item.words_offered_everywhere()) if len(item.gaps) > 1 else []
    return ResponseSpace(
        count=count_choices([len(options) for options in choices.values()]),
        at=lambda number: GapChoiceResponse(gaps=choices_at(number, choices)),
        unread=tuple((f"'{word}' everywhere", everywhere(word)) for word in words),
    )


SPEC = ItemTypeSpec(
    name="gap_choice",
    title="Gap choice",
    model=GapChoice,
    response_model=GapChoiceResponse,
    rules=("proportional", "all_or_nothing"),
    score=score,
    correct_response=lambda item: GapChoiceResponse(gaps={gap.id: gap.key for gap in item.gaps}),
    is_complete=lambda item, response: len(filled(item, response)) == len(item.gaps),
    is_blank=is_blank,
    lint=lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.gap_choice.widget:GapChoiceView",
    ask_lines=_ask_lines,
    answer_lines=_answer_lines,
    whole_stem=_whole_stem,
    responses=_responses,
)
