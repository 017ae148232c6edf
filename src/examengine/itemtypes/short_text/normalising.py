"""What of a typed text counts: letters by default, and neither case nor blanks nor the form of a character."""

import unicodedata
from typing import Literal

from examengine.core.model import Model

_INVISIBLE = frozenset(("Cf", "Cc"))


class Normalising(Model):
    """Which differences between two texts count; blanks at both ends and invisible characters never do."""

    case: Literal["fold", "keep"] = "fold"
    unicode: Literal["nfkc", "nfc"] = "nfkc"
    """nfkc: forms of one character are the same (`ﬁ` and `fi`, `²` and `2`); nfc: only its spellings are."""
    spaces: Literal["collapse", "remove"] = "collapse"
    punctuation: Literal["keep", "drop"] = "keep"
    accents: Literal["keep", "drop"] = "keep"

    def plain(self, text: str) -> str:
        """Return the text that is compared with the answers."""
        folded = self.spelling(text)
        if self.case == "fold":
            folded = self.spelling(folded.casefold())
        return folded

    def spelling(self, text: str) -> str:
        """Return the text that patterns read: normal, but in its own case."""
        form: Literal["NFKC", "NFC"] = "NFKC" if self.unicode == "nfkc" else "NFC"
        kept = " ".join(unicodedata.normalize(form, text).split())
        if self.accents == "drop":
            bare = unicodedata.normalize("NFD", kept)
            kept = unicodedata.normalize(form, "".join(one for one in bare if unicodedata.category(one) != "Mn"))
        kept = "".join(one for one in kept if unicodedata.category(one) not in _INVISIBLE)
        if self.punctuation == "drop":
            kept = "".join(one for one in kept if not unicodedata.category(one).startswith("P"))
        return ("" if self.spaces == "remove" else " ").join(kept.split())

    def rules_line(self) -> str:
        """Return in one sentence what does not matter, for the candidate."""
        ignored = ["upper or lower case"] if self.case == "fold" else []
        ignored.append("blanks" if self.spaces == "remove" else "extra blanks")
        if self.punctuation == "drop":
            ignored.append("punctuation")
        if self.accents == "drop":
            ignored.append("accents")
        listed = f"{', '.join(ignored[:-1])} and {ignored[-1]}" if len(ignored) > 1 else ignored[0]
        return f"{listed[0].upper()}{listed[1:]} do not matter."
