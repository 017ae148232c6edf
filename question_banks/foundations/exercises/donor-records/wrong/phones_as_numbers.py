"""One record for each donor, from lists that grew side by side, and what donors gave by city."""

import pandas as pd

SHORTEST_PHONE = 7
COLUMNS = ["donor", "email", "name", "phone", "city", "consent", "records"]


def _tidy(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records with uniform texts and the number of their donor, the latest last."""
    texts = records[["email", "name", "city", "consent"]].apply(lambda column: column.str.strip())
    texts = texts.mask(texts.isin(["", "-"]))
    digits = records["phone"].str.replace(r"\D", "", regex=True)
    tidy = texts.assign(
        record=records["record"],
        email=texts["email"].str.lower(),
        consent=texts["consent"].str.lower(),
        phone=pd.to_numeric(digits.where(digits.str.len() >= SHORTEST_PHONE))
        .astype("Int64")
        .astype("string"),
        updated=pd.to_datetime(records["updated_on"], format="%d.%m.%Y"),
    )
    # Records without an address are donors of their own: missing addresses are not equal ones.
    alone = tidy["record"].where(tidy["email"].isna())
    donor = tidy["record"].groupby([tidy["email"], alone], dropna=False).transform("min")
    tidy = tidy.assign(donor=donor)
    return tidy.sort_values(["updated", "record"])


def merge_donors(records: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each donor, with the latest known value of each field."""
    by_donor = _tidy(records).groupby("donor")
    # `last` passes over missing values, for each column on its own.
    donors = by_donor.last().assign(records=by_donor.size()).reset_index()
    return donors.assign(consent=donors["consent"].fillna("no"))[COLUMNS]


def giving_by_city(records: pd.DataFrame, gifts: pd.DataFrame) -> pd.DataFrame:
    """Return city, donors, reachable, total and largest, the highest total first."""
    donor_of = _tidy(records).set_index("record")["donor"]
    given = gifts["amount"].groupby(gifts["record"].map(donor_of)).sum().rename("given")
    donors = merge_donors(records).merge(given, left_on="donor", right_index=True)
    donors = donors.assign(
        city=donors["city"].fillna("unknown"),
        agreed=donors["consent"] == "yes",
    )
    report = donors.groupby("city", as_index=False).agg(
        donors=("donor", "size"),
        reachable=("agreed", "sum"),
        total=("given", "sum"),
        largest=("given", "max"),
    )
    return report.sort_values(["total", "city"], ascending=[False, True], ignore_index=True)
