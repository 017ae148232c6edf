"""One item of each of the newer types; every argument has a default that fits the others."""

from typing import Any

from builders import _SHARED, options_of
from examengine.itemtypes.gap_choice.model import GapChoice
from examengine.itemtypes.matching.model import Matching
from examengine.itemtypes.ordering.model import Ordering
from examengine.itemtypes.short_text.model import ShortTextItem
from examengine.itemtypes.yes_no_series.model import YesNoSeries


def statements_of(*answers: str) -> list[dict[str, str]]:
    """Return statements s1, s2 and so on with these answers."""
    return [
        {"id": f"s{n}", "text": f"Claim number {n} holds.", "answer": answer, "rationale": f"Why claim {n}."}
        for n, answer in enumerate(answers, start=1)
    ]


def a_series(**over: Any) -> YesNoSeries:
    """Return a series: yes, no, yes, no."""
    return YesNoSeries.model_validate(
        _SHARED
        | {
            "id": "demo.alpha.claims",
            "type": "yes_no_series",
            "objective": "alpha.basics",
            "stem": "Does each claim hold?",
            "statements": statements_of("yes", "no", "yes", "no"),
            "rationale": "Two of the claims hold.",
        }
        | over
    )


def an_ordering(**over: Any) -> Ordering:
    """Return a build list: c, a, d; b belongs nowhere."""
    return Ordering.model_validate(
        _SHARED
        | {
            "id": "demo.alpha.steps",
            "type": "ordering",
            "objective": "alpha.basics",
            "stem": "Which THREE steps does the job take, and in which order?",
            "options": options_of("Fit the scaler", "Read the test labels", "Split the rows", "Score the test rows"),
            "order": ["c", "a", "d"],
            "rationale": "Split before anything is fitted.",
        }
        | over
    )


def a_matching(**over: Any) -> Matching:
    """Return a matching: recall a, precision c; b and d match nothing."""
    return Matching.model_validate(
        _SHARED
        | {
            "id": "demo.beta.pairs",
            "type": "matching",
            "objective": "beta.basics",
            "stem": "What does each metric divide by?",
            "prompts": [{"id": "recall", "text": "Recall"}, {"id": "precision", "text": "Precision"}],
            "options": options_of("Actual positives", "Actual negatives", "Predicted positives", "All the cases"),
            "key": {"recall": "a", "precision": "c"},
            "rationale": "Recall looks at what exists, precision at what was said.",
        }
        | over
    )


def gaps_of(*keys: str) -> list[dict[str, Any]]:
    """Return gaps g1, g2 and so on with three options each and these keys."""
    return [
        {
            "id": f"g{n}",
            "key": key,
            "options": options_of(f"one of {n}", f"two of {n}", f"three of {n}"),
        }
        for n, key in enumerate(keys, start=1)
    ]


def a_gap_choice(**over: Any) -> GapChoice:
    """Return a text with two gaps; their keys are a and c."""
    return GapChoice.model_validate(
        _SHARED
        | {
            "id": "demo.beta.gaps",
            "type": "gap_choice",
            "objective": "beta.basics",
            "stem": "Complete the sentence.",
            "text": "First comes [[g1]], and then [[g2]].",
            "gaps": gaps_of("a", "c"),
            "rationale": "That is the order.",
        }
        | over
    )


def a_code_gap(**over: Any) -> GapChoice:
    """Return Python code with two gaps; fit_transform for the training rows, transform for the test rows."""
    methods = options_of("fit", "transform", "fit_transform")
    return a_gap_choice(
        **(
            {
                "id": "demo.beta.code",
                "stem": "Complete the code so that nothing of the test rows is learnt.",
                "text": None,
                "code": "scaler = StandardScaler()\ntrain = scaler.[[g1]](x[[cols]])\ntest = scaler.[[g2]](held_out)\n",
                "gaps": [
                    {"id": "g1", "key": "c", "options": methods},
                    {"id": "g2", "key": "b", "options": methods},
                ],
            }
            | over
        )
    )


def a_short_text(**over: Any) -> ShortTextItem:
    """Return a short text: early stopping, or half the credit for patience."""
    return ShortTextItem.model_validate(
        _SHARED
        | {
            "id": "demo.alpha.name",
            "type": "short_text",
            "objective": "alpha.basics",
            "stem": "What is it called to end training when the validation loss stops falling?",
            "answers": [
                {"text": "early stopping"},
                {"text": "patience", "credit": "1/2", "rationale": "That is how long it waits."},
            ],
            "patterns": [{"pattern": "(stop|end)(ping|ing)? early"}],
            "slips": [{"text": "drop-out", "rationale": "That switches units off at random."}],
            "rationale": "Training ends before it over-fits.",
        }
        | over
    )
