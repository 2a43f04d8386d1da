"""Sorts the records of 100 bytes in a folder with Polars, on two threads, by their key of 10 bytes."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"

import polars

folder, output = sys.argv[1:]
(
    polars.scan_csv(
        os.path.join(folder, "*.txt"), has_header=False, separator="\x01", quote_char=None, new_columns=["line"]
    )
    .sort(polars.col("line").str.slice(0, 10))
    .sink_csv(os.path.join(output, "part-00000"), include_header=False, quote_style="never")
)
