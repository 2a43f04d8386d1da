"""Arrow's IPC format between programs: what pyarrow writes is read by formats-check, and what that writes by pyarrow, over
types, forms, compression, dictionaries, nulls and nesting; and damaged files, with what is said of them.

    arrow.py PROGRAM FOLDER ci|full

Prints what went wrong, and last how many combinations there were.
"""

import random
import struct
import sys

import pyarrow as pa
import pyarrow.ipc as ipc

from canonical import rows
from program import Program
from tables import NESTINGS, ROWS, TEXTS, TYPES, differs, digits, floats, integers, some, table

PROGRAM, FOLDER, SIZE = sys.argv[1:]
FORMS = ("file", "stream")
COMPRESSIONS = ("none", "lz4", "zstd")
text, few = TYPES["string"][1], lambda r: f"zone {r.randrange(9)}"


def span(r):
    return pa.MonthDayNano([r.randint(-99, 99), r.randint(-99, 99), r.randint(-(2**40), 2**40) * 1000])


# Types that Parquet does not have, or not so; others are those of Parquet.
ARROW = {name: (kind, make) for name, (kind, make, _) in TYPES.items()} | {
    "half": (pa.float16(), floats),
    "decimal3": (pa.decimal32(3, 1), digits(3, 1)),
    "decimal17": (pa.decimal64(17, 2), digits(17, 2)),
    "narrow256": (pa.decimal256(15, 3), digits(15, 3)),
    "wide256": (pa.decimal256(38, 10), digits(38, 10)),
    "date64": (pa.date64(), lambda r: r.randint(-100_000, 100_000) * 86_400_000),
    "whole seconds": (pa.timestamp("s"), lambda r: r.randint(-(2**33), 2**33)),
    "zoned": (pa.timestamp("ns", "Europe/Zurich"), lambda r: r.randint(-(2**60), 2**60)),
    "duration": (pa.duration("s"), lambda r: r.randint(-(2**31), 2**31)),
    "short duration": (pa.duration("ns"), lambda r: r.randint(-(2**50), 2**50)),
    "interval": (pa.month_day_nano_interval(), span),
    "large string": (pa.large_string(), text),
    "large binary": (pa.large_binary(), TYPES["binary"][1]),
    "string view": (pa.string_view(), text),
    "binary view": (pa.binary_view(), TYPES["binary"][1]),
    "dictionary 8": (pa.dictionary(pa.int8(), pa.string()), few),
    "dictionary u16": (pa.dictionary(pa.uint16(), pa.string()), few),
    "dictionary 32": (pa.dictionary(pa.int32(), pa.string()), few),
    "dictionary u64": (pa.dictionary(pa.uint64(), pa.binary()), lambda r: few(r).encode()),
    "dictionary of int": (pa.dictionary(pa.int16(), pa.int64()), integers(4)),
}
ARROW_NESTINGS = NESTINGS | {
    "large list": (pa.large_list, some, None),
    "fixed list": (lambda t: pa.list_(t, 3), lambda r, v: [v(), v(), v()], None),
}


def combinations():
    number = 0
    for name in ARROW:
        for nesting in ARROW_NESTINGS:
            for nulls in (0, 0.3, 1):
                # Structures whose part is never null cannot be made of nothing but null.
                if nulls == 1 and nesting == "needed": continue
                number += 1
                yield name, FORMS[number % 2], COMPRESSIONS[number // 2 % 3], nulls, nesting


def write(data, path, form, compression, batch_rows=300, **options):
    options = ipc.IpcWriteOptions(compression=None if compression == "none" else compression, **options)
    make = ipc.new_file if form == "file" else ipc.new_stream
    with make(path, data.schema, options=options) as writer:
        writer.write_table(data, max_chunksize=batch_rows)


def read(path, form):
    with (ipc.open_file if form == "file" else ipc.open_stream)(path) as reader:
        data = reader.read_all()
    data.validate(full=True)
    return data


def check(program, data, theirs, options, form, compression, fail):
    ours, dump, wanted = f"{FOLDER}/ours.arrow", f"{FOLDER}/rows.txt", rows(data)
    for batch in ("16384", "97"):
        _, got, _ = program.dump(theirs, dump, f"batch={batch}")
        if wrong := differs(got, wanted): fail(f"read from pyarrow, {wrong}")
    program.ask("write", theirs, ours, f"form={form}", f"compression={compression}", *options)
    try:
        if wrong := differs(rows(read(ours, form)), wanted): fail(f"read by pyarrow, {wrong}")
    except pa.ArrowException as error:
        fail(f"read by pyarrow, {error}")


def matrix(program, failures):
    chosen = list(combinations())
    if SIZE != "full":
        random.Random(1).shuffle(chosen)
        chosen = chosen[: len(chosen) // 8]
    for number, combination in enumerate(chosen):
        name, form, compression, nulls, nesting = combination
        def fail(what):
            failures.append(f"{combination}: {what}")
        theirs = f"{FOLDER}/theirs.arrow"
        try:
            data, _ = table(name, nulls, nesting, ARROW, ARROW_NESTINGS)
            write(data, theirs, form, compression, unify_dictionaries=form == "file")
            check(program, data, theirs, [f"dictionaries={number % 2}"], form, compression, fail)
        except RuntimeError as error:
            fail(error)
    return len(chosen)


def dictionaries(program, failures):
    """Dictionaries that grow, and that are replaced."""
    theirs = f"{FOLDER}/growing.arrow"
    for form in FORMS:
        for emits_deltas in (True, False):
            words = [["a", "b"], ["a", "b", "naïve"], ["a", "b", "naïve", "d"]]
            if form == "stream" and not emits_deltas: words = [["a", "b"], ["x"], ["y", "a", "b"]]
            chunks = [
                pa.DictionaryArray.from_arrays(pa.array([0, None, len(known) - 1] * 9, pa.int8()), pa.array(known))
                for known in words
            ]
            data = pa.table({"c": pa.chunked_array(chunks)})
            def fail(what):
                failures.append(f"dictionaries, {form}, deltas {emits_deltas}: {what}")
            write(data, theirs, form, "none", emit_dictionary_deltas=emits_deltas, unify_dictionaries=form == "file" and not emits_deltas)
            check(program, data, theirs, ["batch=10"], form, "none", fail)
    # Values of a dictionary may be null, and some be there twice.
    values = pa.array(["a", None, "a", "b"])
    data = pa.table({"c": pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3, None], pa.int16()), values)})
    write(data, theirs, "file", "none")
    _, got, _ = program.dump(theirs, f"{FOLDER}/rows.txt")
    if got != ["x61", "null", "x61", "x62", "null"]: failures.append(f"a dictionary with null: {got}")


