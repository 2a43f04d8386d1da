"""Makes the columns that the benchmark of kernels works on: some of TPC-H's at scale 1, and ten million random rows.

  python kernel_data.py FOLDER

Each table becomes a Parquet file for the peers, and for Flint a folder with a file for each buffer of each column, as they
lie in Arrow: NAME.validity, NAME.values, NAME.offsets, NAME.bytes. About one value in a hundred is null.
"""

import os
import subprocess
import sys
import tempfile

import duckdb

ROWS = 10_000_000
KEYS = 1_000_000
# Decimals become whole hundredths, as they lie in 64 bits.
TABLES = {
    "lineitem": """
        select l_orderkey::bigint as orderkey, {nullable} from (
          select *, row_number() over () as n from read_parquet('{raw}/lineitem.parquet'))""",
    "orders": """
        select o_orderkey::bigint as orderkey,
               case when hash(o_orderkey, 7) % 97 = 0 then null else (o_totalprice * 100)::bigint end as totalprice
        from read_parquet('{raw}/orders.parquet')""",
    "random": f"""
        select case when hash(i, 1) % 97 = 0 then null else (hash(i, 2) % {KEYS})::bigint end as key,
               case when hash(i, 3) % 97 = 0 then null else (hash(i, 4) >> 2)::bigint - (1::bigint << 61) end as wide,
               case when hash(i, 5) % 97 = 0 then null else (hash(i, 6) % 100000)::bigint end as value
        from range({ROWS}) t(i)""",
}
NULLABLE = {
    "shipdate": "l_shipdate::date",
    "quantity": "(l_quantity * 100)::bigint",
    "extendedprice": "(l_extendedprice * 100)::bigint",
    "discount": "(l_discount * 100)::bigint",
    "tax": "(l_tax * 100)::bigint",
    "returnflag": "l_returnflag::varchar",
    "linestatus": "l_linestatus::varchar",
    "shipmode": "l_shipmode::varchar",
    "shipinstruct": "l_shipinstruct::varchar",
}


def main():
    folder = sys.argv[1]
    os.makedirs(folder)
    with tempfile.TemporaryDirectory(dir=folder) as raw:
        generator = os.path.join(os.path.dirname(sys.executable), "tpchgen-cli")
        subprocess.run(
            [generator, "parquet", "-s", "1", "--tables=lineitem,orders", f"--output-dir={raw}"],
            check=True, stdout=subprocess.DEVNULL,
        )
        connection = duckdb.connect()
        connection.execute("set threads = 2")
        nullable = ", ".join(
            f"case when hash(n, {number}) % 97 = 0 then null else {expression} end as {name}"
            for number, (name, expression) in enumerate(NULLABLE.items())
        )
        for name, query in TABLES.items():
            path = os.path.join(folder, f"{name}.parquet")
            query = query.format(raw=raw, nullable=nullable)
            connection.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")
            write_buffers(connection, path, os.path.join(folder, name))


def write_buffers(connection, path, folder):
    os.makedirs(folder)
    table = connection.sql(f"select * from read_parquet('{path}')").to_arrow_table().combine_chunks()
    for name in table.column_names:
        array = table[name].chunk(0)
        assert array.offset == 0
        buffers = array.buffers()
        kinds = ("validity", "values") if len(buffers) == 2 else ("validity", "offsets", "bytes")
        for kind, buffer in zip(kinds, buffers):
            if buffer is not None and (kind != "validity" or array.null_count > 0):
                with open(os.path.join(folder, f"{name}.{kind}"), "wb") as file:
                    file.write(buffer)
    with open(os.path.join(folder, "rows"), "w") as file:
        file.write(str(table.num_rows))


main()
