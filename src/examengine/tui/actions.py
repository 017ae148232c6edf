"""The one table of what can be done: every key, footer hint and line of help comes from here."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can do on a screen."""

    name: str
    """The Textual action: the screen has a method `action_<name>`."""
    label: str
    """For the footer: one or two words."""
    help: str
    """For the help overlay: one sentence without the final stop."""
    letters: tuple[str, ...] = ()
    """Keys that work unless a text field takes them."""
    keys: tuple[str, ...] = ()
    """Keys that work everywhere on the screen, in text fields too."""
    hinted: bool = True
    """Whether the footer may show it."""


_COLOURS_HELP = "Change to the next colours: dark, light, high contrast, none"
_COLOURS = Action("change_theme", "Colours", _COLOURS_HELP, keys=("alt+x",), hinted=False)
_HELP = Action("help", "Help", "Show this help", letters=("question_mark",), keys=("f1",))
_HELP_BY_KEY = Action("help", "Help", "Show this help", keys=("f1",))
_BACK = Action("back", "Back", "Go back", letters=("q",), keys=("escape",))

_CASE = (
    Action("case", "Case", "Go to the case that the item stands on, or back to the question",
           letters=("i",), keys=("alt+i",)),
    Action("next_tab", "Next tab", "Turn to the next tab of the case", letters=("right_square_bracket",),
           keys=("alt+right",), hinted=False),
    Action("previous_tab", "Previous tab", "Turn to the tab of the case before", letters=("left_square_bracket",),
           keys=("alt+left",), hinted=False),
)  # fmt: skip

_FIGURE = Action("figure", "Figure", "Look at the figures on the whole screen, enlarged", letters=("plus",),
                 keys=("alt+v",))  # fmt: skip

_FIND_LINE = (
    Action("find_next", "Next found", "Go to the next place of the text", keys=("alt+n",)),
    Action("find_previous", "Previous found", "Go to the place of the text before", keys=("alt+p",)),
    Action("find_case", "Aa", "Tell capitals from small letters, or no more so", keys=("alt+a",)),
)

