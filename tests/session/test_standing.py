"""What navigator and review screen tell of an item."""

from builders import a_form, an_item
from examengine.session.standing import first_line


def test_the_first_line_of_an_item_has_no_marks_of_markdown() -> None:
    item = an_item().model_copy(update={"stem": "A matrix `X` has **two** rows.\n\nWhat is $x^2$?"})
    assert first_line(a_form([item]).entries[0]) == "A matrix X has two rows. What is x²?"
