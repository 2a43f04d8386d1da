"""Modes, found schemas, compression, errors, writers and tables of texts, by formats-check against pyarrow and DuckDB.

    lines.py PROGRAM FOLDER

Prints what went wrong, and last how many checks there were.
"""

import datetime
import decimal
import gzip
import os
import random
import sys

import duckdb
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from canonical import rows
from program import Program

PROGRAM, FOLDER = sys.argv[1:]
failures, checks = [], 0
program = Program(PROGRAM)


def check(name, found, wanted):
    global checks
    checks += 1
    if found != wanted: failures.append(f"{name}: {found!r:.600} in place of {wanted!r:.600}")


def write(name, data):
    path = f"{FOLDER}/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file: file.write(data.encode() if isinstance(data, str) else data)
    return path


def options(**named):
    return [f"option={name}:{value.encode().hex()}" for name, value in named.items()]


def read(command, source, *more):
    """The schema and the rows, or the error."""
    try:
        schema, lines, _ = program.dump(source, f"{FOLDER}/rows", *more, command=command)
        return schema, lines
    except RuntimeError as error:
        return str(error)


def fails(name, answer, code, *words):
    """An answer must be an error with a code and some words."""
    global checks
    checks += 1
    if not isinstance(answer, str) or f"[{code}]" not in answer or any(word not in answer for word in words):
        failures.append(f"{name}: {answer!r:.500} is not [{code}] with {words}")


def x(text): return "x" + text.encode().hex()


def csv_modes():
    path = write("modes.csv", "a,b\n1,x\ntwo,y\n3\n4,z,more\n5,w\n")
    struct = "struct=struct<a:int,b:string>"
    check("permissive", read("csv", path, struct, *options(header="true"))[1],
          ["1|" + x("x"), "null|" + x("y"), "3|null", "4|" + x("z"), "5|" + x("w")])
    check("corrupt records", read("csv", path, "struct=struct<a:int,b:string,_corrupt_record:string>", *options(header="true"))[1],
          ["1|" + x("x") + "|null", "null|" + x("y") + "|" + x("two,y"), "3|null|" + x("3"), "4|" + x("z") + "|" + x("4,z,more"),
           "5|" + x("w") + "|null"])
    check("drop", read("csv", path, struct, *options(header="true", mode="DROPMALFORMED"))[1], ["1|" + x("x"), "5|" + x("w")])
    check("drop by the wanted columns", read("csv", path, struct, "columns=b", *options(header="true", mode="DROPMALFORMED"))[1],
          [x("x"), x("y"), x("w")])
    fails("fail fast", read("csv", path, struct, *options(header="true", mode="FAILFAST")), "corrupt-data",
          f"{path}:3:1", "'two' is no int", "column a")
    fails("ragged", read("csv", write("ragged.csv", "1,2\r\n3,4\r\n5\r\n"), "struct=struct<a:int,b:int>", *options(mode="FAILFAST")),
          "corrupt-data", ":3:1", "it has 1 fields in place of 2")
    fails("place in a line", read("csv", write("place.csv", "1,2\n3,x4\n"), "struct=struct<a:int,b:int>", "part=4",
                                  *options(mode="FAILFAST")), "corrupt-data", ":2:3", "'x4' is no int")
    fails("not UTF-8", read("csv", write("bytes.csv", b"1,a\n2,\xfc\n"), "struct=struct<a:int,b:string>"), "corrupt-data", ":2:3",
          "not UTF-8")
    fails("not UTF-8 in a malformed record", read("csv", write("torn.csv", b"1\n1,\xfc,2\n"), "columns=a,_corrupt_record",
                                                 "struct=struct<a:int,_corrupt_record:string,b:string>"), "corrupt-data", ":2:1")
    fails("UTF-16", read("csv", write("wide.csv", "a,b\n".encode("utf-16")), "struct=struct<a:int,b:string>"), "corrupt-data", "UTF-16")
    fails("out of range", read("csv", write("range.csv", "99999999999\n"), "struct=struct<a:int>", *options(mode="FAILFAST")),
          "corrupt-data", ":1:1", "99999999999")
    fails("too many columns", read("csv", write("columns.csv", "," * 50 + "\n"), "struct=struct<a:int>",
                                   *options(maxColumns="20")), "corrupt-data", "maxColumns")
    fails("too many characters", read("csv", write("long.csv", "abcdef\n"), "struct=struct<a:string>",
                                      *options(maxCharsPerColumn="3", mode="FAILFAST")), "corrupt-data", "maxCharsPerColumn")
    fails("open quote", read("csv", write("open.csv", '1\n"2\n3\n'), "struct=struct<a:string>", *options(multiLine="true")),
          "corrupt-data", ":2:1", "not closed")
    fails("other header", read("csv", path, "struct=struct<a:int,c:string>", *options(header="true", enforceSchema="false")),
          "corrupt-data", "header", "a, b")
    check("a word for empty texts", read("csv", write("word.csv", '"",""\nNA,"NA"\n'), "struct=struct<a:int,b:string>",
                                         *options(nullValue="NA", emptyValue="12"))[1], ["12|" + x("12"), "null|null"])
    fails("encoding", read("csv", path, struct, *options(encoding="latin1")), "invalid-argument", "latin1", "UTF-8")
    fails("unknown option", read("csv", path, struct, *options(headr="true")), "invalid-argument", "headr")
    fails("wrong value", read("csv", path, struct, *options(mode="LOUD")), "invalid-argument", "LOUD")
    fails("same signs", read("csv", path, struct, *options(sep='"')), "invalid-argument")
    fails("lists", read("csv", path, "struct=struct<a:array<int>>"), "unsupported-type", "array<int>")
    fails("no such column", read("csv", path, struct, "columns=z"), "invalid-argument", "z")


