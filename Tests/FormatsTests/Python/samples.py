"""Small files of other programs, for the fuzzer to damage.

    samples.py PROGRAM FOLDER
"""

import sys

import polars
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet

from tables import NESTINGS, TYPES, table

FOLDER = sys.argv[2]
# Of each nesting a column, and of each type.
CHOSEN = [("int64", nesting) for nesting in NESTINGS] + [("string", nesting) for nesting in NESTINGS]
CHOSEN += [(name, "flat") for name in TYPES]


def columns(part):
    picked = [(f"{name} {nesting}", table(name, 0.3, nesting)[0]["c"]) for name, nesting in CHOSEN[part::3]]
    return pa.table({name: column.slice(0, 60) for name, column in picked})


def main():
    for part in range(3):
        data = columns(part)
        for number, codec in enumerate(("none", "snappy", "gzip", "zstd", "lz4", "brotli")):
            parquet.write_table(
                data, f"{FOLDER}/pyarrow-{part}-{codec}.parquet", compression=codec, row_group_size=25,
                data_page_version="12"[number % 2] + ".0", data_page_size=300, write_page_index=True)
        for compression in (None, "lz4", "zstd"):
            options = ipc.IpcWriteOptions(compression=compression)
            for kind, make in (("file", ipc.new_file), ("stream", ipc.new_stream)):
                with make(f"{FOLDER}/pyarrow-{part}-{compression}-{kind}.arrow", data.schema, options=options) as writer:
                    writer.write_table(data, max_chunksize=25)
    texts = pa.table({"c": pa.array(["a", None, "a text that is too long for a view"] * 20, pa.string_view()),
                      "d": pa.array(["x", "y", None] * 20).dictionary_encode()})
    with ipc.new_file(f"{FOLDER}/views.arrow", texts.schema) as writer: writer.write_table(texts, max_chunksize=25)
    # The fuzzer's own columns, as it reads no others of lines.
    lines = pa.table({
        "flag": [True, None] * 15, "int": pa.array(range(30), pa.int32()), "double": [n / 7 for n in range(30)],
        "day": pa.array(range(30), pa.date32()), "name": ["a", 'b "c", d', "ä\nö"] * 10})
    csv.write_csv(lines, f"{FOLDER}/pyarrow.csv")
    polars.from_arrow(lines).write_csv(f"{FOLDER}/polars.csv", quote_style="always")
    polars.from_arrow(lines).write_ndjson(f"{FOLDER}/polars.json")
    polars.from_arrow(columns(1)).write_parquet(f"{FOLDER}/polars.parquet")
    polars.from_arrow(columns(1)).write_ipc(f"{FOLDER}/polars.arrow")


main()