EXAM = (
    Action("check", "Check", "Check the response and show its feedback (drills)", letters=("k",), keys=("f6",)),
    Action("retry", "Again", "Answer the item anew after its feedback (drills); the first attempt counts",
           letters=("a",), keys=("alt+g",)),
    *_CASE,
    _FIGURE,
    Action("next_item", "Next", "Go to the next item; after the last one, to the review screen",
           letters=("n",), keys=("ctrl+n", "f8")),
    Action("previous_item", "Previous", "Go to the previous item", letters=("p",), keys=("ctrl+p", "f7")),
    Action("stop_run", "Stop", "End the run of the sample tests or of the scratch cell at once",
           letters=("h",), keys=("alt+h",)),
    *_FIND_LINE,
    Action("run_samples", "Run tests", "Run the sample tests over the code as it stands",
           letters=("s",), keys=("ctrl+r", "f5")),
    Action("run_scratch", "Run cell", "Run the scratch cell beside your code", letters=("b",), keys=("alt+r",)),
    Action("scratch_cell", "Cell", "Open the scratch cell, which tries your code, or close it",
           letters=("j",), keys=("alt+s",)),
    Action("show_test", "Failed test", "Show the source of the next sample test that failed",
           letters=("f",), keys=("alt+t",)),
    Action("flag", "Flag", "Flag the item to come back to, or take the flag off",
           letters=("m",), keys=("ctrl+t", "f4")),
    Action("navigator", "Items", "Show all items and where they stand", letters=("o",), keys=("ctrl+o", "f2")),
    Action("review", "Review", "Show what is left to do, and submit", letters=("r",), keys=("f9",)),
    Action("zoom", "Zoom", "Give the whole screen to the pane you are in, or take it back",
           letters=("z",), keys=("f3",)),
    Action("other_file", "Files", "Show the next file: your code or the sample tests", letters=("v",), keys=("f10",)),
    Action("strike", "Strike", "Strike out the marked option, or take it back (mouse: right button)",
           letters=("minus",)),
    Action("note", "Note", "Write a note on the item, for yourself alone", letters=("w",), keys=("alt+w",)),
    Action("certainty", "Certainty", "Say how certain you are: a guess, unsure, sure, or nothing",
           letters=("u",), keys=("alt+u",)),
    Action("calculator", "Calculator", "Open the calculator, where the section allows one",
           letters=("equals_sign",), keys=("alt+c",)),
    Action("scratchpad", "Scratchpad", "Open the scratchpad of the session", letters=("y",), keys=("alt+y",)),
    Action("find", "Find", "Find a text within the item", letters=("slash",), keys=("alt+f",)),
    Action("take_break", "Break", "Take a break, by the rule of the exam", letters=("l",), keys=("alt+b",)),
    Action("toggle_clock", "Clock", "Hide or show the clock; it returns for the last five minutes",
           letters=("t",), keys=("ctrl+l",)),
    Action("leave", "Leave", "Leave; the session can be resumed later", letters=("q",), keys=("ctrl+q",)),
    Action("find_code", "Find in code", "Find a text in the code", keys=("ctrl+f",), hinted=False),
    Action("go_to_line", "Go to line", "Go to a line of the code by its number", keys=("alt+j",), hinted=False),
    Action("toggle_comment", "Comment", "Comment the marked lines of code out, or no more so",
           keys=("alt+k", "ctrl+underscore", "ctrl+slash"), hinted=False),
    Action("indent", "Indent", "Indent the marked lines of code by one step", keys=("alt+m",), hinted=False),
    Action("dedent", "Move back", "Move the marked lines of code back by one step", keys=("alt+l",), hinted=False),
    Action("diff", "Diff", "Show what has changed since the starter", letters=("d",), keys=("alt+d",), hinted=False),
    Action("open_editor", "Editor", "Open the code in your own editor ($VISUAL, $EDITOR, nano or vi), and come back",
           letters=("e",), keys=("alt+e",), hinted=False),
    Action("work_in_folder", "Folder", "Work in VS Code or Jupyter: write a folder, and take in what is saved there",
           letters=("c",), keys=("alt+o",), hinted=False),
    Action("reset", "Reset", "Put the starter code back, after a question", letters=("x",), keys=("f12",),
           hinted=False),
    Action("go_to", "Go to", "Go to an item by its number (or just type the number)", letters=("g",), keys=("ctrl+g",),
           hinted=False),
    Action("scroll_up", "Scroll up", "Scroll the item up", letters=("pageup",), keys=("ctrl+up",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll the item down", letters=("pagedown",), keys=("ctrl+down",),
           hinted=False),
    Action("saved", "Save", "Nothing to do: every change is saved as you make it", keys=("ctrl+s",), hinted=False),
    _COLOURS,
    _HELP,
)  # fmt: skip

HOME = (
    Action("choose", "Open", "Open what is marked", keys=("enter",)),
    Action("drill", "Drill", "Choose what to practise", letters=("d",)),
    Action("history", "History", "Show every session so far", letters=("h",)),
    Action("change_theme", "Colours", _COLOURS_HELP, letters=("c",), keys=("alt+x",)),
    Action("quit", "Quit", "Leave the program", letters=("q",), keys=("ctrl+q",)),
    _HELP,
)

START = (
    Action("begin", "Begin", "Begin the exam; its clock starts", keys=("enter",)),
    Action("more_time", "More time", "Lengthen every clock by a quarter", letters=("plus", "equals_sign")),
    Action("less_time", "Less time", "Shorten every clock by a quarter", letters=("minus",)),
    Action("scroll_up", "Scroll up", "Scroll up", letters=("up", "pageup"), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll down", letters=("down", "pagedown"), hinted=False),
    _BACK,
    _COLOURS,
    _HELP,
)

NOTE = (
    Action("back", "Close", "Close; the text is kept", keys=("escape", "alt+w", "alt+y")),
    _COLOURS,
    _HELP_BY_KEY,
)

CALCULATOR = (
    Action("compute", "Compute", "Compute what was typed", keys=("enter",)),
    Action("clear", "Clear", "Empty the tape", keys=("ctrl+l",)),
    Action("back", "Close", "Close; the tape stays", keys=("escape", "alt+c")),
    _COLOURS,
    _HELP_BY_KEY,
)

FIND = (
    Action("scroll_up", "Scroll up", "Scroll the lines up", keys=("pageup",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll the lines down", keys=("pagedown",), hinted=False),
    Action("back", "Close", "Go back to the item", keys=("escape", "enter", "alt+f")),
    _COLOURS,
    _HELP_BY_KEY,
)

FIGURE = (
    Action("zoom_in", "Enlarge", "Enlarge (mouse: click the place, or turn the wheel)",
           letters=("plus", "equals_sign"), keys=("space",)),
    Action("zoom_out", "Reduce", "Show more of the figure", letters=("minus",), keys=("backspace",)),
    Action("back", "Back", "Go back to the item", letters=("q",), keys=("escape", "enter", "alt+v")),
    Action("next_figure", "Next", "Show the next figure", letters=("n",), keys=("tab", "f8")),
    Action("fit", "Whole", "Show the whole figure", letters=("0",), keys=("home",)),
    Action("pan_left", "Left", "Move to the left", letters=("left",)),
    Action("pan_right", "Right", "Move to the right", letters=("right",)),
    Action("pan_up", "Up", "Move up", letters=("up",)),
    Action("pan_down", "Down", "Move down", letters=("down",)),
    Action("previous_figure", "Previous", "Show the figure before", letters=("p",), keys=("shift+tab", "f7")),
    _COLOURS,
    _HELP,
)  # fmt: skip

DIFF = (
    Action("scroll_up", "Scroll up", "Scroll up", letters=("pageup",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll down", letters=("pagedown", "space"), hinted=False),
    Action("back", "Close", "Go back to the code", letters=("q", "d"), keys=("escape", "enter", "alt+d")),
    _COLOURS,
    _HELP,
)

FOLDER = (
    Action("write", "Write and watch", "Write the exercise to the folder, and take in what is saved there",
           keys=("enter",)),
    Action("stop_watching", "Stop watching", "Take in nothing more from the folder", keys=("alt+q",)),
    Action("back", "Close", "Go back to the code", keys=("escape", "alt+o")),
    _COLOURS,
    _HELP_BY_KEY,
)  # fmt: skip

BREAK = (
    Action("come_back", "Come back", "End the break and go on with the exam", keys=("enter", "escape")),
    Action("leave", "Leave", "Leave; the session can be resumed later", letters=("q",), keys=("ctrl+q",)),
    _COLOURS,
    _HELP,
)

SECTION = (
    Action("begin", "Begin the section", "Begin the section; its own clock starts", keys=("enter",)),
    Action("toggle_clock", "Clock", "Hide or show the clock", letters=("t",), keys=("ctrl+l",)),
    Action("leave", "Leave", "Leave; the session can be resumed later", letters=("q",), keys=("ctrl+q",)),
    _COLOURS,
    _HELP,
)

NAVIGATOR = (
    Action("choose", "Go there", "Go to the marked item", keys=("enter",)),
    Action("next_gap", "Next gap", "Mark the next item that is not answered", letters=("u",)),
    Action("next_flag", "Next flag", "Mark the next flagged item", letters=("m",)),
    Action(
        "filter",
        "Filter",
        "Show all items, or those not answered, flagged, unseen, or not certain, in turn",
        letters=("f",),
    ),
    Action("back", "Back", "Go back to the item", letters=("q", "o"), keys=("escape", "f2", "ctrl+o")),
    _COLOURS,
    _HELP,
)

REVIEW = (
    Action("choose", "Go there", "Go to the marked item", keys=("enter",)),
    Action("finish", "Submit", "Close this section or submit the exam, after a question", letters=("S",),
           keys=("ctrl+s", "f9")),
    Action("back", "Back", "Go back to the item", keys=("escape",)),
    _COLOURS,
    _HELP,
)  # fmt: skip

CONFIRM = (
    Action("yes", "Yes", "Do it", letters=("y",)),
    Action("no", "No", "Go back without doing it", letters=("n", "q"), keys=("escape",)),
)

DRILL_CHOICE = (
    Action("begin", "Start", "Start the drill", keys=("enter",)),
    _BACK,
    _COLOURS,
    _HELP,
)

LOOK = (
    *_CASE,
    _FIGURE,
    Action("next_item", "Next", "Look at the next item", letters=("n",), keys=("ctrl+n", "f8")),
    Action("previous_item", "Previous", "Look at the previous item", letters=("p",), keys=("ctrl+p", "f7")),
    Action("navigator", "Items", "Show all items and where they stand", letters=("o",), keys=("ctrl+o", "f2")),
    Action("take_over", "Take over", "Open the session here, if the other window has left it", letters=("u",),
           keys=("f5",)),
    Action("zoom", "Zoom", "Give the whole screen to the pane you are in, or take it back",
           letters=("z",), keys=("f3",)),
    Action("other_file", "Files", "Show the next file", letters=("v",), keys=("f10",)),
    Action("toggle_clock", "Clock", "Hide or show the clock", letters=("t",), keys=("ctrl+l",)),
    Action("scroll_up", "Scroll up", "Scroll the item up", letters=("pageup",), keys=("ctrl+up",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll the item down", letters=("pagedown",), keys=("ctrl+down",),
           hinted=False),
    Action("leave", "Leave", "Stop looking", letters=("q",), keys=("ctrl+q", "escape")),
    _COLOURS,
    _HELP,
)  # fmt: skip

PREVIEW = (
    Action("show_key", "Key", "Show the key, every rationale and what your response earns, or hide them",
           letters=("k",), keys=("f6",)),
    Action("draw_again", "Draw again", "Show the next seed: options in another order, other values of a template",
           letters=("r",), keys=("f5",)),
    *_CASE,
    _FIGURE,
    Action("zoom", "Zoom", "Give the whole screen to the pane you are in, or take it back",
           letters=("z",), keys=("f3",)),
    Action("other_file", "Files", "Show the next file", letters=("v",), keys=("f10",)),
    Action("scroll_up", "Scroll up", "Scroll the item up", letters=("pageup",), keys=("ctrl+up",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll the item down", letters=("pagedown",), keys=("ctrl+down",),
           hinted=False),
    Action("leave", "Leave", "End the preview", letters=("q",), keys=("ctrl+q",)),
    _COLOURS,
    _HELP,
)  # fmt: skip

HELP = (
    Action("back", "Close", "Close the help", letters=("q", "question_mark"), keys=("escape", "enter", "f1")),
    _COLOURS,
)

DISK = (
    Action("again", "Try again", "Write again", letters=("a",), keys=("enter",)),
    Action("leave", "Leave", "Leave the session as it is on disk", letters=("q",), keys=("ctrl+q",)),
)

GRADING = (
    Action("results", "Results", "Go on to the results", keys=("enter",)),
    Action("again", "Grade again", "Grade what could not be graded", letters=("a",), keys=("f5",)),
    Action("later", "Later", "Go home; what is not graded yet is graded when the results are opened",
           letters=("q",), keys=("escape",)),
    _COLOURS,
    _HELP,
)  # fmt: skip

RESULTS = (
    Action("choose", "Review item", "Review the marked item", keys=("enter",)),
    Action("switch", "Items", "Go to the items, or back to the overview", letters=("o",), keys=("f2", "tab")),
    Action("filter", "Filter", "Show all items, wrong or partly right, blank, flagged or pretest ones in turn",
           letters=("f",)),
    Action("review", "Review", "Review the first item that was not right", letters=("r",), keys=("f9",)),
    Action("drill", "Drill domain", "Drill the marked domain; at first the weakest one is marked", letters=("d",)),
    Action("way", "Way", "Show the way through: which item when, changed answers, what was lost to what",
           letters=("w",), keys=("f3",)),
    Action("save", "Save report", "Save the report as text, Markdown, JSON or HTML", letters=("s",), keys=("ctrl+s",)),
    Action("grade", "Grade", "Grade the code that could not be graded yet", letters=("a",), keys=("f5",)),
    Action("scroll_up", "Scroll up", "Scroll up", letters=("pageup",), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll down", letters=("pagedown",), hinted=False),
    _BACK,
    _COLOURS,
    _HELP,
)  # fmt: skip

ITEM_REVIEW = (
    Action("next_item", "Next", "Go to the next item of the list", letters=("n", "right"), keys=("f8",)),
    Action("previous_item", "Previous", "Go to the previous item of the list", letters=("p", "left"), keys=("f7",)),
    Action("other_pane", "Code", "Show the submitted code, or the item again", letters=("v", "tab"), keys=("f10",)),
    Action("drill", "Drill domain", "Drill the domain of the item", letters=("d",), keys=("f9",)),
    Action(
        "defect",
        "Defect",
        "Write a note on a defect of the item to a file; nothing is sent",
        letters=("e",),
        keys=("f4",),
    ),
    Action("case", "Case", "Show the case that the item stands on", letters=("i",), keys=("alt+i",)),
    _FIGURE,
    Action("scroll_up", "Scroll up", "Scroll up", letters=("up", "pageup"), hinted=False),
    Action("scroll_down", "Scroll down", "Scroll down", letters=("down", "pagedown", "space"), hinted=False),
    _BACK,
    _COLOURS,
    _HELP,
)

CASE = (
    Action("next_tab", "Next tab", "Turn to the next tab", letters=("right_square_bracket",), keys=("alt+right",)),
    Action("previous_tab", "Previous tab", "Turn to the tab before", letters=("left_square_bracket",),
           keys=("alt+left",)),
    _FIGURE,
    Action("back", "Close", "Close the case", letters=("q", "i"), keys=("escape", "alt+i")),
    _COLOURS,
    _HELP,
)  # fmt: skip

WAY = (
    Action("scroll_up", "Up", "Scroll up", letters=("up", "pageup")),
    Action("scroll_down", "Down", "Scroll down", letters=("down", "pagedown", "space")),
    Action("back", "Back", "Go back to the results", letters=("q", "w"), keys=("escape", "f3")),
    _COLOURS,
    _HELP,
)

DEFECT = (
    Action("save", "Write the note", "Write the note to a file", keys=("enter", "ctrl+s")),
    Action("next_field", "Next field", "Go to the other field", keys=("tab", "down", "up")),
    Action("back", "Back", "Go back without a note", keys=("escape",)),
)

HISTORY = (
    Action("choose", "Open", "Resume the marked session, or show its results", keys=("enter",)),
    _BACK,
    _COLOURS,
    _HELP,
)

SAVE_REPORT = (
    Action("save", "Save", "Save the report", keys=("enter", "ctrl+s")),
    Action("next_format", "Format", "Mark the next format", keys=("down",)),
    Action("previous_format", "Format", "Mark the format before", keys=("up",), hinted=False),
    Action("back", "Back", "Go back without saving", keys=("escape",)),
)

PLACES: dict[str, tuple[Action, ...]] = {
    "home": HOME,
    "start": START,
    "section": SECTION,
    "exam": EXAM,
    "look": LOOK,
    "preview": PREVIEW,
    "note": NOTE,
    "calculator": CALCULATOR,
    "find": FIND,
    "diff": DIFF,
    "folder": FOLDER,
    "figure": FIGURE,
    "break": BREAK,
    "navigator": NAVIGATOR,
    "review": REVIEW,
    "confirm": CONFIRM,
    "drill_choice": DRILL_CHOICE,
    "help": HELP,
    "disk": DISK,
    "grading": GRADING,
    "results": RESULTS,
    "item_review": ITEM_REVIEW,
    "case": CASE,
    "way": WAY,
    "defect": DEFECT,
    "history": HISTORY,
    "save_report": SAVE_REPORT,
}
"""Screen to what can be done there, most wanted first: a narrow footer shows the first ones."""

WIDGET_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "exam": (
        ("A B C …", "Pick an option, or take it back where several may be picked"),
        ("↑ ↓, Space", "Mark an option, pick it"),
        ("Enter", "Pick the marked option; in a drill then check, then the next item"),
        ("Y N", "Answer the marked statement (T F where it says True or False)"),
        ("← →", "Move an option within your order, change a match, go from gap to gap"),
        ("Space", "Open the options of a gap"),
        ("Backspace", "Take the marked answer back"),
        ("1 … 9, ← →", "In the case: turn to a tab"),
        ("Tab", "Go to the next pane (in the editor: indent; Esc leaves the editor)"),
        ("^Z ^Y", "Undo and redo in the editor"),
        ("^Home ^End", "Go to the first or the last line in the editor"),
        ("↑ ↓, Enter", "In the find line: the place before, the next one; Esc closes it"),
    ),
    "home": (("↑ ↓", "Mark a line"),),
    "navigator": (("← ↑ ↓ →", "Mark an item"), ("0 … 9", "Mark an item by its number")),
    "review": (("1 … 9 a … z", "Go to the item beside that key"), ("↑ ↓", "Mark an item")),
    "results": (
        ("↑ ↓", "Mark a domain or an item"),
        ("Enter", "In the overview: drill the marked domain"),
        ("1 … 5", "Show one group of items"),
    ),
    "case": (("1 … 9, ← →", "Turn to a tab"),),
    "history": (("↑ ↓", "Mark a session"),),
    "drill_choice": (("↑ ↓", "Mark a line"), ("← →", "Change the marked line")),
}
"""What the widgets of a screen understand by themselves, for the help overlay."""

_SHOWN_KEYS = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def bindings_of(place: str) -> Iterator[Binding]:
    """Yield the bindings of a screen, all of them to its action `do(name, key)`.

    They go before the widgets, so that keys typed ahead are taken in order; a letter that a text field takes is left
    to it.
    """
    for action in PLACES[place]:
        for key in (*action.letters, *action.keys):
            yield Binding(key, f"do('{action.name}', '{key}')", action.label, show=False, priority=True)


def is_letter(place: str, name: str, key: str) -> bool:
    """Return whether a key of an action yields to text fields."""
    return any(action.name == name and key in action.letters for action in PLACES[place])


def shown_key(key: str) -> str:
    """Return a key as people write it: `^N`, `F8`, `Esc`, `n`."""
    if key in _SHOWN_KEYS:
        return _SHOWN_KEYS[key]
    if key.startswith("ctrl+"):
        rest = key.removeprefix("ctrl+")
        return f"^{_SHOWN_KEYS.get(rest, rest.upper())}"
    if key.startswith("alt+"):
        return f"Alt-{key.removeprefix('alt+')}"
    return key.upper() if len(key) > 1 else key
