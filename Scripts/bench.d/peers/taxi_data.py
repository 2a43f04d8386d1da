"""Makes a year of taxi trips as Parquet, in a folder for each kind of taxi and month, and the zones: 20 million trips of
yellow taxis and 2 million of green ones. Some are null in places, some carry a wrong year, some were paid back.

    taxi_data.py FOLDER [--yellow ROWS] [--green ROWS]
"""

import argparse
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20200101
ZONES = 263
MONTHS = [6.4, 6.3, 3.0, 0.24, 0.35, 0.55, 0.8, 1.0, 1.34, 1.68, 1.5, 1.46]
HOURS = [20, 14, 10, 7, 6, 8, 16, 28, 36, 38, 38, 39, 42, 43, 46, 48, 46, 52, 57, 52, 44, 42, 40, 31]
BOROUGHS = ["EWR", "Queens", "Bronx", "Manhattan", "Staten Island", "Brooklyn"]
GROUP_ROWS = 1_000_000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--yellow", type=int, default=20_000_000)
    parser.add_argument("--green", type=int, default=2_000_000)
    options = parser.parse_args()
    for kind, rows in (("yellow", options.yellow), ("green", options.green)):
        for month, weight in enumerate(MONTHS, 1):
            trips = month_of(kind, month, round(rows * weight / sum(MONTHS)))
            write(f"{options.folder}/{kind}/2020/{month:02d}", "part-0", trips)
    numbers = np.arange(1, ZONES + 3, dtype="i4")
    zones = {
        "LocationID": numbers,
        "Borough": [BOROUGHS[number * 7 % 6] for number in numbers],
        "Zone": [f"Zone {number:03d}" for number in numbers],
        "service_zone": ["Boro Zone" if number % 4 else "Yellow Zone" for number in numbers],
    }
    write(f"{options.folder}/zones", "zones", zones)


def month_of(kind, month, count):
    """The trips that began in a month, about in the order of their beginnings, as the columns of the kind's files."""
    random = np.random.default_rng([SEED, kind == "green", month])
    first = np.datetime64(f"2020-{month:02d}-01")
    days = int((np.datetime64(f"2020-{month:02d}") + 1).astype("M8[D]").astype(int) - first.astype(int))
    hour = np.searchsorted(np.cumsum(HOURS) / sum(HOURS), random.random(count)).clip(0, 23)
    second = np.sort(random.integers(0, days, count) * 86_400 + hour * 3600 + random.integers(0, 3600, count))
    pickup = first.astype("M8[us]") + (second * 1_000_000).astype("m8[us]")
    pickup = np.where(random.random(count) < 0.0002, pickup - np.timedelta64(366 * 11, "D"), pickup)
    distance = np.round(random.lognormal(0.55, 0.85, count).clip(0, 60), 2)
    length = (distance * random.normal(270, 60, count) + random.exponential(180, count)).clip(30, 10_800).astype("i8")
    rate = random.choice(6, count, p=[0.965, 0.02, 0.002, 0.001, 0.0119, 0.0001]) + 1
    paid = payment(random, kind, count, hour, distance, length, rate)
    unknown = random.random(count) < 0.01
    passengers = random.choice(7, count, p=[0.02, 0.715, 0.145, 0.04, 0.02, 0.035, 0.025])
    prefix = "tpep" if kind == "yellow" else "lpep"
    columns = {
        "VendorID": whole(random.choice([1, 2], count, p=[0.33, 0.67]), unknown),
        f"{prefix}_pickup_datetime": moment(pickup),
        f"{prefix}_dropoff_datetime": moment(pickup + (length * 1_000_000).astype("m8[us]")),
        "store_and_fwd_flag": pa.array(np.where(random.random(count) < 0.01, "Y", "N"), mask=unknown),
        "RatecodeID": whole(rate, unknown),
        "PULocationID": whole(zone(random, count)),
        "DOLocationID": whole(zone(random, count)),
        "passenger_count": whole(passengers, unknown),
        "trip_distance": distance,
        **paid,
        "payment_type": whole(paid["payment_type"], unknown),
    }
    if kind == "green":
        columns["ehail_fee"] = pa.nulls(count, pa.float64())
        columns["trip_type"] = whole(random.choice([1, 2], count, p=[0.97, 0.03]), unknown)
    return columns


def payment(random, kind, count, hour, distance, length, rate):
    """What was paid, and how."""
    fare = np.round(np.where(rate == 2, 52.0, 2.5 + 0.5 * np.floor(distance * 5 + length / 240)), 2)
    extra = np.where((hour >= 20) | (hour < 6), 0.5, np.where(hour >= 16, 1.0, 0.0))
    share, surcharge = (0.92, 2.5) if kind == "yellow" else (0.3, 2.75)
    congestion = np.where(random.random(count) < share, surcharge, 0.0)
    means = random.choice(4, count, p=[0.72, 0.265, 0.01, 0.005]) + 1
    tip = np.where(means == 1, np.round(fare * random.normal(0.2, 0.08, count).clip(0, 0.6), 2), 0.0)
    tolls = np.where(random.random(count) < 0.04, 6.12, 0.0)
    total = np.round(fare + extra + 0.8 + congestion + tip + tolls, 2)
    sign = np.where(random.random(count) < 0.003, -1, 1)
    return {
        "fare_amount": sign * fare,
        "extra": extra,
        "mta_tax": np.full(count, 0.5),
        "tip_amount": tip,
        "tolls_amount": tolls,
        "improvement_surcharge": np.full(count, 0.3),
        "total_amount": sign * total,
        "payment_type": means,
        "congestion_surcharge": congestion,
    }


def zone(random, count):
    """Few zones have most of the trips."""
    numbers = np.random.default_rng(SEED).permutation(ZONES) + 1
    weights = 1.0 / (np.arange(ZONES) + 8.0) ** 1.15
    bounds = np.cumsum(weights / weights.sum())
    return numbers[np.minimum(np.searchsorted(bounds, random.random(count)), ZONES - 1)]


def whole(values, mask=None):
    return pa.array(np.asarray(values, "i4"), mask=mask)


def moment(values):
    return pa.array(values.astype("M8[us]"), type=pa.timestamp("us", tz="UTC"))


def write(folder, name, columns):
    os.makedirs(folder)
    pq.write_table(pa.table(columns), f"{folder}/{name}.parquet", row_group_size=GROUP_ROWS, compression="snappy")


main()
