"""A form carries the pictures that it needs, and no others."""

from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, MANIFEST
from builders import a_form, a_stimulus, a_testlet, an_item, services_in, store_session
from examengine.bank.figure import Figure
from examengine.bank.read import read_bank
from examengine.delivery.start_session import start_drill
from examengine.forms.drill import DrillChoice
from examengine.forms.figures import MOST_FIGURE_BYTES, figures_in_case, figures_in_item, with_figures
from examengine.forms.form import Form
from examengine.plain.present import item_lines
from examengine.session.state import SessionState
from figures import FOLDER, ROC_STEM, ROC_WORDS, corpus_figure

ROC = (FOLDER / "roc.png").read_bytes()
PICTURED = CHOICE.replace("at noon in summer?", "in ![a plot](figures/roc.png)?")


def a_bank_folder(folder: Path, items: str = PICTURED) -> Path:
    for name, text in {"bank.yaml": MANIFEST, "items/alpha/items.yaml": items}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "figures").mkdir()
    (folder / "figures/roc.png").write_bytes(ROC)
    (folder / "figures/other.png").write_bytes((FOLDER / "clear_ground.png").read_bytes())
    return folder


def test_a_session_is_whole_when_its_bank_is_gone(tmp_path: Path) -> None:
    folder = a_bank_folder(tmp_path / "demo")
    services = services_in(tmp_path / "home", bank_folders=[folder])
    session = start_drill(services, "demo", DrillChoice(count=1), seed=1)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    form = services.store.read_form(services.store.read_session(session).form_digest)
    assert [one.name for one in form.figures] == ["figures/roc.png"]
    assert form.figures_of("demo.alpha.sky")["figures/roc.png"].data() == ROC
    assert form.figures_of("another.alpha.sky") == {}
    services.close()


def test_a_form_without_figures_is_written_as_before() -> None:
    form = a_form()
    assert '"figures"' not in form.model_dump_json()
    assert Form.model_validate_json(form.model_dump_json()).figures == ()


def test_a_form_with_figures_is_read_as_it_was_written() -> None:
    form = a_form([an_item(stem=ROC_STEM)], figures=(corpus_figure("roc.png"),))
    again = Form.model_validate_json(form.model_dump_json())
    assert again == form
    assert again.digest() == form.digest()
    assert form.digest() != a_form([an_item(stem=ROC_STEM)]).digest()


def test_figures_of_every_text_of_an_item_are_found_each_once() -> None:
    options = [
        {"id": "a", "text": "![one](figures/1.png)", "rationale": "![two](figures/2.png)"},
        {"id": "b", "text": "plain", "rationale": "`![code](figures/code.png)`"},
        {"id": "c", "text": "![again](figures/0.png)", "rationale": "plain"},
    ]
    item = an_item(stem="See ![zero](figures/0.png)", options=options, rationale="![three](figures/3.png)")
    assert sorted(figures_in_item(item)) == [
        ("figures/0.png", "zero"),
        ("figures/1.png", "one"),
        ("figures/2.png", "two"),
        ("figures/3.png", "three"),
    ]
    assert figures_in_item(item)[0] == ("figures/0.png", "zero")


def test_figures_of_a_case_come_in_the_order_of_its_tabs() -> None:
    exhibit = {"id": "e", "title": "E", "kind": "figure", "figure": "figures/e.png", "alt": "an exhibit"}
    case = a_stimulus(sections=[{"id": "s", "title": "S", "text": "![a plot](figures/roc.png)"}], exhibits=[exhibit])
    assert figures_in_case(case) == [("figures/roc.png", "a plot"), ("figures/e.png", "an exhibit")]


def test_figures_of_cases_are_carried_too(tmp_path: Path) -> None:
    reading = read_bank(a_bank_folder(tmp_path / "demo"))
    assert reading.bank is not None
    case = a_stimulus(sections=[{"id": "s", "title": "S", "text": f"![{ROC_WORDS}](figures/roc.png)"}])
    form = with_figures(a_form(a_testlet(), stimuli=[case]), {"demo": reading.bank})
    assert [one.name for one in form.figures] == ["figures/roc.png"]


def test_the_figures_of_a_form_are_bounded(tmp_path: Path) -> None:
    reading = read_bank(a_bank_folder(tmp_path / "demo"))
    assert reading.bank is not None
    large = ROC + b"\0" * (1024 * 1024 - len(ROC))
    figures = {f"figures/{number}.png": large for number in range(20)}
    bank = reading.bank.model_copy(update={"figures": figures})
    items = [an_item(id=f"demo.alpha.n{number}", stem=f"![x](figures/{number}.png)") for number in range(20)]
    form = with_figures(a_form(items), {"demo": bank})
    assert len(form.figures) == MOST_FIGURE_BYTES // len(large)


@pytest.mark.parametrize("name", ["figures/drawing.svg", "figures/none.png"])
def test_what_cannot_be_shown_is_not_carried(tmp_path: Path, name: str) -> None:
    folder = a_bank_folder(tmp_path / "demo")
    (folder / "figures/drawing.svg").write_bytes((FOLDER / "drawing.svg").read_bytes())
    reading = read_bank(folder)
    assert reading.bank is not None
    form = a_form([an_item(stem=f"![x]({name})")])
    assert with_figures(form, {"demo": reading.bank}) == form


def test_a_figure_is_its_bytes() -> None:
    figure = corpus_figure("roc.png")
    assert figure.data() == ROC
    assert Figure.model_validate_json(figure.model_dump_json()) == figure
    assert figure.address.startswith("data:image/png;base64,iVBOR")


def test_a_session_with_figures_is_stored_once_and_read_back(tmp_path: Path) -> None:
    services = services_in(tmp_path)
    form = a_form([an_item(stem=ROC_STEM)], figures=(corpus_figure("roc.png"),))
    session = store_session(services, form)
    assert services.store.read_form(services.store.read_session(session).form_digest) == form
    services.close()


def test_line_mode_reads_a_figure_in_words() -> None:
    form = a_form([an_item(stem=f"{ROC_STEM} `![code](x.png)` ![](figures/bare.png)")])
    text = "\n".join(item_lines(form, form.entry(1), SessionState()))
    assert f"[figure: {ROC_WORDS}]" in text
    assert "figures/roc.png" not in text
    assert "`![code](x.png)`" in text
    assert "[figure: figures/bare.png]" in text
