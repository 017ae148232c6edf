import pandas as pd
from solution import as_numbers


def test_one_row():
    rows = pd.DataFrame({"hours": [1.0], "heat": [2.0], "shake": [3.0], "site": ["quay"]})
    assert as_numbers(rows).tolist() == [[1.0, 2.0, 3.0, 0.0, 1.0, 0.0]]
