"""Draws the figures of this folder with Pillow alone: `python tests/corpora/figures/make_figures.py`."""

from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 480
LEFT, TOP, RIGHT, BOTTOM = 80, 50, 600, 420
BLUE, ORANGE, GREY, BLACK, WHITE = (31, 119, 180), (255, 127, 14), (150, 150, 150), (0, 0, 0), (255, 255, 255)
CURVES = {
    BLUE: [(0.0, 0.0), (0.02, 0.35), (0.08, 0.62), (0.2, 0.8), (0.4, 0.92), (0.7, 0.98), (1.0, 1.0)],
    ORANGE: [(0.0, 0.0), (0.1, 0.25), (0.3, 0.52), (0.5, 0.7), (0.75, 0.88), (1.0, 1.0)],
}


def at(x: float, y: float) -> tuple[float, float]:
    return LEFT + x * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP)


def draw_roc() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((LEFT, TOP, RIGHT, BOTTOM), outline=BLACK, width=2)
    for step in range(6):
        share = step / 5
        x, y = at(share, share)
        pen.line((x, BOTTOM, x, BOTTOM + 6), fill=BLACK, width=2)
        pen.line((LEFT - 6, y, LEFT, y), fill=BLACK, width=2)
        pen.text((x - 12, BOTTOM + 10), f"{share:.1f}", fill=BLACK, font_size=16)
        pen.text((LEFT - 40, y - 9), f"{share:.1f}", fill=BLACK, font_size=16)
    for step in range(0, 40, 2):
        pen.line((*at(step / 40, step / 40), *at((step + 1) / 40, (step + 1) / 40)), fill=GREY, width=2)
    for colour, points in CURVES.items():
        pen.line([at(x, y) for x, y in points], fill=colour, width=4, joint="curve")
    pen.text((230, 15), "ROC of two models", fill=BLACK, font_size=22)
    pen.text((260, 448), "False positive rate", fill=BLACK, font_size=18)
    pen.text((400, 340), "model A", fill=BLUE, font_size=20)
    pen.text((400, 370), "model B", fill=ORANGE, font_size=20)
    return image


def main() -> None:
    folder = Path(__file__).parent
    draw_roc().quantize(64).save(folder / "roc.png", optimize=True)
    clear = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    ImageDraw.Draw(clear).ellipse((20, 10, 100, 70), fill=(200, 0, 0, 255))
    clear.save(folder / "clear_ground.png", optimize=True)
    draw_roc().resize((160, 120)).save(folder / "roc.jpg", quality=80)
    # Hostile ones: a header that promises far more than there is, a cut file, a page that is no picture.
    Image.new("1", (30_000, 30_000)).save(folder / "bomb.png", optimize=True)
    (folder / "cut.png").write_bytes((folder / "roc.png").read_bytes()[:900])
    (folder / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n')


if __name__ == "__main__":
    main()
