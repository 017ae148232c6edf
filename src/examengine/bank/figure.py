"""A figure as a value: the picture's own bytes, so that a session shows it when the bank is gone."""

import base64
from typing import Literal

from examengine.core.model import Model

MOST_BYTES = 1024 * 1024
"""Of one figure; a larger one is told by `bank check` and shown as its text alternative."""
MOST_PIXELS = 8_000_000
"""Of one figure, decoded: what a hostile file may ask of the memory."""
Media = Literal["image/png", "image/jpeg", "image/gif", "image/webp"]


class Figure(Model):
    """One picture of a bank."""

    bank: str
    """Id of the bank that it comes from."""
    name: str
    """Its file, relative to the bank: what texts refer to."""
    media: Media
    content: str
    """Its bytes in base64."""

    def data(self) -> bytes:
        """Return the picture's bytes."""
        return base64.b64decode(self.content)

    @property
    def address(self) -> str:
        """The picture as a `data:` address, for pages that fetch nothing."""
        return f"data:{self.media};base64,{self.content}"


def figure_of(bank: str, name: str, data: bytes) -> Figure | None:
    """Return a file as a figure; None where it is no picture that can be shown, or too large."""
    media = media_of(data)
    if media is None or len(data) > MOST_BYTES:
        return None
    return Figure(bank=bank, name=name, media=media, content=base64.b64encode(data).decode())


def media_of(data: bytes) -> Media | None:
    """Return what kind of picture the bytes begin as, whatever the file is called."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None