def csv_schemas():
    data = ("name,count,large,huge,price,day,moment,flag,mixed,none,dates\n"
            "x,1,1,12345678901234567890123,1.5,2024-01-01,2024-01-01 10:00:00,true,1,,2024-01-01\n"
            "y,-2,3000000000,1,2,2024-02-29,2024-02-29T00:00:00.5,FALSE,z,,2024-01-01 00:00:00\n"
            ",,,,,,,,,,\n")
    path = write("found.csv", data)
    check("found types", read("csv", path, *options(header="true", inferSchema="true"))[0],
          "name string, count int, large bigint, huge decimal(23,0), price double, day date, moment timestamp, flag boolean, "
          "mixed string, none string, dates timestamp")
    check("strings", read("csv", path, *options(header="true"))[0], ", ".join(f"{name} string" for name in data.split("\n")[0].split(",")))
    check("no header", read("csv", write("plain.csv", "1,x\n2,y\n"), *options(inferSchema="true")), ("_c0 int, _c1 string", ["1|x78", "2|x79"]))
    check("names twice", read("csv", write("twice.csv", "a,a,,b\n1,2,3,4\n"), *options(header="true"))[0],
          "a0 string, a1 string, _c2 string, b string")
    check("a sample", read("csv", write("sample.csv", "1\n1\n1\nx\n"), *options(inferSchema="true", samplingRatio="0.3"))[0], "_c0 int")
    check("patterns", read("csv", write("pattern.csv", "31.01.2024,5/3/24 1:05 PM\n"), "struct=struct<a:date,b:timestamp>",
                           *options(dateFormat="dd.MM.yyyy", timestampFormat="d/M/yy h:mm a")),
          ("a date, b timestamp", ["19753|1709643900000000"]))
    fails("nothing", read("csv", write("empty.csv", ""), *options(inferSchema="true")), "corrupt-data", "without a record")


