"""Makes a year of trips of green taxis as compressed CSV, a file a month, from those that lie as Parquet in
`taxi/green` beside the folder. As in real files, whole numbers stand there as `1.0`.

    green_data.py FOLDER
"""

import glob
import os
import sys

import duckdb

# In the order in which real files have them.
COLUMNS = """
    VendorID lpep_pickup_datetime lpep_dropoff_datetime store_and_fwd_flag RatecodeID PULocationID DOLocationID
    passenger_count trip_distance fare_amount extra mta_tax tip_amount tolls_amount ehail_fee improvement_surcharge
    total_amount payment_type trip_type congestion_surcharge
""".split()


def main():
    folder = os.path.abspath(sys.argv[1])
    trips_folder = os.path.join(os.path.dirname(folder), "taxi", "green", "2020")
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("set timezone = 'UTC'")
    for month in sorted(glob.glob(os.path.join(trips_folder, "*"))):
        below = os.path.join(folder, os.path.basename(month))
        os.makedirs(below)
        trips = f"read_parquet('{month}/*.parquet', hive_partitioning = false)"
        kinds = dict(connection.execute(f"select column_name, column_type from (describe from {trips})").fetchall())
        columns = ", ".join(f"{name}::double as {name}" if kinds[name] == "INTEGER" else name for name in COLUMNS)
        connection.execute(
            f"copy (select {columns} from {trips}) to '{below}/trips.csv.gz' "
            "(header, compression gzip, timestampformat '%Y-%m-%d %H:%M:%S')"
        )


main()
