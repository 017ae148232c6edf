"""Pictures as pixels: decoded within bounds, cut and scaled to what a terminal can draw."""

import base64
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from examengine.bank.figure import MOST_PIXELS, Figure

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_LONGEST_EDGE = 2400
"""Pixels that are kept: no terminal shows more, even enlarged."""
_GROUND = (255, 255, 255)
"""What lies under transparent pixels; plots are drawn for paper."""
_MOST_INK = 3.5
_MOST_COLOURS = 65_536
"""A picture of more is a photograph."""
_CHUNK = 4096


class Box(NamedTuple):
    """A part of a picture, as shares of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


WHOLE = Box()
Pixel = tuple[int, int, int]


class Picture:
    """A decoded picture."""

    def __init__(self, image: "Image", ground: Pixel | None = None) -> None:
        self._image = image
        self.ground = ground
        """The colour of most of the picture, where there is one."""
        self.width, self.height = image.size

    @classmethod
    def read(cls, figure: Figure) -> "Picture | None":
        """Decode a figure; None where it is damaged or asks for too much memory."""
        # Paid for by those whose items have figures.
        from PIL import Image

        try:
            with (
                warnings.catch_warnings(action="error"),  # a warning on a terminal would spoil the screens
                Image.open(io.BytesIO(figure.data()), formats=_FORMATS) as opened,
            ):
                if not 0 < opened.width * opened.height <= MOST_PIXELS:
                    return None
                opened.load()
                image = _on_ground(opened)
        except Exception:  # noqa: BLE001 - the library raises many kinds over damaged files; words tell the figure too
            return None
        image.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE))
        return cls(image, _ground_of(image))

    def scaled(self, box: Box, width: int, height: int) -> "Picture":
        """Return a part of the picture in other pixels."""
        from PIL import Image

        edges = (box.left * self.width, box.top * self.height, box.right * self.width, box.bottom * self.height)
        return Picture(
            self._image.resize((max(1, width), max(1, height)), Image.Resampling.LANCZOS, box=edges), self.ground
        )

    def with_ink_kept(self, factor: float) -> "Picture":
        """Return the picture with what was thin before it was made smaller by a factor as dark as it was.

        A line of three pixels becomes a shade of the paper when twelve pixels make one; plots live of such lines.
        Pictures without a ground of one colour, such as photographs, stay as they are.
        """
        strength = min(_MOST_INK, factor**0.5)
        if strength <= 1 or self.ground is None:
            return self
        table = [max(0, min(255, round(own + (value - own) * strength))) for own in self.ground for value in range(256)]
        return Picture(self._image.point(table), self.ground)

    def cut(self, left: int, top: int, right: int, bottom: int) -> "Picture":
        """Return a part of the picture in its own pixels."""
        return Picture(self._image.crop((left, top, right, bottom)), self.ground)

    def rows(self) -> Iterator[list[Pixel]]:
        """Yield the pixels line by line."""
        data = self._image.tobytes()
        step = 3 * self.width
        for start in range(0, len(data), step):
            line = data[start : start + step]
            yield [(line[at], line[at + 1], line[at + 2]) for at in range(0, step, 3)]

    def sixels(self) -> str:
        """Return the picture as a sixel sequence."""
        # Not from the package's own widgets, which ask the terminal a question while they are imported.
        from textual_image._sixel import image_to_sixels

        return str(image_to_sixels(self._image))

    def kitty_messages(self, number: int, columns: int, rows: int) -> Iterator[str]:
        """Yield what sends the picture to a terminal of the kitty kind, to be placed by characters."""
        packed = io.BytesIO()
        self._image.save(packed, format="png", compress_level=2)
        content = base64.b64encode(packed.getvalue()).decode()
        chunks = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)]
        for place, chunk in enumerate(chunks):
            more = int(place < len(chunks) - 1)
            head = f"a=t,i={number},f=100,q=2,m={more}" if place == 0 else f"m={more},q=2"
            yield f"\x1b_G{head};{chunk}\x1b\\"
        yield f"\x1b_Ga=p,U=1,i={number},c={columns},r={rows},q=2\x1b\\"


def kitty_removal(number: int) -> str:
    """Return what makes a terminal of the kitty kind forget a picture."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def _ground_of(image: "Image") -> Pixel | None:
    counts = image.getcolors(_MOST_COLOURS) or []
    count, colour = max(counts, default=(0, None), key=lambda one: one[0])
    if not isinstance(colour, tuple) or 2 * count < image.width * image.height:
        return None
    return (colour[0], colour[1], colour[2])


def fit(width: int, height: int, columns: int, rows: int, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the columns and rows of the largest drawing of a picture that keeps its shape within a room."""
    if columns < 1 or rows < 1:
        return 0, 0
    across, down = columns * cell[0] / width, rows * cell[1] / height
    scale = min(across, down)
    return max(1, min(columns, round(width * scale / cell[0]))), max(1, min(rows, round(height * scale / cell[1])))


def _on_ground(image: "Image") -> "Image":
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        ground = Image.new("RGBA", over.size, (*_GROUND, 255))
        ground.alpha_composite(over)
        return ground.convert("RGB")
    return image.convert("RGB")