def compressed():
    lines = [f"{n},{n * n},text {n % 7}" for n in range(40_000)]
    plain = write("plain/big.csv", "\n".join(lines) + "\n")
    struct = "struct=struct<a:int,b:bigint,c:string>"
    wanted = read("csv", plain, struct)
    check("rows", wanted[1][:2], ["0|0|" + x("text 0"), "1|1|" + x("text 1")])
    check("count", len(wanted[1]), 40_000)
    check("parts", read("csv", plain, struct, "part=1001"), wanted)
    check("gzip", read("csv", write("big.csv.gz", gzip.compress(open(plain, "rb").read())), struct, "part=1000"), wanted)
    packed = pa.compress(open(plain, "rb").read(), codec="zstd", asbytes=True)
    check("zstd", read("csv", write("big.csv.zst", packed), struct), wanted)
    fails("half a gzip", read("csv", write("half.csv.gz", gzip.compress(open(plain, "rb").read())[:5000]), struct), "corrupt-data")


def json_modes():
    path = write("modes.json", '{"a":1,"b":"x"}\n{"a":"one"}\nno\n{"a":2}\n')
    struct = "struct=struct<a:bigint,b:string,_corrupt_record:string>"
    check("JSON permissive", read("json", path, struct)[1],
          ["1|x78|null", "null|null|" + x('{"a":"one"}'), "null|null|" + x("no"), "2|null|null"])
    check("JSON drop", read("json", path, struct, *options(mode="DROPMALFORMED"))[1], ["1|x78|null", "2|null|null"])
    check("JSON corrupt alone", read("json", path, struct, "columns=_corrupt_record")[1], ["null", "null", x("no"), "null"])
    fails("JSON fail fast", read("json", path, struct, *options(mode="FAILFAST")), "corrupt-data", f"{path}:2:6", "bigint")
    fails("JSON syntax", read("json", write("syntax.json", '{"a":1}\n{"a":2,}\n'), struct, *options(mode="FAILFAST")),
          "corrupt-data", ":2:8", "name")
    fails("JSON bytes", read("json", write("bytes.json", b'{"b":"x"}\n{"b":"\xff"}\n'), struct), "corrupt-data", ":2:", "UTF-8")
    fails("JSON twice", read("json", write("twice.json", '{"a":1,"a":2}\n'), struct, *options(mode="FAILFAST")), "corrupt-data", "twice")
    found = write("found.json", '{"s":"x","n":1,"d":1.5,"o":{"p":1,"q":null},"l":[1,2.5],"e":[],"z":null}\n'
                  '{"n":2.5,"o":{"r":[{"t":true}]},"b":false,"h":123456789012345678901,"m":1}\n{"m":"x","s":null}\n')
    check("JSON schema", read("json", found)[0],
          "s string, n double, d double, o struct<p:bigint,q:string,r:array<struct<t:boolean>>>, l array<double>, e array<string>, "
          "z string, b boolean, h decimal(21,0), m string")
    check("JSON dropped nulls", read("json", found, *options(dropFieldIfAllNull="true"))[0].count("z string"), 0)
    check("JSON schema with malformed records", read("json", write("bad.json", '{"a":1}\nno\n'))[0], "a bigint, _corrupt_record string")
    check("JSON gzip", read("json", write("z.json.gz", gzip.compress(b'{"a":1}\n{"a":2}\n')), struct, "columns=a")[1], ["1", "2"])


def texts():
    path = write("lines.txt", "one\r\n\ntwo\nthree")
    check("text", read("text", path), ("value string", [x("one"), "x", x("two"), x("three")]))
    check("text in parts", read("text", path, "part=3")[1], [x("one"), "x", x("two"), x("three")])
    check("whole text", read("text", path, *options(wholetext="true"))[1], [x("one\r\n\ntwo\nthree")])
    check("line feeds alone", read("text", path, *options(lineSep="\n"))[1][0], x("one\r"))
    fails("text bytes", read("text", write("bad.txt", b"a\nb\xff\n")), "corrupt-data", ":2:1")


