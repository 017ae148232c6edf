"""What an author of a matching item may have overlooked."""

from examengine.itemtypes.choice import lint_options
from examengine.itemtypes.matching.model import Matching
from examengine.itemtypes.spec import LintFinding


def lint(item: Matching) -> list[LintFinding]:
    """Return the flaws of one item."""
    found = lint_options(item.options, set(item.key.values()))
    seen: dict[str, str] = {}
    for index, prompt in enumerate(item.prompts):
        normal = " ".join(prompt.text.lower().split())
        if normal in seen:
            message = f"prompts {seen[normal]} and {prompt.id} say the same"
            found.append(LintFinding("prompt-repeated", message, f"prompts.{index}.text"))
        seen[normal] = prompt.id
    places = [item.option_ids().index(item.key[prompt.id]) for prompt in item.prompts]
    if not item.shuffle and places == sorted(places) and len(set(places)) == len(places):
        message = "prompts and their options stand in the same order, and options are not shuffled"
        found.append(LintFinding("key-in-order", message, "options"))
    if not item.reuse and len(item.options) == len(item.prompts):
        message = "the last pair is what is left over; add an option that matches nothing, or allow `reuse`"
        found.append(LintFinding("no-surplus-option", message, "options"))
    return found
