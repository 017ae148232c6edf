import pandas as pd
from solution import as_numbers


def test_every_row_becomes_numbers():
    rows = pd.DataFrame({"hours": [1.0, 4.0], "heat": [2.0, 5.0], "shake": [3.0, 6.0], "site": ["north", "south"]})
    assert as_numbers(rows).tolist() == [[1.0, 2.0, 3.0, 1.0, 0.0, 0.0], [4.0, 5.0, 6.0, 0.0, 0.0, 1.0]]
