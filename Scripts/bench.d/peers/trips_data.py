"""Makes a CSV file of about a gigabyte: taxi trips in 18 columns, every value a function of the row's number.

    trips_data.py FOLDER
"""

import os
import sys

import duckdb

ROWS = 9_500_000
# A value is null now and then, as in such files.
QUERY = """
    select 1 + h1 % 2 as vendor,
           timestamp '2024-01-01' + to_seconds((h2 % 31622400)::bigint) as pickup,
           timestamp '2024-01-01' + to_seconds((h2 % 31622400 + 60 + h3 % 5400)::bigint) as dropoff,
           case when h4 % 50 = 0 then null else h4 % 7 end as passengers,
           (h5 % 3000) / 100 as distance,
           case when h4 % 50 = 0 then null else 1 + h6 % 6 end as rate,
           ['N', 'Y'][1 + (h6 % 97 = 0)::int] as stored,
           1 + h7 % 265 as origin,
           1 + h8 % 265 as destination,
           ['Credit card', 'Cash', 'No charge', 'Dispute, unsettled'][1 + (h9 % 100 > 70)::int + (h9 % 100 > 97)::int
              + (h9 % 100 > 98)::int] as payment,
           ((300 + h5 % 7000) / 100)::decimal(10, 2) as fare,
           ((h6 % 3) * 0.5)::decimal(10, 2) as extra,
           0.5 as tax,
           ((h8 % 1500) / 100)::decimal(10, 2) as tip,
           ((h9 % 16 = 0)::int * 6.55)::decimal(10, 2) as tolls,
           0.3 as surcharge,
           ((300 + h5 % 7000 + h8 % 1500) / 100)::decimal(10, 2) as total,
           date '2024-01-01' + (h2 % 31622400 // 86400)::int as day
    from (select i, {hashes} from range({rows}) numbers(i))
"""


def main():
    folder = sys.argv[1]
    os.makedirs(folder)
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    # A hash of its own: DuckDB may change its.
    hashes = ", ".join(
        f"((i * {2654435761 + 2 * n} + {n} * 40503) % 4294967291 * {48271 + 2 * n} % 2147483647)::bigint as h{n}"
        for n in range(1, 10)
    )
    query = QUERY.format(rows=ROWS, hashes=hashes)
    connection.execute(f"copy ({query}) to '{folder}/trips.csv' (header, timestampformat '%Y-%m-%d %H:%M:%S')")


main()
