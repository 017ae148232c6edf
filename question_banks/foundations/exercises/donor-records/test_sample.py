import pandas as pd
import pytest
from solution import giving_by_city, merge_donors


def some_records():
    return pd.DataFrame(
        {
            "record": [12, 30, 21],
            "email": ["ada@example.org", " Ada@Example.org", "-"],
            "name": ["Ada Lund", "Ada Lund-Berg", "Bo"],
            "phone": ["+45 12 34-56 78", "see notes", None],
            "city": ["Aarhus", "Odense", ""],
            "consent": ["yes", None, "No"],
            "updated_on": ["02.01.2024", "01.03.2024", "05.02.2024"],
        }
    )


def test_records_are_merged():
    donors = merge_donors(some_records())
    columns = ["donor", "email", "name", "phone", "city", "consent", "records"]
    assert list(donors.columns) == columns
    assert donors["donor"].tolist() == [12, 21]
    assert donors["name"].tolist() == ["Ada Lund-Berg", "Bo"]
    assert donors["phone"].tolist()[0] == "4512345678"
    assert donors["city"].tolist()[0] == "Odense"
    assert donors["consent"].tolist() == ["yes", "no"]
    assert donors["records"].tolist() == [2, 1]


def test_gifts_are_summed_up_by_city():
    gifts = pd.DataFrame({"record": [30, 12, 21], "amount": [20.0, 15.0, 50.0]})
    report = giving_by_city(some_records(), gifts)
    assert report["city"].tolist() == ["unknown", "Odense"]
    assert report["donors"].tolist() == [1, 1]
    assert report["reachable"].tolist() == [0, 1]
    assert report["total"].tolist() == pytest.approx([50.0, 35.0])
    assert report["largest"].tolist() == pytest.approx([50.0, 35.0])
