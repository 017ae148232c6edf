"""What the response widgets of all item types share. Imports Textual: only widgets and the TUI may import this."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, ClassVar, Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content
from textual.widget import Widget

from examengine.core.evidence import Evidence
from examengine.core.model import Model
from examengine.itemtypes.formula_markdown import formula_plugin
from examengine.itemtypes.spec import FileEdit

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(formula_plugin)
CODE_STYLE = "$secondary"
QUIET = "$foreground 70%"
_NARROW_TABLE = 60
"""Cells: what fits beside an option on a screen of 80 columns."""
_OF_PROSE = frozenset(("paragraph_open", "inline", "paragraph_close"))


class Kept(Enum):
    """What became of a response."""

    SAVED = "saved"
    """It is on disk."""
    REFUSED = "refused"
    """The session does not take it; the reason is on the screen."""
    UNSAVED = "unsaved"
    """The disk did not take it; it may be sent again."""


class Host(Protocol):
    """Who a response widget reports to; a response is on disk when `respond` or `edit` says so."""

    def respond(self, response: Model) -> Kept:
        """Take the whole response."""
        ...

    def edit(self, edit: FileEdit) -> Kept:
        """Take one change of one file."""
        ...

    def strike(self, options: frozenset[str]) -> Kept:
        """Take which options are struck out; no response."""
        ...

    def confirm(self) -> None:
        """Hear that the candidate is done with the item for now."""
        ...


class ItemView(Widget):
    """The part of the screen where one item is answered."""

    NEEDS_ROOM: ClassVar[bool] = False
    """Whether it fills the height that there is, with the stem beside or above it in a pane of its own."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show an item and the response that is on disk; a final response cannot be changed."""
        raise NotImplementedError

    CAN_STRIKE: ClassVar[bool] = False
    """Whether options can be struck out."""

    def show_struck(self, options: frozenset[str]) -> None:
        """Show which options are struck out (types with options)."""
        del options

    def strike_marked(self) -> None:
        """Strike out the marked option, or take it back (types with options)."""

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Show which answer is the key and why; the lines are those of the type's `explain`, the verdict one line."""
        del lines, verdict

    def show_running(self, seconds: float) -> None:
        """Say that the sample tests have run for some seconds (types whose responses are files)."""
        del seconds

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the outcome of the sample tests (types whose responses are files)."""
        del evidence

    def next_file(self) -> None:
        """Show the next file (types whose responses are files)."""

    def send_again(self) -> None:
        """Send what the disk has not taken, where the widget still holds it."""

    def focus_target(self) -> Widget:
        """Return what takes the keys."""
        return self


def is_prose(markdown: str) -> bool:
    """Return whether a text has paragraphs and nothing else, so that `inline_content` shows all of it."""
    return all(token.type in _OF_PROSE for token in _MARKDOWN.parse(markdown))


def inline_content(markdown: str, *, between: str = "\n") -> Content:
    """Return short Markdown as styled text: code, emphasis, breaks, lists, tables; nothing is read as markup."""
    blocks: list[Content] = []
    marker = ""
    table: list[list[Content]] | None = None
    for token in _MARKDOWN.parse(markdown):
        if token.type == "table_open":
            table = []
        elif token.type == "table_close":
            blocks.append(_small_table(table or []))
            table = None
        elif table is not None:
            if token.type == "tr_open":
                table.append([])
            elif token.type == "inline":
                table[-1].append(_inline(token.children or []))
        elif token.type == "inline":
            blocks.append(Content.assemble(marker, _inline(token.children or [])))
            marker = ""
        elif token.type in ("fence", "code_block"):
            blocks.append(_code(token.content.rstrip("\n"), token.info.strip()))
        elif token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "• "
    return Content(between).join(blocks)


def _code(text: str, language: str) -> Content:
    if not language or language == "text":  # a formula over several lines is a fence of text
        return Content.styled(text, CODE_STYLE)
    from textual.highlight import highlight  # paid for by those whose options hold code

    return highlight(text, language=language).rstrip()


def _small_table(rows: Sequence[Sequence[Content]]) -> Content:
    """Return a table as lines: in columns where it is narrow, else each row cell by cell with the names before."""
    if not rows:
        return Content("")
    header, *body = rows
    widths = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) <= _NARROW_TABLE:
        lines = [
            Content("  ")
            .join([cell.pad_right(width - cell.cell_length) for cell, width in zip(row, widths, strict=True)])
            .rstrip()
            for row in rows
        ]
        return Content("\n").join([lines[0].stylize_before("bold"), *lines[1:]])
    told = [
        Content("; ").join([Content.assemble(name, ": ", cell) for name, cell in zip(header, row, strict=True)])
        for row in body
    ]
    return Content("\n").join(told)


def _inline(tokens: Sequence[Token]) -> Content:
    pieces: list[tuple[str, str]] = []
    styles: list[str] = []
    for token in tokens:
        match token.type:
            case "strong_open":
                styles.append("bold")
            case "em_open":
                styles.append("italic")
            case "link_open":
                styles.append("underline")
            case "strong_close" | "em_close" | "link_close":
                styles.pop()
            case "code_inline":
                pieces.append((token.content, " ".join([*styles, CODE_STYLE])))
            case "image":
                pieces.append((f"[figure: {token.content}]", "italic"))
            case "softbreak":
                pieces.append((" ", ""))
            case "hardbreak":
                pieces.append(("\n", ""))
            case _:
                pieces.append((token.content, " ".join(styles)))
    return Content.assemble(*pieces)
