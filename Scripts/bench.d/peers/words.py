"""Counts the words of the text files in a folder with Polars, on two threads, and writes `word<TAB>count` lines."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"

import polars

folder, output = sys.argv[1:]
counts = (
    polars.scan_csv(
        os.path.join(folder, "*.txt"), has_header=False, separator="\x01", quote_char=None, new_columns=["line"]
    )
    .select(polars.col("line").str.split(" ").alias("word"))
    .explode("word")
    .group_by("word")
    .len()
    .collect(engine="streaming")
)
counts.write_csv(os.path.join(output, "part-00000"), include_header=False, separator="\t", quote_style="never")
