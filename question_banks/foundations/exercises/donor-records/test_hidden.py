import pandas as pd
import pytest
from solution import giving_by_city, merge_donors

DONOR_COLUMNS = ["donor", "email", "name", "phone", "city", "consent", "records"]
REPORT_COLUMNS = ["city", "donors", "reachable", "total", "largest"]


def a_record(record, email=None, updated_on="01.01.2024", **fields):
    """One record; fields that are not named are missing."""
    empty = {"name": None, "phone": None, "city": None, "consent": None}
    return {"record": record, "email": email, **empty, **fields, "updated_on": updated_on}


def a_list(*rows):
    """Records as a frame."""
    return pd.DataFrame(list(rows))


def some_gifts(*rows):
    """Gifts from (record, amount)."""
    frame = pd.DataFrame(list(rows), columns=["record", "amount"])
    return frame.astype({"record": "int64", "amount": "float64"})


def column(donors, name):
    """A column of merged donors, with None for what is missing."""
    assert list(donors.columns) == DONOR_COLUMNS
    assert donors.index.tolist() == list(range(len(donors)))
    return [None if pd.isna(value) else value for value in donors[name].tolist()]


def lines(report):
    """The rows of a report as plain tuples."""
    assert list(report.columns) == REPORT_COLUMNS
    assert report.index.tolist() == list(range(len(report)))
    return [
        (city, int(donors), int(reachable), pytest.approx(total), pytest.approx(largest))
        for city, donors, reachable, total, largest in zip(
            *(report[name].tolist() for name in REPORT_COLUMNS), strict=True
        )
    ]


def test_the_same_address_is_the_same_donor():
    donors = merge_donors(
        a_list(
            a_record(7, "Bo@Example.org "),
            a_record(5, "eve@example.org"),
            a_record(9, "BO@example.ORG"),
            a_record(3, "  bo@example.org"),
        )
    )
    assert column(donors, "donor") == [3, 5]
    assert column(donors, "email") == ["bo@example.org", "eve@example.org"]
    assert column(donors, "records") == [3, 1]
    assert str(donors["donor"].dtype) == "int64"
    assert str(donors["records"].dtype) == "int64"


def test_records_without_an_address_stay_apart():
    donors = merge_donors(
        a_list(
            a_record(6, None, name="Fay"),
            a_record(2, "", name="Gus"),
            a_record(4, " - ", name="Hal"),
            a_record(8, "-", name="Ida"),
            a_record(1, None, name="Jon"),
        )
    )
    assert column(donors, "donor") == [1, 2, 4, 6, 8]
    assert column(donors, "email") == [None] * 5
    assert column(donors, "name") == ["Jon", "Gus", "Hal", "Fay", "Ida"]
    assert column(donors, "records") == [1] * 5


def test_phones_are_digits():
    donors = merge_donors(
        a_list(
            a_record(1, "a@x.org", phone="+44 (0)20 7946-0018"),
            a_record(2, "b@x.org", phone="0049.30.123"),
            a_record(3, "c@x.org", phone="12 34 56 7"),
            a_record(4, "d@x.org", phone="12 34 56"),
            a_record(5, "e@x.org", phone="see notes"),
            a_record(6, "f@x.org", phone=None),
            a_record(7, "g@x.org", phone="555 01 99", updated_on="01.01.2023"),
            a_record(8, "g@x.org", phone="ext. 12", updated_on="01.01.2024"),
        )
    )
    phones = ["4402079460018", "004930123", "1234567", None, None, None, "5550199"]
    assert column(donors, "phone") == phones


def test_blank_texts_are_missing_ones():
    donors = merge_donors(
        a_list(
            a_record(1, "a@x.org", name=" Kit McRae ", city="York", updated_on="01.01.2023"),
            a_record(2, "a@x.org", name="  ", city=" - ", updated_on="01.01.2024"),
            a_record(3, "b@x.org", name="-", city="Stoke-on-Trent"),
        )
    )
    assert column(donors, "name") == ["Kit McRae", None]
    assert column(donors, "city") == ["York", "Stoke-on-Trent"]


def test_each_field_has_its_own_latest_record():
    donors = merge_donors(
        a_list(
            a_record(2, "a@x.org", "15.06.2024", name="Ann B", phone=None, city="Leeds"),
            a_record(1, "a@x.org", "20.01.2022", name="Ann A", phone="555 0100", city="Bath"),
            a_record(3, "a@x.org", "16.06.2024", name=None, phone=None, city=None),
            a_record(4, "a@x.org", "14.02.2023", name="Ann C", phone="555 0199", city=None),
        )
    )
    assert column(donors, "donor") == [1]
    assert column(donors, "name") == ["Ann B"]
    assert column(donors, "phone") == ["5550199"]
    assert column(donors, "city") == ["Leeds"]
    assert column(donors, "records") == [4]


