"""Computes what Flint's jobs over tables compute, by DuckDB or Polars on two threads, from Parquet to Parquet.

    tables.py duckdb | polars WORK DATA FOLDER
"""

import os
import re
import sys

os.environ["POLARS_MAX_THREADS"] = "2"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
SUMS = (
    "fare_amount", "extra", "mta_tax", "tip_amount", "tolls_amount", "improvement_surcharge", "total_amount",
    "congestion_surcharge",
)  # fmt: skip
SERVICES = {"green": "lpep", "yellow": "tpep"}
FIRST_HOUR = "2020-01-01 00:00:00"


def source(job, name):
    """The text of the file of a job."""
    with open(os.path.join(ROOT, "Jobs", job, name), encoding="utf-8") as file:
        return file.read()


def statement(job):
    """The first text of three quotes in a job's program: its query."""
    return re.search(r'"""\n(.*?)"""', source(job, f"{job}.swift"), re.DOTALL).group(1)


def questions():
    """TPC-H's questions, as the job has them."""
    found = re.findall(r'Query\(\s*(\d+),\s*"""\n(.*?)"""', source("TPCH", "Query+All.swift"), re.DOTALL)
    return [(f"q{int(number):02d}.csv", text) for number, text in found]


class DuckDB:
    def __init__(self):
        import duckdb

        self.connection = duckdb.connect(config={"threads": 2})
        self.connection.execute("set timezone = 'UTC'")

    def table(self, name, pattern):
        self.connection.execute(f"create view {name} as select * from read_parquet('{pattern}', hive_partitioning = false)")

    def write(self, query, path):
        form = "(header)" if path.endswith(".csv") else "(format parquet)"
        self.connection.execute(f"copy ({query}) to '{path}' {form}")

    def show(self, query):
        print(self.connection.execute(query).fetchall())

    def revenue(self):
        columns = ", ".join(("PULocationID", *SUMS, "passenger_count", "trip_distance"))
        trips = " union all ".join(
            f"select {columns}, {prefix}_pickup_datetime as pickup_datetime, '{kind}' as service_type from {kind}"
            for kind, prefix in SERVICES.items()
        )
        self.connection.execute(f"create view trips_data as {trips}")
        self.show("select service_type, count(*) from trips_data group by 1")
        return statement("TaxiRevenue")

    def hourly(self, data, folder):
        for kind, prefix in SERVICES.items():
            self.write(
                f"select date_trunc('hour', {prefix}_pickup_datetime) as hour, PULocationID as zone, "
                f"sum(total_amount) as {kind}_amount, count(1) as {kind}_number_records from {kind} "
                f"where {prefix}_pickup_datetime >= timestamptz '{FIRST_HOUR}' group by 1, 2",
                f"{folder}/{kind}.parquet",
            )
        self.write(
            f"from '{folder}/green.parquet' full join '{folder}/yellow.parquet' using (hour, zone)",
            f"{folder}/total.parquet",
        )
        self.write(
            f"select j.* exclude (zone), z.* exclude (LocationID) from '{folder}/total.parquet' j "
            f"join '{data}/zones/zones.parquet' z on j.zone = z.LocationID",
            f"{folder}/result.parquet",
        )


class Polars:
    def __init__(self):
        import polars

        self.polars = polars
        self.context = polars.SQLContext()
        self.tables = {}

    def table(self, name, pattern):
        self.tables[name] = self.polars.scan_parquet(pattern, hive_partitioning=False)
        self.context.register(name, self.tables[name])

    def write(self, query, path):
        rows = self.context.execute(query) if isinstance(query, str) else query
        if path.endswith(".csv"):
            rows.collect(engine="streaming").write_csv(path)
        else:
            rows.sink_parquet(path)

    def revenue(self):
        polars, column = self.polars, self.polars.col
        trips = polars.concat(
            [
                self.tables[kind].select(
                    column("PULocationID").alias("revenue_zone"),
                    column(f"{prefix}_pickup_datetime").dt.truncate("1mo").alias("revenue_month"),
                    polars.lit(kind).alias("service_type"), *SUMS, "passenger_count", "trip_distance",
                )
                for kind, prefix in SERVICES.items()
            ]
        )  # fmt: skip
        print(trips.group_by("service_type").len().collect(engine="streaming"))
        return trips.group_by("revenue_zone", "revenue_month", "service_type").agg(
            *(column(name).sum().alias(f"revenue_{name}") for name in SUMS),
            column("passenger_count").mean(),
            column("trip_distance").mean(),
        )

    def hourly(self, data, folder):
        polars, column = self.polars, self.polars.col
        first = polars.lit(FIRST_HOUR).str.to_datetime(time_unit="us", time_zone="UTC")
        for kind, prefix in SERVICES.items():
            pickup = column(f"{prefix}_pickup_datetime")
            hours = self.tables[kind].filter(pickup >= first).group_by(
                pickup.dt.truncate("1h").alias("hour"), column("PULocationID").alias("zone")
            )
            amounts = hours.agg(
                column("total_amount").sum().alias(f"{kind}_amount"), polars.len().alias(f"{kind}_number_records")
            )
            self.write(amounts, f"{folder}/{kind}.parquet")
        green, yellow, total = (polars.scan_parquet(f"{folder}/{name}.parquet") for name in ("green", "yellow", "total"))
        self.write(green.join(yellow, on=["hour", "zone"], how="full", coalesce=True), f"{folder}/total.parquet")
        zones = polars.scan_parquet(f"{data}/zones/zones.parquet")
        named = total.join(zones, left_on="zone", right_on="LocationID").drop("zone")
        self.write(named, f"{folder}/result.parquet")


def main():
    engine, work, data, folder = sys.argv[1:]
    peer = {"duckdb": DuckDB, "polars": Polars}[engine]()
    if work in ("taxi", "hourly"):
        for kind in SERVICES:
            peer.table(kind, f"{data}/{kind}/2020/*/*.parquet")
        if work == "taxi":
            peer.write(peer.revenue(), f"{folder}/rows.parquet")
        else:
            peer.hourly(data, folder)
    elif work == "accounting":
        peer.table("transactions", f"{data}/day=*/*.parquet")
        peer.write(statement("AccountStatistics"), f"{folder}/rows.parquet")
    elif work == "join":
        for table in ("fact", "dim"):
            peer.table(table, f"{data}/{table}/*.parquet")
        peer.write(statement("JoinAggregate"), f"{folder}/rows.parquet")
    else:
        for table in TABLES:
            peer.table(table, f"{data}/{table}/*.parquet")
        for name, question in questions():
            peer.write(question, f"{folder}/{name}")


main()