def table():
    r = random.Random(5)
    size = 3000
    nasty = ["", "plain", 'say "hi"', "a,b", "line\nbreak", "cr\r\nlf", " blank ", "ä漢🦊", "NA", "#x", "tab\t", "\\"]
    return pa.table({
        "i": pa.array([r.choice([None, r.randrange(-10**9, 10**9)]) for _ in range(size)], pa.int32()),
        "l": pa.array([r.randrange(-2**63, 2**63) for _ in range(size)], pa.int64()),
        "d": pa.array([r.choice([None, 0.1, -0.0, 1e300, 5e-324, r.random() * 10 ** r.randrange(-20, 20)]) for _ in range(size)]),
        "m": pa.array([decimal.Decimal(r.randrange(-10**8, 10**8)).scaleb(-2) for _ in range(size)], pa.decimal128(10, 2)),
        "day": pa.array([datetime.date(1900, 1, 1) + datetime.timedelta(r.randrange(80_000)) for _ in range(size)]),
        "t": pa.array([datetime.datetime(1950, 1, 1) + datetime.timedelta(microseconds=r.randrange(10**16)) for _ in range(size)],
                      pa.timestamp("us")),
        "b": pa.array([r.choice([None, True, False]) for _ in range(size)]),
        "s": pa.array([r.choice([None, *nasty]) for _ in range(size)]),
    })


STRUCT = "struct=struct<i:int,l:bigint,d:double,m:decimal(10,2),day:date,t:timestamp,b:boolean,s:string>"


def writers():
    data = table()
    source = f"{FOLDER}/source.parquet"
    parquet.write_table(data, source)
    wanted = rows(data)
    for name, more in (("csv", ()), ("csv.gz", ("pack=gzip",)), ("csv.zst", ("pack=zstd",))):
        program.ask("csv-write", source, f"{FOLDER}/out.{name}", *more, *options(header="true"))
        check(f"{name} again", read("csv", f"{FOLDER}/out.{name}", STRUCT, *options(header="true", multiLine="true"))[1], wanted)
    path = f"{FOLDER}/out.csv"
    kinds = {field.name: field.type for field in data.schema}
    by_arrow = csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=csv.ConvertOptions(
        column_types=kinds, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False))
    check("CSV by pyarrow", rows(by_arrow), wanted)
    program.ask("csv-write", source, f"{FOLDER}/out.tsv", *options(sep="\t", escape="\\", nullValue="NA", quoteAll="true"))
    check("TSV again", read("csv", f"{FOLDER}/out.tsv", STRUCT, *options(sep="\t", escape="\\", nullValue="NA", multiLine="true"))[1],
          [row if not row.endswith("|" + x("NA")) else row[: -len(x("NA"))] + "null" for row in wanted])
    nested = data.append_column("list", pa.array([[n, None] * (n % 3) for n in range(data.num_rows)], pa.list_(pa.int64())))
    nested = nested.append_column("o", pa.array([{"p": n, "q": str(n)} for n in range(data.num_rows)],
                                                pa.struct([("p", pa.int64()), ("q", pa.string())])))
    parquet.write_table(nested, source)
    program.ask("json-write", source, f"{FOLDER}/out.json")
    struct = STRUCT[:-1] + ",list:array<bigint>,o:struct<p:bigint,q:string>>"
    check("JSON again", read("json", f"{FOLDER}/out.json", struct)[1], rows(nested))
    columns = "i: 'int', l: 'bigint', m: 'decimal(10,2)', day: 'date', b: 'boolean', s: 'varchar', list: 'bigint[]', o: 'struct(p bigint, q varchar)'"
    result = duckdb.sql(f"select * from read_json('{FOLDER}/out.json', columns={{{columns}}}, format='newline_delimited')").arrow()
    result = result.read_all() if hasattr(result, "read_all") else result
    check("JSON by DuckDB", rows(result), rows(nested.select(result.column_names)))
    parquet.write_table(pa.table({"value": ["a", "", None, "ä"]}), source)
    program.ask("text-write", source, f"{FOLDER}/out.txt", "pack=gzip")
    with gzip.open(f"{FOLDER}/out.txt") as file: check("text by Python", file.read().decode(), "a\n\n\nä\n")


