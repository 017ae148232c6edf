"""Several options to pick."""

from collections.abc import Collection
from typing import Any

from examengine.core.model import Model
from examengine.itemtypes.multiple_choice.widget import OptionPicker
from examengine.itemtypes.multiple_response.model import MultipleResponseResponse


class MultipleResponseView(OptionPicker):
    """A given number of options, or all that apply."""

    PICKED = "[x]"
    FREE = "[ ]"
    STRUCK = "[/]"

    def picked_of(self, response: Any) -> Collection[str]:
        """Return the options picked so far."""
        return list(response.options)

    def toggled(self, option: str, picked: set[str]) -> Model | str:
        """Pick an option, or take it back; never more than the stem asks for."""
        limit = self._item.choose
        if option in picked:
            picked.remove(option)
        elif limit != "all" and len(picked) >= limit:
            return f"{limit} options are picked already; take one back first."
        else:
            picked.add(option)
        return MultipleResponseResponse(options=frozenset(picked))

    def heading(self, picked: int) -> str:
        """Say how many to choose and how many are picked."""
        limit = self._item.choose
        return f"Choose all that apply; {picked} picked." if limit == "all" else f"Choose {limit}; {picked} picked."
