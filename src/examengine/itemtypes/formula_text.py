r"""LaTeX formulas as one line of readable Unicode: `\frac{a+b}{\sqrt{n}}` reads `(a+b)/√n`.

The formula is parsed by latex2mathml; this module writes the MathML tree as text. A formula that holds anything it
cannot write faithfully stays as its source.
"""

import functools
import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

_SUPERSCRIPTS = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True)) | dict(
    zip("abcdefghjklmoprstuvwxyzT∗*⊤′", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ**ᵀ′", strict=True)
)
_SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)) | dict(
    zip("aehijklmnoprstuvxβγρφχ", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "¯": "\u0304",
    "‾": "\u0304",
    "―": "\u0304",
    "\u0305": "\u0304",
    "~": "\u0303",
    "˜": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
    "\u20d7": "\u20d7",
}
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_SPACED = frozenset("=<>*≤≥≠≈≡∼∝→←↔⇒⇐⇔∈∉⊂⊆⊃⊇∪∩∧∨+−±×⋅÷∣|:↦≪≫≜≔∥⟹⟺")
_UNSPACED_FENCES = frozenset("|∥")
_ARROWS = {"⟶": "→", "⟵": "←", "⟹": "⇒", "⟺": "⇔", "⟼": "↦", "∗": "*", "-": "−", "ˋ": "`"}
_LONGEST = 2000
_ONE_THING = re.compile(r"[√∛∜∂∇Δ]?[\w.′'*\u0300-\u036f]+(\([^()]*\))?")
"""A number, a name, a root or a call: needs no brackets in a fraction."""
_OPEN_SCRIPT = re.compile(r"[_^]\w$")
_BIG = frozenset("∑∏∫∮⋃⋂")


class _NotWrittenError(ValueError):
    """The tree holds something that one line cannot say."""


@functools.lru_cache(maxsize=2048)
def formula_text(source: str) -> str:
    """Return a formula in one line of Unicode; its source where that cannot be done faithfully."""
    from latex2mathml.converter import convert_to_element  # parsing is paid for by those who have formulas

    if len(source) > _LONGEST:
        return source
    try:
        written = _row(convert_to_element(source))
    except Exception:  # noqa: BLE001 - the converter raises many kinds; the source is readable too
        return source
    text = " ".join(unicodedata.normalize("NFC", written).split())
    return text if text and "\\" not in text.replace(" \\ ", "") else source


def _write(element: Element) -> str:
    writer = _WRITERS.get(element.tag)
    if writer is None:
        raise _NotWrittenError(element.tag)
    return writer(element)


def _own(element: Element) -> str:
    return html.unescape(element.text or "")


def _row(element: Element) -> str:
    """Write the children one after another, with room around relations and operators."""
    pieces: list[str] = []
    before: Element | None = None
    children = list(element)
    for place, child in enumerate(children):
        text = _write(child)
        core = text.strip()
        if child.tag == "mo" and core in _SPACED and child.get("stretchy") != "true" and child.get("fence") != "true":
            # A sign in front of a number is part of it: −1, and no operator.
            is_sign = core in "+−±" and (
                before is None or (before.tag == "mo" and _write(before).strip() not in ")]}!")
            )
            is_exponent_sign = place == len(children) - 1 and core in "+−"
            is_bar = core in _UNSPACED_FENCES and _is_fence(children, place)
            text = core if is_sign or is_exponent_sign or is_bar else f" {core} "
        elif child.tag == "mo" and core in (",", ";") and place < len(children) - 1:
            text = core if _is_digit_group(children, place) else f"{core} "
        elif child.tag == "mfrac" and len(children) > 1 and "/" in text and _multiplies(children, place):
            text = f" ({text}) "
        elif _needs_room(before, child):
            text = f" {text}"
        if pieces and _OPEN_SCRIPT.search(pieces[-1]) and text[:1].isalnum():
            text = f" {text}"
        pieces.append(text)
        before = child
    return "".join(pieces)


def _multiplies(children: Sequence[Element], place: int) -> bool:
    """Return whether what stands at a place has a factor beside it: one line must say where a fraction ends."""
    beside = [*children[max(0, place - 1) : place], *children[place + 1 : place + 2]]
    return any(one.tag not in ("mo", "mspace", "mtext") or _own(one) in _BIG for one in beside)


def _is_digit_group(children: Sequence[Element], place: int) -> bool:
    """Return whether a comma stands between two numbers without room: 1{,}000."""
    beside = (children[place - 1], children[place + 1]) if place else ()
    return bool(beside) and all(one.tag == "mn" for one in beside) and len(_own(children[place + 1])) == 3


def _is_fence(children: Sequence[Element], place: int) -> bool:
    """Return whether a bar at a place opens or closes a pair of bars in its row, as in |x|."""
    sign = _own(children[place])
    bars = [i for i, one in enumerate(children) if one.tag == "mo" and _own(one) == sign]
    return len(bars) % 2 == 0


def _needs_room(before: Element | None, child: Element) -> bool:
    """Return whether a named function stands beside a letter or another name: `log x`, `2 sin x`."""
    if before is None:
        return False
    if _is_name(before):
        return child.tag != "mo" and not _begins_with_bracket(child)
    return _is_name(child) and before.tag in ("mi", "mn", "msub", "msup", "msubsup", "mrow", "mfrac")


def _is_name(element: Element) -> bool:
    base = element[0] if element.tag in ("msub", "msup", "msubsup", "munder") and len(element) else element
    name = _own(base).replace("\u2009", "")
    return base.tag in ("mi", "mo") and len(name) > 1 and name.isalpha()


def _begins_with_bracket(element: Element) -> bool:
    while len(element):
        element = element[0]
    return _own(element) in ("(", "[", "{")


def _sign(element: Element) -> str:
    text = _own(element)
    if text.startswith("\\"):
        raise _NotWrittenError(text)
    return _ARROWS.get(text, text).replace("\u2061", "").replace("\u2062", "")


def _identifier(element: Element) -> str:
    # The converter leaves this one function name as its command.
    return "arg" if _own(element) == "\\arg" else _sign(element).replace("\u2009", " ")


def _group(text: str) -> str:
    """Put brackets around a text unless it is one thing already."""
    bare = text.strip()
    depth = 0
    for place, character in enumerate(bare):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and bare[0] in "([{" and place < len(bare) - 1:
            break
    else:
        if bare[:1] in ("(", "[", "{"):
            return bare
    return bare if _ONE_THING.fullmatch(unicodedata.normalize("NFD", bare)) else f"({bare})"


def _fraction(element: Element) -> str:
    above, below = (_write(child).strip() for child in element)
    if element.get("linethickness") in ("0", "0px"):  # a binomial coefficient
        return f"{above} choose {below}"
    return f"{_group(above)}/{_group(below)}"


def _square_root(element: Element) -> str:
    return f"√{_group(_row(element))}"


def _root(element: Element) -> str:
    inside, degree = (_write(child).strip() for child in element)
    if degree in _ROOTS:
        return f"{_ROOTS[degree]}{_group(inside)}"
    return f"{_group(inside)}^(1/{degree})"


def _raised(text: str, table: dict[str, str], mark: str) -> str:
    bare = text.strip().replace(" ", "") if all(c in table or c == " " for c in text.strip()) else text.strip()
    if bare and all(character in table for character in bare):
        return "".join(table[character] for character in bare)
    return (
        f"{mark}{bare}"
        if len(bare) == 1
        else f"{mark}({bare.removeprefix('(').removesuffix(')') if _is_wrapped(bare) else bare})"
    )


def _is_wrapped(text: str) -> bool:
    return text.startswith("(") and _group(text) == text


def _base(element: Element) -> str:
    text = _write(element)
    return _group(text) if element.tag in ("mfrac", "mrow", "mstyle") and len(text.strip()) > 1 else text


def _subscript(element: Element) -> str:
    room = " " if _own(element[0]) in _BIG or (_is_name(element[0]) and element[0].tag == "mo") else ""
    return _base(element[0]) + _raised(_write(element[1]), _SUBSCRIPTS, "_") + room


def _superscript(element: Element) -> str:
    raised = _write(element[1]).strip()
    if raised == "∘":
        return f"{_base(element[0])}°"
    return _base(element[0]) + _raised(raised, _SUPERSCRIPTS, "^")


def _both_scripts(element: Element) -> str:
    below = _raised(_write(element[1]), _SUBSCRIPTS, "_")
    room = " " if _own(element[0]) in _BIG else ""
    return _base(element[0]) + below + _raised(_write(element[2]), _SUPERSCRIPTS, "^") + room


def _over(element: Element) -> str:
    base, above = _write(element[0]), _write(element[1]).strip()
    accent = _ACCENTS.get(above)
    if accent is None:
        if above in ("⏞", "︷"):
            return base
        return base + _raised(above, _SUPERSCRIPTS, "^")
    bare = base.strip()
    if len(bare) == 1:
        return bare + accent
    if bare.isalnum():
        return (
            "".join(character + accent for character in bare) if accent == "\u0304" else f"{bare[0]}{accent}{bare[1:]}"
        )
    if accent == "\u0304":
        return f"mean({bare})"
    raise _NotWrittenError(base)


def _under(element: Element) -> str:
    base, below = _write(element[0]), _write(element[1]).strip()
    if below in ("⏟", "︸", "_"):
        return base
    return f"{base}{_raised(below, _SUBSCRIPTS, '_')}" + (" " if element[0].tag in ("mo", "mi") else "")


def _under_and_over(element: Element) -> str:
    below, above = _write(element[1]).strip(), _write(element[2]).strip()
    return f"{_write(element[0])}{_raised(below, _SUBSCRIPTS, '_')}{_raised(above, _SUPERSCRIPTS, '^')} "


def _table(element: Element) -> str:
    rows = ["  ".join(_row(cell).strip() for cell in row) for row in element]
    return "; ".join(rows)


def _text(element: Element) -> str:
    return _own(element).replace("\u00a0", " ")


def _space(_element: Element) -> str:
    return " "


def _struck(_element: Element) -> str:
    raise _NotWrittenError("menclose")


_WRITERS: dict[str, Callable[[Element], str]] = {
    "math": _row,
    "mrow": _row,
    "mstyle": _row,
    "mpadded": _row,
    "mi": _identifier,
    "mn": _own,
    "mo": _sign,
    "mtext": _text,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _subscript,
    "msup": _superscript,
    "msubsup": _both_scripts,
    "mover": _over,
    "munder": _under,
    "munderover": _under_and_over,
    "mtable": _table,
    "menclose": _struck,
}