def tables():
    for year in (2020, 2021):
        for zone in ("a", "x=y/z", None):
            folder = f"t/year={year}/zone={'__HIVE_DEFAULT_PARTITION__' if zone is None else zone.replace('/', '%2F').replace('=', '%3D')}"
            write(f"{folder}/part.csv", f"n,s\n{year},{zone}\n")
            write(f"{folder}/_hidden.csv", "garbage")
            write(f"{folder}/.hidden.csv", "garbage")
    source = f"{FOLDER}/t"
    answer = read("table", source, "format=csv", *options(header="true", inferSchema="true"))
    check("table schema", answer[0], "n int, s string, year int, zone string")
    check("table rows", sorted(answer[1]), sorted(
        f"{year}|{x(str(zone))}|{year}|{'null' if zone is None else x(zone)}" for year in (2020, 2021) for zone in ("a", "x=y/z", None)))
    check("table columns", read("table", source, "format=csv", "columns=zone,n", *options(header="true", inferSchema="true"))[0],
          "zone string, n int")
    check("only folders' columns", sorted(read("table", source, "format=csv", "columns=year", *options(header="true"))[1]),
          ["2020"] * 3 + ["2021"] * 3)
    check("given type", read("table", source, "format=csv", "struct=struct<n:int,s:string,year:string>", *options(header="true"))[0],
          "n int, s string, year string, zone string")
    check("glob with a slash", len(read("table", f"{source}/year=*/", "format=csv", *options(header="true"))[1]), 6)
    check("glob without one", len(read("table", f"{source}/year=2020/*", "format=csv", *options(header="true"))[1]), 3)
    fails("missing", read("table", f"{FOLDER}/missing", "format=csv"), "file-not-found", "missing")
    fails("glob without a match", read("table", f"{source}/year=1999*/", "format=csv"), "file-not-found", "year=1999*")
    os.makedirs(f"{FOLDER}/nothing")
    fails("empty folder", read("table", f"{FOLDER}/nothing", "format=csv"), "file-not-found", "holds no file")
    write("mixed/day=1/a.csv", "1\n"); write("mixed/a.csv", "2\n")
    fails("other folders", read("table", f"{FOLDER}/mixed", "format=csv"), "corrupt-data", "day=1/a.csv", "mixed/a.csv")
    write("heads/a.csv", "a,b\n1,2\n"); write("heads/b.csv", "a,c\n1,2\n")
    fails("other headers", read("table", f"{FOLDER}/heads", "format=csv", *options(header="true")), "corrupt-data", "a.csv", "b.csv")
    write("both/day=7/a.csv", "a,day,b\n1,2,3\n")
    check("a column in file and folder", read("table", f"{FOLDER}/both", "format=csv", *options(header="true")),
          ("a string, b string, day int", [f"{x('1')}|{x('3')}|7"]))
    os.makedirs(f"{FOLDER}/p")
    parquet.write_table(pa.table({"a": pa.array([1, 2], pa.int64()), "b": ["x", "y"]}), f"{FOLDER}/p/1.parquet")
    parquet.write_table(pa.table({"b": ["z"], "a": pa.array([3], pa.int64())}), f"{FOLDER}/p/2.parquet")
    check("Parquet in another order", read("table", f"{FOLDER}/p"), ("a bigint, b string", ["1|x78", "2|x79", "3|x7a"]))
    parquet.write_table(pa.table({"a": pa.array([4], pa.int64()), "c": [1.5]}), f"{FOLDER}/p/3.parquet")
    fails("Parquet without a column", read("table", f"{FOLDER}/p"), "corrupt-data", "1.parquet", "3.parquet")
    check("merged", read("table", f"{FOLDER}/p", *options(mergeSchema="true")),
          ("a bigint, b string, c double", ["1|x78|null", "2|x79|null", "3|x7a|null", "4|null|d4609434218613702656"]))
    parquet.write_table(pa.table({"a": ["text"]}), f"{FOLDER}/p/4.parquet")
    fails("Parquet of another type", read("table", f"{FOLDER}/p", *options(mergeSchema="true")), "corrupt-data", "1.parquet", "4.parquet",
          "bigint", "string")


for each in (csv_modes, csv_schemas, compressed, json_modes, texts, writers, tables): each()
if program.close() != 0: failures.append("the program failed")
print("\n".join(failures))
print(f"checks={checks} failures={len(failures)}")
