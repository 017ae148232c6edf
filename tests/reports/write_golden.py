"""Writes the golden files anew; read the difference before you commit it.

python tests/reports/write_golden.py
"""

import sys
from pathlib import Path

from examengine.reports.formats import REPORT_FORMATS

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reports.canonical_reports import CANONICAL_REPORTS

GOLDEN = Path(__file__).with_name("golden")

if __name__ == "__main__":
    for name, make in CANONICAL_REPORTS.items():
        for one in REPORT_FORMATS.values():
            (GOLDEN / f"{name}{one.suffix}").write_text(one.render(make()), encoding="utf-8")
