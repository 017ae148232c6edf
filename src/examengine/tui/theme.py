"""Colours of the program, and the signs that say the same without colour.

Styles use the variables `$mark-right`, `$mark-partial`, `$mark-wrong`, `$mark-blank`, `$mark-ungraded`, `$bar`,
`$bar-back` and `$cut`; the classes `.mark-right` and so on colour whole widgets.
"""

from textual.theme import Theme

from examengine.session.events import Certainty

DARK = "exam-dark"
LIGHT = "exam-light"
CONTRAST = "exam-contrast"
PLAIN = "exam-plain"
"""Without colour: greys alone, for NO_COLOR and for eyes that colours tire."""

THEMES = (
    Theme(
        name=DARK,
        primary="#6aa5ff",
        secondary="#8fb4d9",
        accent="#f2b84b",
        warning="#f2b84b",
        error="#ff7b72",
        success="#57c785",
        foreground="#e3e7ed",
        background="#10141a",
        surface="#161c24",
        panel="#1f2732",
        dark=True,
        variables={
            "mark-right": "#57c785",
            "mark-partial": "#f2b84b",
            "mark-wrong": "#ff7b72",
            "mark-blank": "#93a0b0",
            "mark-ungraded": "#8fb4d9",
            "bar": "#6aa5ff",
            "bar-back": "#2a3442",
            "cut": "#f2b84b",
            "quiet": "#93a0b0",
            "code": "#9ed0ff",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#0b57c2",
        secondary="#3b5f86",
        accent="#8a5300",
        warning="#8a5300",
        error="#b3261e",
        success="#136c35",
        foreground="#1b2027",
        background="#fbfbf9",
        surface="#f3f3ef",
        panel="#e6e7e3",
        dark=False,
        variables={
            "mark-right": "#136c35",
            "mark-partial": "#8a5300",
            "mark-wrong": "#b3261e",
            "mark-blank": "#59636f",
            "mark-ungraded": "#3b5f86",
            "bar": "#0b57c2",
            "bar-back": "#d5d8da",
            "cut": "#8a5300",
            "quiet": "#59636f",
            "code": "#0b4a8f",
        },
    ),
    Theme(
        name=CONTRAST,
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff9c9c",
        success="#7dff7d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        dark=True,
        text_alpha=1.0,
        variables={
            "mark-right": "#7dff7d",
            "mark-partial": "#ffff00",
            "mark-wrong": "#ff9c9c",
            "mark-blank": "#ffffff",
            "mark-ungraded": "#00ffff",
            "bar": "#ffffff",
            "bar-back": "#4d4d4d",
            "cut": "#ffff00",
            "quiet": "#e0e0e0",
            "code": "#00ffff",
        },
    ),
    Theme(
        name=PLAIN,
        primary="#f0f0f0",
        secondary="#c8c8c8",
        accent="#ffffff",
        warning="#f0f0f0",
        error="#ffffff",
        success="#e0e0e0",
        foreground="#e6e6e6",
        background="#101010",
        surface="#181818",
        panel="#262626",
        dark=True,
        variables={
            "mark-right": "#e0e0e0",
            "mark-partial": "#e0e0e0",
            "mark-wrong": "#ffffff",
            "mark-blank": "#b0b0b0",
            "mark-ungraded": "#c8c8c8",
            "bar": "#d0d0d0",
            "bar-back": "#3a3a3a",
            "cut": "#ffffff",
            "quiet": "#b0b0b0",
            "code": "#ffffff",
        },
    ),
)

FALLBACKS = {True: dict(THEMES[0].variables), False: dict(THEMES[1].variables)}
"""Values of our variables in a theme that lacks them, by whether it is dark."""

STANDING_SIGNS = {
    "unseen": ("·", "unseen"),
    "seen": ("○", "seen, no response"),
    "incomplete": ("◐", "incomplete"),
    "answered": ("●", "answered"),
}
"""Where an item stands, to sign and words."""

FLAG_SIGN = "⚑"

CERTAINTY_SIGNS: dict[Certainty, tuple[str, str]] = {
    "guess": ("?", "a guess"),
    "unsure": ("~", "unsure"),
    "sure": ("!", "sure"),
}
"""Certainty to sign and words."""