def test_days_are_compared_as_days():
    donors = merge_donors(
        a_list(
            a_record(4, "b@x.org", "03.11.2024", name="November"),
            a_record(3, "b@x.org", "11.12.2024", name="December"),
            a_record(1, "a@x.org", "31.01.2024", name="January"),
            a_record(2, "a@x.org", "01.02.2024", name="February"),
            a_record(5, "c@x.org", "02.10.2023", name="earlier"),
            a_record(6, "c@x.org", "10.02.2023", name="first"),
        )
    )
    assert column(donors, "name") == ["February", "December", "earlier"]


def test_of_one_day_the_greatest_record_is_the_latest():
    donors = merge_donors(
        a_list(
            a_record(10, "a@x.org", name="ten"),
            a_record(9, "a@x.org", name="nine"),
            a_record(100, "b@x.org", name="hundred"),
            a_record(20, "b@x.org", name="twenty"),
            a_record(3, "b@x.org", name="three"),
        )
    )
    assert column(donors, "donor") == [3, 9]
    assert column(donors, "name") == ["hundred", "ten"]


def test_the_latest_word_on_consent_counts():
    donors = merge_donors(
        a_list(
            a_record(1, "a@x.org", "01.01.2024", consent="YES"),
            a_record(2, "a@x.org", "02.01.2024", consent=None),
            a_record(3, "b@x.org", "01.01.2024", consent="no"),
            a_record(4, "b@x.org", "02.01.2024", consent=" Yes"),
            a_record(5, "c@x.org", "01.01.2024", consent="yes"),
            a_record(6, "c@x.org", "02.01.2024", consent="No"),
            a_record(7, "d@x.org", "02.01.2024", consent="-"),
            a_record(8, None, "02.01.2024", consent=None),
        )
    )
    assert column(donors, "consent") == ["yes", "yes", "no", "no", "no"]


def test_gifts_on_all_records_of_a_donor_are_added_up():
    records = a_list(
        a_record(1, "a@x.org", city="Bath", consent="yes"),
        a_record(2, "A@x.org", city="Bath"),
        a_record(3, "b@x.org", city="Bath", consent="no"),
        a_record(4, None, city="Bath", consent="yes"),
        a_record(5, "c@x.org", city="Bath", consent="yes"),
    )
    gifts = some_gifts((2, 30.0), (3, 50.0), (1, 25.5), (2, 10.0), (3, -5.0), (4, 2.0))
    report = giving_by_city(records, gifts)
    assert lines(report) == [("Bath", 3, 2, 112.5, 65.5)]
    assert str(report["donors"].dtype) == "int64"
    assert str(report["reachable"].dtype) == "int64"


def test_the_city_is_the_latest_known_one():
    records = a_list(
        a_record(1, "a@x.org", "01.01.2024", city="York"),
        a_record(2, "a@x.org", "01.01.2023", city="Bath"),
        a_record(3, "b@x.org", "01.01.2024", city="-"),
        a_record(4, "c@x.org", "01.01.2023", city=" York"),
        a_record(5, "c@x.org", "01.01.2024", city=""),
    )
    gifts = some_gifts((1, 5.0), (2, 10.0), (3, 20.0), (5, 7.0))
    assert lines(giving_by_city(records, gifts)) == [
        ("York", 2, 0, 22.0, 15.0),
        ("unknown", 1, 0, 20.0, 20.0),
    ]


def test_gifts_on_unknown_records_are_left_out():
    records = a_list(
        a_record(1, "a@x.org", city="Bath"),
        a_record(2, "b@x.org", city="York"),
    )
    gifts = some_gifts((1, 5.0), (99, 1000.0), (0, 30.0))
    assert lines(giving_by_city(records, gifts)) == [("Bath", 1, 0, 5.0, 5.0)]


def test_the_highest_total_stands_first_and_arguments_are_unchanged():
    records = a_list(
        a_record(4, "d@x.org", city="Ripon"),
        a_record(2, " B@x.org", city="Bath "),
        a_record(1, "a@x.org", city="York"),
        a_record(3, "c@x.org", city="Hull"),
    )
    gifts = some_gifts((3, -4.0), (4, 20.0), (2, 20.0), (1, 45.0), (1, 60.0))
    records_before, gifts_before = records.copy(deep=True), gifts.copy(deep=True)
    report = giving_by_city(records, gifts)
    assert lines(report) == [
        ("York", 1, 0, 105.0, 105.0),
        ("Bath", 1, 0, 20.0, 20.0),
        ("Ripon", 1, 0, 20.0, 20.0),
        ("Hull", 1, 0, -4.0, -4.0),
    ]
    pd.testing.assert_frame_equal(records, records_before)
    pd.testing.assert_frame_equal(gifts, gifts_before)


def test_without_gifts_there_are_no_rows():
    report = giving_by_city(a_list(a_record(1, "a@x.org", city="Bath")), some_gifts())
    assert list(report.columns) == REPORT_COLUMNS
    assert len(report) == 0
