"""Writes trips of yellow and green taxis for TaxiRevenueTyped: FOLDER/yellow/2020/01.csv.gz and so on.

  python3 Jobs/TaxiRevenueTyped/generate.py FOLDER [--yellow 20000] [--green 4000] [--seed 2020]

Columns and their order are those of New York's records of 2020. So are the traps: a head line in each file, empty vendors
and passenger counts, whole numbers written as 1.0, negative fares, and dates in 2008, 2009 and 2041. The same arguments
give the same rows on every machine.
"""

import argparse
import datetime
import gzip
import os
import random

MONTH_WEIGHTS = (64, 63, 30, 2, 4, 6, 8, 10, 13, 17, 15, 15)
HOUR_WEIGHTS = (20, 14, 10, 7, 6, 8, 16, 28, 36, 38, 38, 39, 42, 43, 46, 48, 46, 52, 57, 52, 44, 42, 40, 31)
ZONES = tuple(range(1, 264))
ZONE_WEIGHTS = tuple(1_000_000 // (rank + 8) for rank in range(263))
WRONG_YEARS = (2008, 2009, 2041)

YELLOW = (
    "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,RatecodeID,store_and_fwd_flag,"
    "PULocationID,DOLocationID,payment_type,fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,"
    "total_amount,congestion_surcharge"
)
GREEN = (
    "VendorID,lpep_pickup_datetime,lpep_dropoff_datetime,store_and_fwd_flag,RatecodeID,PULocationID,DOLocationID,"
    "passenger_count,trip_distance,fare_amount,extra,mta_tax,tip_amount,tolls_amount,ehail_fee,improvement_surcharge,"
    "total_amount,payment_type,trip_type,congestion_surcharge"
)


def money(cents):
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    # As in the real files: 12.5 and 12.0, but 12.55.
    text = f"{cents // 100}.{cents % 100:02d}"
    return sign + (text[:-1] if text.endswith("0") else text)


def trip(chance, month, columns):
    year = chance.choice(WRONG_YEARS) if chance.random() < 0.001 else 2020
    pickup = datetime.datetime(
        year, month, chance.randint(1, 28), chance.choices(range(24), HOUR_WEIGHTS)[0], chance.randint(0, 59),
        chance.randint(0, 59),
    )
    hundredths = chance.randint(1, 2500)
    fare = 250 + 2 * hundredths + 50 * chance.randint(0, 20)
    if chance.random() < 0.004:
        fare = -fare
    extra, tip, tolls = chance.choice((0, 50, 100)), chance.choice((0, 0, 155, 236, 305)), chance.choice((0,) * 9 + (612,))
    congestion = chance.choice((0, 250))
    row = {
        "VendorID": chance.choice(("1", "2", "2", "1.0", "")),
        "pickup": str(pickup),
        "dropoff": str(pickup + datetime.timedelta(seconds=chance.randint(30, 5400))),
        "passenger_count": chance.choice(("1", "1", "1", "2", "5", "1.0", "")),
        "trip_distance": money(hundredths),
        "RatecodeID": chance.choice(("1", "1.0", "2", "")),
        "store_and_fwd_flag": chance.choice(("N", "N", "N", "Y", "")),
        "PULocationID": str(chance.choices(ZONES, ZONE_WEIGHTS)[0]),
        "DOLocationID": str(chance.choices(ZONES, ZONE_WEIGHTS)[0]),
        "payment_type": chance.choice(("1", "2", "1.0")),
        "fare_amount": money(fare),
        "extra": money(extra),
        "mta_tax": "0.5",
        "tip_amount": money(tip),
        "tolls_amount": money(tolls),
        "ehail_fee": "",
        "improvement_surcharge": "0.3",
        "total_amount": money(fare + extra + 50 + tip + tolls + 30 + congestion),
        "trip_type": chance.choice(("1", "1.0", "2")),
        "congestion_surcharge": money(congestion),
    }
    return ",".join(row[column] for column in columns)


def write(folder, colour, heading, count, seed):
    columns = [
        "pickup" if "pickup" in name else "dropoff" if "dropoff" in name else name for name in heading.split(",")
    ]
    os.makedirs(os.path.join(folder, colour, "2020"), exist_ok=True)
    for month, weight in enumerate(MONTH_WEIGHTS, 1):
        chance = random.Random(seed * 1_000_003 + month)
        rows = count * weight // sum(MONTH_WEIGHTS)
        path = os.path.join(folder, colour, "2020", f"{month:02d}.csv.gz")
        # No name and no time in the head of the file, so that the same rows are the same bytes.
        with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
            file.write(f"{heading}\n".encode())
            file.write("".join(trip(chance, month, columns) + "\n" for _ in range(rows)).encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--yellow", type=int, default=20_000)
    parser.add_argument("--green", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=2020)
    options = parser.parse_args()
    write(options.folder, "yellow", YELLOW, options.yellow, options.seed)
    write(options.folder, "green", GREEN, options.green, options.seed + 1)


main()
