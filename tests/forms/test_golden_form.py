"""One form, written out: the same on every machine, and changed only on purpose.

A change here changes every form that was ever announced by its seed.
"""

from pathlib import Path

from bank.bank_folder import write_bank
from examengine.bank.read import read_bank
from examengine.forms.assemble import assemble
from forms.test_assemble import a_form


def test_the_form_of_the_made_bank_and_seed_7_is_this():
    rows = [(e.item.id, e.domain, e.pretest, "".join(e.order)) for e in a_form(7).entries]
    assert rows == GOLDEN


def test_the_form_of_a_bank_read_from_files_is_this(tmp_path: Path):
    bank = read_bank(write_bank(tmp_path)).bank
    form = assemble(bank.blueprints[0], {"demo": bank}, 11)
    assert [(e.item.id, e.pretest, "".join(e.order)) for e in form.entries] == FROM_FILES


GOLDEN = [
    ("demo.alpha.multiple-response-04", "alpha", False, "dcba"),
    ("demo.beta.multiple-choice-05", "beta", False, "dcba"),
    ("demo.beta.numeric-07", "beta", False, ""),
    ("demo.alpha.multiple-choice-06", "alpha", True, "dbac"),
    ("demo.alpha.multiple-choice-15", "alpha", False, "dbca"),
    ("demo.alpha.multiple-response-08", "alpha", False, "dcba"),
    ("demo.beta.multiple-response-12", "beta", False, "cbad"),
    ("demo.alpha.multiple-choice-16", "alpha", False, "dbca"),
    ("demo.beta.numeric-05", "beta", False, ""),
    ("demo.beta.multiple-choice-00", "beta", False, "acdb"),
    ("demo.alpha.multiple-choice-13", "alpha", True, "abcd"),
    ("demo.beta.multiple-choice-07", "beta", False, "cadb"),
    ("demo.ex.one-2", "alpha", False, ""),
    ("demo.ex.one-0", "alpha", False, ""),
    ("demo.ex.two", "beta", False, ""),
]
FROM_FILES = [
    ("demo.alpha.primes", False, "abc"),
    ("demo.alpha.sky", True, "bac"),
    ("demo.beta.half", False, ""),
    ("demo.ex.double", False, ""),
]
