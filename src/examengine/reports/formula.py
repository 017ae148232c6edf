"""LaTeX formulas as MathML for the HTML report; a formula cannot bring markup, scripts or links."""

import html
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

_ELEMENTS = frozenset({"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "none"}) | {
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "menclose",
}
_ATTRIBUTES = frozenset({"xmlns", "display", "displaystyle", "scriptlevel", "mathvariant", "mathcolor", "notation"}) | {
    "stretchy",
    "fence",
    "form",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "largeop",
    "movablelimits",
    "symmetric",
    "accent",
    "accentunder",
    "linethickness",
    "columnalign",
    "rowspacing",
    "columnspacing",
    "columnlines",
    "rowlines",
    "width",
    "height",
    "depth",
    "voffset",
}


def formula_markup(source: str, *, is_block: bool) -> Markup:
    """Return a formula as MathML, or its source as code where it cannot be converted."""
    try:
        tree = convert_to_element(source, display="block" if is_block else "inline")
    except Exception:  # noqa: BLE001 - the converter raises many kinds; the source is readable too
        return Markup("<code>{}</code>").format(source)
    return _written(tree)


def _written(element: Element) -> Markup:
    """Write an element with everything escaped; what MathML does not need keeps its text alone."""
    inside = _text(element.text) + Markup("").join(_written(child) + _text(child.tail) for child in element)
    if element.tag not in _ELEMENTS:
        return inside
    attributes = Markup("").join(
        Markup(' {}="{}"').format(name, html.unescape(value))
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(element.tag), attributes, inside)  # noqa: S704 - a name of the list above


def _text(text: str | None) -> Markup:
    # The converter writes signs as character references, for a serialiser that does not escape.
    return escape(html.unescape(text or ""))
