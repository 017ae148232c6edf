"""The HTML report holds its figures itself, and loads nothing."""

from examengine.bank.figure import Figure
from examengine.reports.html_format import render_html
from examengine.reports.json_format import render_json
from examengine.reports.session_report import SessionReport
from figures import ROC_STEM, ROC_WORDS, corpus_figure
from reports.canonical_reports import exam_report


def a_report(*figures: Figure, stem: str = ROC_STEM) -> SessionReport:
    report = exam_report()
    first, *rest = report.items
    pictured = first.model_copy(update={"id": "demo.alpha.roc", "stem": stem})
    return report.model_copy(update={"items": (pictured, *rest), "figures": figures})


def test_a_figure_stands_in_the_page_with_its_words() -> None:
    figure = corpus_figure("roc.png")
    page = render_html(a_report(figure))
    assert f'<img class="figure" src="{figure.address}" alt="{ROC_WORDS}">' in page
    assert "img-src data:" in page
    assert 'src="http' not in page


def test_a_figure_that_the_form_lacks_is_told_in_words() -> None:
    assert f"<em>[figure: {ROC_WORDS}]</em>" in render_html(a_report())
    other_bank = corpus_figure("roc.png", bank="other")
    assert "<img" not in render_html(a_report(other_bank))


def test_words_of_a_figure_cannot_bring_markup() -> None:
    stem = '![a"><script>alert(1)</script>](figures/roc.png)'
    page = render_html(a_report(corpus_figure("roc.png"), stem=stem))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_picture_from_the_network_is_never_fetched() -> None:
    page = render_html(a_report(stem="![x](https://example.org/x.png) ![y](javascript:alert(1))"))
    assert "<img" not in page
    assert "https://example.org/x.png" not in page


def test_the_json_report_holds_no_pictures() -> None:
    assert "base64" not in render_json(a_report(corpus_figure("roc.png")))
    assert "iVBOR" not in render_json(a_report(corpus_figure("roc.png")))
