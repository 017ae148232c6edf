"""Texts of items as line mode tells them."""

from examengine.bank.markdown_figures import with_figures_in_words
from examengine.itemtypes.formula_markdown import with_formulas_as_text
from examengine.itemtypes.table_markdown import with_tables_in_words


def spoken(markdown: str) -> str:
    """Return a Markdown text whose figures, tables and formulas are words."""
    # Formulas last: a bar in one would part a table's cell.
    return with_formulas_as_text(with_tables_in_words(with_figures_in_words(markdown)))
