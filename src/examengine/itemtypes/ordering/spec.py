"""The registry's record of `ordering`."""

from collections.abc import Sequence
from math import perm

from examengine.itemtypes.choice import letters_to_options
from examengine.itemtypes.numbered import one_line, plain_line
from examengine.itemtypes.ordering.lint import lint
from examengine.itemtypes.ordering.model import Ordering, OrderingResponse
from examengine.itemtypes.ordering.scoring import is_blank, listed, score
from examengine.itemtypes.spec import AnswerLine, ItemTypeSpec, ResponseSpace, position_label


def task_line(item: Ordering) -> str:
    """Return what is to be done with the list."""
    count, options = len(item.order), len(item.options)
    return "Put all in order." if count == options else f"Put {count} of these {options} in order."


def _summarise(item: Ordering, response: OrderingResponse, order: Sequence[str]) -> str:
    texts = {option.id: plain_line(option.text) for option in item.options}
    letters = {name: position_label(index) for index, name in enumerate(order)}
    return "; ".join(f"{letters[name]}. {texts[name]}" for name in listed(item, response))


def _parse_line(item: Ordering, text: str, order: Sequence[str]) -> OrderingResponse:
    built = letters_to_options(text, order)
    if len(built) > len(item.order):
        raise ValueError(f"give {len(item.order)} letters, first to last, such as C A B")
    return OrderingResponse(order=tuple(built))


def verdict_of(item: Ordering, name: str, built: Sequence[str]) -> str:
    """Return where an option belongs, and where it was put."""
    place = built.index(name) + 1 if name in built else 0
    if name not in item.order:
        return f"not part of it; you put it at {place}" if place else "not part of it"
    key = item.order.index(name) + 1
    if not built:
        return f"place {key}"
    if place == key:
        return f"place {key}, as you put it"
    return f"place {key}; you put it at {place}" if place else f"place {key}; you left it out"


def _explain(item: Ordering, response: OrderingResponse) -> list[tuple[str, str, str]]:
    built = listed(item, response)
    return [(option.id, verdict_of(item, option.id, built), option.rationale) for option in item.options]


def _answer_lines(item: Ordering, response: OrderingResponse, _order: Sequence[str]) -> list[AnswerLine]:
    built = listed(item, response)
    options = {option.id: option for option in item.options}
    surplus = [name for name in options if name not in item.order]
    return [
        AnswerLine(
            label=str(place) if place else "\u2013",
            text=one_line(options[name].text),
            verdict=verdict_of(item, name, built),
            rationale=options[name].rationale,
            is_key=bool(place) and built[place - 1 : place] == (name,),
            is_picked=name in built,
        )
        for place, name in [*enumerate(item.order, start=1), *((0, name) for name in surplus)]
    ]


def _ask_lines(item: Ordering, order: Sequence[str]) -> list[str]:
    texts = {option.id: plain_line(option.text) for option in item.options}
    return [task_line(item), *(f"{position_label(index)}. {texts[name]}" for index, name in enumerate(order))]


def _list_at(names: Sequence[str], number: int) -> tuple[str, ...]:
    """Return the list that a number stands for: the empty one, then all of one option, all of two, and so on."""
    if number < 0:
        raise IndexError(number)
    left = number
    for length in range(len(names) + 1):
        count = perm(len(names), length)
        if left < count:
            break
        left -= count
    else:
        raise IndexError(number)
    free, built = list(names), []
    for taken in range(length):
        step = perm(len(names) - taken - 1, length - taken - 1)
        index, left = divmod(left, step)
        built.append(free.pop(index))
    return tuple(built)


def _responses(item: Ordering) -> ResponseSpace:
    names = item.option_ids()
    return ResponseSpace(
        count=sum(perm(len(names), length) for length in range(len(names) + 1)),
        at=lambda number: OrderingResponse(order=_list_at(names, number)),
        unread=tuple((f"{name} alone", OrderingResponse(order=(name,))) for name in names)
        if item.rule != "position"
        else (),
    )


SPEC = ItemTypeSpec(
    name="ordering",
    title="Ordering",
    model=Ordering,
    response_model=OrderingResponse,
    rules=("all_or_nothing", "position", "longest_common_subsequence", "adjacent"),
    score=score,
    correct_response=lambda item: OrderingResponse(order=item.order),
    is_complete=lambda item, response: len(listed(item, response)) == len(item.order),
    is_blank=is_blank,
    lint=lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.ordering.widget:OrderingView",
    ask_lines=_ask_lines,
    answer_lines=_answer_lines,
    responses=_responses,
)
