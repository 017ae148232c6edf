"""What a person would see on the screen, and waiting for what goes on behind it."""

from textual.pilot import Pilot

from examengine.tui.app import ExamApp


def seen(app: ExamApp) -> str:
    """Return the screen as text, lines as they stand."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def settled(pilot: Pilot[None]) -> str:
    """Wait until no work runs behind the screens and everything is drawn; return what is seen."""
    app = pilot.app
    assert isinstance(app, ExamApp)
    await pilot.pause()
    await app.background.idle.wait()
    await pilot.pause()
    await pilot.pause()
    return seen(app)


async def pressed(pilot: Pilot[None], *keys: str) -> str:
    """Press keys; return what is seen then."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return await settled(pilot)
