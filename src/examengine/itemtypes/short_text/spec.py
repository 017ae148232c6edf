"""The registry's record of `short_text`."""

from collections.abc import Sequence

from examengine.itemtypes.short_text.lint import lint
from examengine.itemtypes.short_text.model import LONGEST, ShortTextItem, ShortTextResponse
from examengine.itemtypes.short_text.scoring import best_match, is_blank, matching_slip, score
from examengine.itemtypes.spec import ItemTypeSpec, ResponseSpace


def _parse_line(_item: ShortTextItem, text: str, _order: Sequence[str]) -> ShortTextResponse:
    typed = text.strip()
    if len(typed) > LONGEST:
        raise ValueError(f"that is {len(typed)} characters long; type a few words, at most {LONGEST} characters")
    return ShortTextResponse(text=typed)


def _explain(item: ShortTextItem, response: ShortTextResponse) -> list[tuple[str, str, str]]:
    key = item.answers[0]
    lines = [(key.text, "key", key.rationale or item.rationale)]
    typed = " ".join(response.text.split())
    best, slip = best_match(item, typed), matching_slip(item, typed)
    if best is not None and best.credit < 1:
        verdict = f"your answer, {best.credit} of the credit"
        lines.append((typed, verdict, best.rationale or "Accepted for part of the credit."))
    elif best is not None and best is not key and best.rationale:
        lines.append((typed, "your answer, accepted", best.rationale))
    elif slip is not None:
        lines.append((typed, "your answer", slip.rationale))
    return lines


def _ask_lines(item: ShortTextItem, _order: Sequence[str]) -> list[str]:
    return [f"Type the answer. {item.normalise.rules_line()}"]


def _responses(item: ShortTextItem) -> ResponseSpace:
    named = [("blank", "")]
    named += [(f"answer {number}", answer.text) for number, answer in enumerate(item.answers, start=1)]
    named += [(f"slip {number}", slip.text) for number, slip in enumerate(item.slips, start=1) if slip.text is not None]
    named.append(("the key, within more words", f"not {item.answers[0].text}"[:LONGEST]))
    return ResponseSpace.of_classes([(name, ShortTextResponse(text=text)) for name, text in named])


SPEC = ItemTypeSpec(
    name="short_text",
    title="Short text",
    model=ShortTextItem,
    response_model=ShortTextResponse,
    rules=("accepted_answers",),
    score=score,
    correct_response=lambda item: ShortTextResponse(text=item.answers[0].text),
    is_complete=lambda _item, response: not is_blank(response),
    is_blank=lambda _item, response: is_blank(response),
    lint=lint,
    summarise=lambda _item, response, _order: " ".join(response.text.split()),
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.short_text.widget:ShortTextView",
    ask_lines=_ask_lines,
    responses=_responses,
)