def broken(kind, count, *buffers, children=()):
    """An array that pyarrow does not check."""
    return pa.Array.from_buffers(kind, count, [None] + [pa.py_buffer(buffer) for buffer in buffers], children=list(children))


def offsets(*numbers):
    return struct.pack(f"<{len(numbers)}i", *numbers)


def bad_arrays():
    """What is no such column, and what must be said of it. Offsets are changed in the file, since pyarrow checks them."""
    three, long = pa.array(["a", "bcdefg", "h"]), pa.array([range(77), [1] * 22], pa.list_(pa.int8()))
    sound = offsets(0, 1, 7, 8)
    yield three, (sound, offsets(0, 7, 1, 8)), "corrupt-data", "its offsets fall"
    yield three, (sound, offsets(-1, 1, 7, 8)), "corrupt-data", "its offsets fall"
    yield three, (sound, offsets(0, 1, 7, 99)), "corrupt-data", "ends where more must follow"
    yield long, (offsets(0, 77, 99), offsets(0, 77, 100)), "corrupt-data", "100 elements, of 99"
    for array, *wanted in unchecked():
        yield array, None, *wanted


def unchecked():
    yield broken(pa.string(), 2, offsets(0, 1, 3), b"a\xff\xfe"), "corrupt-data", "the text of row 1 of the batch is not UTF-8"
    yield broken(pa.string(), 2, offsets(0, 1, 2), "é".encode()), "corrupt-data", "is not UTF-8"
    yield broken(pa.decimal128(5, 2), 1, struct.pack("<qq", 10**6, 0)), "corrupt-data", "out of the range"
    yield broken(pa.timestamp("s"), 1, struct.pack("<q", 2**62)), "corrupt-data", "out of the range"
    yield pa.DictionaryArray.from_arrays(
        pa.array([0, 5], pa.int8()), pa.array(["a"]), safe=False), "corrupt-data", "not one of its 1"
    yield pa.nulls(2), "unsupported-type", "nothing but null"
    yield pa.array([1, 2], pa.time64("us")), "unsupported-type", "times without a day"
    yield pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([1])]), "unsupported-type", "unions"
    yield pa.array([7] * 9, pa.decimal256(76, 0)), "unsupported-type", "76 digits"


def bad_files(program, failures):
    path, dump, number = f"{FOLDER}/bad.arrow", f"{FOLDER}/rows.txt", 0
    def expect(note, *wanted):
        nonlocal number
        number += 1
        try:
            program.dump(path, dump)
            failures.append(f"{note} is read")
        except RuntimeError as error:
            missing = [part for part in (path, *wanted) if part not in str(error)]
            if missing: failures.append(f"{note}: {missing} is missing in {error}")
    for array, patch, *wanted in bad_arrays():
        good = pa.table({"first": pa.array(range(len(array)), pa.int32())})
        data = good.append_column("c", array)
        for form in FORMS:
            write(data, path, form, "none", allow_64bit=True)
            if patch:
                with open(path, "rb") as file: whole = file.read()
                assert whole.count(patch[0]) == 1, f"{patch[0]} is there {whole.count(patch[0])} times"
                with open(path, "wb") as file: file.write(whole.replace(*patch))
            place = ["record batch 0"] if wanted[0] == "corrupt-data" else []
            expect(f"{array.type} in a {form}", "column c", *place, *wanted)
    never = pa.table([pa.array([1, None])], schema=pa.schema([pa.field("c", pa.int64(), nullable=False)]))
    write(never, path, "file", "none")
    expect("null where none is", "record batch 0, column c", "null stands where its schema says that none does")
    # Every prefix of a file, and a stream that is cut anywhere but between two messages.
    data, _ = table("string", 0.3, "structs")
    for form in FORMS:
        write(data, path, form, "lz4")
        with open(path, "rb") as file: whole = file.read()
        for length in sorted(random.Random(5).sample(range(len(whole) - 8), 60)):
            with open(path, "wb") as file: file.write(whole[:length])
            if form == "file" or length == 0 or whole[length - 8 : length] == whole[-8:]:
                expect(f"{length} bytes of a {form}", "corrupt-data")
                continue
            try: program.dump(path, dump)
            except RuntimeError as error:
                number += 1
                if "corrupt-data" not in str(error): failures.append(f"{length} bytes of a stream: {error}")
    with open(path, "wb") as file: file.write(b"no file of columns at all, but long enough")
    expect("a text", "error")
    return number


def main():
    program, failures = Program(PROGRAM), []
    count = matrix(program, failures)
    dictionaries(program, failures)
    refused = bad_files(program, failures)
    if program.close() != 0: failures.append("the program failed")
    print("\n".join(map(str, failures[:20])))
    print(f"combinations={count} failures={len(failures)} refused={refused}")


main()
