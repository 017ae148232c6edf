# %% [clean_readings] your answer
def clean_readings(readings):
    """Return meter, read_at and level (m³), sorted by meter and time."""
    registers = pd.to_numeric(readings["register"].str.replace(",", "."))
    tidy = pd.DataFrame(
        {
            "meter": readings["meter"],
            "read_at": pd.to_datetime(readings["read_at"]),
            "register": registers.astype("float64"),
        }
    )
    tidy = tidy[(readings["kind"] == "actual") & registers.notna()]
    tidy = tidy.drop_duplicates(["meter", "read_at"], keep="last")
    tidy = tidy.sort_values(["meter", "read_at"], ignore_index=True)
    begun_again = tidy.groupby("meter")["register"].diff() < 0
    turns = begun_again.groupby(tidy["meter"]).cumsum()
    return tidy[["meter", "read_at"]].assign(level=tidy["register"] + TURN * turns)

# %% [daily_use] your answer
def daily_use(levels):
    """Return meter, day and m3, one row for each full day of each meter."""
    found = [pd.DataFrame(columns=["meter", "day", "m3"])]
    for meter, own in levels.groupby("meter"):
        level = levels.drop_duplicates("read_at").set_index("read_at")["level"].sort_index()
        nights = pd.date_range(own["read_at"].min().ceil("D"), own["read_at"].max().floor("D"))
        times = level.index.union(nights)
        reading = pd.Series(level.index, level.index).reindex(times)
        gap = reading.bfill() - reading.ffill()
        at = level.reindex(times).interpolate("time").where(gap <= LONGEST_GAP)
        use = at.loc[nights].diff().iloc[1:]
        days = nights[:-1].strftime("%Y-%m-%d")
        if len(days):
            found.append(pd.DataFrame({"meter": meter, "day": days, "m3": use}))
    return pd.concat(found[1:] or found, ignore_index=True)

# %% [monthly_by_district] your answer
def monthly_by_district(use, meters):
    """Return district, month, meters, m3 and litres, sorted by district and month."""
    known = use[use["m3"].notna()].merge(meters, on="meter")
    known = known.assign(
        district=known["district"].fillna("unknown"), month=known["day"].str[:7]
    )
    report = known.groupby(["district", "month"], as_index=False).agg(
        meters=("meter", "nunique"), m3=("m3", "sum"), households=("households", "sum")
    )
    litres = report["m3"] * 1000 / report["households"]
    return report.drop(columns="households").assign(litres=litres)
