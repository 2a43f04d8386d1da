"""Random columns of many types and nestings, the same in every run."""

import decimal
import math
import random

import pyarrow as pa

ROWS = 700
PLAIN, DICTIONARY, DELTA, SPLIT = "plain", "dictionary", "deltaBinaryPacked", "byteStreamSplit"
LENGTHS, SHARED, RUNS, INT96 = "deltaLengthByteArray", "deltaByteArray", "rle", "int96"
TEXTS = ("", "a", "bc", "naïve", "x" * 40, "日本語", "🦊" * 9)


def integers(bits, signed=True):
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return lambda r: r.choice((low, high, 0, 1, r.randint(low, high), r.randint(max(low, -9), 9)))


def digits(count, scale):
    wide = decimal.Context(prec=60)

    def make(r):
        number = r.choice((0, 10**count - 1, 1 - 10**count, r.randrange(10**count)))
        return decimal.Decimal(number).scaleb(-scale, wide)

    return make


def floats(r):
    return r.choice((0.0, -0.0, math.nan, math.inf, -math.inf, r.random(), 1.5))


def runs():
    """Values that come several times, one behind another, as those of a sorted column do."""
    value, left = 0, 0

    def make(r):
        nonlocal value, left
        if left == 0:
            value, left = r.randrange(5), r.choice((1, 2, 7, 8, 9, r.randrange(1, 40)))
        left -= 1
        return value

    return make


# Type, how a value is made, and the encodings that it can have.
TYPES = {
    "boolean": (pa.bool_(), lambda r: r.random() < 0.5, (PLAIN, RUNS)),
    "int8": (pa.int8(), integers(8), (PLAIN, DICTIONARY, DELTA, SPLIT)),
    "int16": (pa.int16(), integers(16), (PLAIN, DICTIONARY, DELTA)),
    "int32": (pa.int32(), integers(32), (PLAIN, DICTIONARY, DELTA, SPLIT)),
    "int64": (pa.int64(), integers(64), (PLAIN, DICTIONARY, DELTA, SPLIT)),
    "uint8": (pa.uint8(), integers(8, False), (PLAIN, DICTIONARY)),
    "uint16": (pa.uint16(), integers(16, False), (PLAIN, DELTA)),
    "uint32": (pa.uint32(), integers(32, False), (PLAIN, DICTIONARY, DELTA)),
    "uint64": (pa.uint64(), integers(64, False), (PLAIN, DICTIONARY)),
    "float": (pa.float32(), floats, (PLAIN, DICTIONARY, SPLIT)),
    "double": (pa.float64(), floats, (PLAIN, DICTIONARY, SPLIT)),
    "decimal9": (pa.decimal128(9, 2), digits(9, 2), (PLAIN, DICTIONARY, SPLIT)),
    "decimal18": (pa.decimal128(18, 4), digits(18, 4), (PLAIN, DICTIONARY)),
    "decimal38": (pa.decimal128(38, 10), digits(38, 10), (PLAIN, DICTIONARY, SHARED, SPLIT)),
    "runs": (pa.int32(), runs(), (DICTIONARY,)),
    "date": (pa.date32(), lambda r: r.choice((-719162, 0, r.randint(-100_000, 100_000))), (PLAIN, DICTIONARY, DELTA)),
    "seconds": (pa.timestamp("ms"), lambda r: r.randint(-(2**40), 2**40), (PLAIN, DELTA)),
    "micros": (pa.timestamp("us", "UTC"), lambda r: r.randint(-(2**52), 2**52), (PLAIN, DICTIONARY, DELTA)),
    "nanos": (pa.timestamp("ns"), lambda r: r.randint(-(2**60), 2**60), (PLAIN, DICTIONARY, INT96)),
    "string": (pa.string(), lambda r: r.choice(TEXTS), (PLAIN, DICTIONARY, LENGTHS, SHARED)),
    "key": (pa.string(), lambda r: f"customer-{r.randrange(10**9):012}", (PLAIN, DICTIONARY, LENGTHS, SHARED)),
    "binary": (pa.binary(), lambda r: r.randbytes(r.randrange(20)), (PLAIN, DICTIONARY, LENGTHS, SHARED)),
    "fixed": (pa.binary(5), lambda r: r.randbytes(5), (PLAIN, DICTIONARY, SHARED, SPLIT)),
}


def maybe(r, nulls, make):
    return None if r.random() < nulls else make()


def some(r, make):
    return [make() for _ in range(r.randrange(4))]


def never_null(make):
    while (value := make()) is None:
        pass
    return value


def pairs(r, make):
    return [(key, make()) for key in r.sample("abcdef", r.randrange(4))]


# The type, a value, and the path of the leaf.
NESTINGS = {
    "flat": (lambda t: t, lambda r, v: v(), "c"),
    "list": (pa.list_, some, "c.list.element"),
    "struct": (lambda t: pa.struct([("x", t), ("y", pa.int32())]), lambda r, v: {"x": v(), "y": r.choice((None, 7))}, "c.x"),
    "needed": (lambda t: pa.struct([pa.field("x", t, nullable=False)]), lambda r, v: {"x": never_null(v)}, "c.x"),
    "map": (lambda t: pa.map_(pa.string(), t), pairs, "c.key_value.value"),
    "lists": (lambda t: pa.list_(pa.list_(t)), lambda r, v: some(r, lambda: r.choice((None, some(r, v)))),
              "c.list.element.list.element"),
    "structs": (lambda t: pa.list_(pa.struct([("x", t)])), lambda r, v: some(r, lambda: r.choice((None, {"x": v()}))),
                "c.list.element.x"),
}


def table(name, nulls, nesting, types=TYPES, nestings=NESTINGS):
    kind, make, *_ = types[name]
    wrap, value, path = nestings[nesting]
    r = random.Random(f"{name} {nulls} {nesting}")
    values = [maybe(r, nulls, lambda: value(r, lambda: maybe(r, nulls, lambda: make(r)))) for _ in range(ROWS)]
    whole = wrap(kind)
    # Columns without nulls say so, and have no levels.
    schema = pa.schema([pa.field("c", whole, nullable=nulls > 0), pa.field("n", pa.int32())])
    return pa.table([array(values, whole), pa.array(range(ROWS), pa.int32())], schema=schema), path


def array(values, kind):
    """Numbers as days and times too, which pyarrow takes at the top only."""
    def stored(t):
        if pa.types.is_timestamp(t) or pa.types.is_duration(t) or pa.types.is_date64(t): return pa.int64()
        if pa.types.is_float16(t): return pa.float32()
        if pa.types.is_date32(t): return pa.int32()
        if pa.types.is_list(t): return pa.list_(stored(t.value_type))
        if pa.types.is_large_list(t): return pa.large_list(stored(t.value_type))
        if pa.types.is_fixed_size_list(t): return pa.list_(stored(t.value_type), t.list_size)
        if pa.types.is_map(t): return pa.map_(t.key_type, stored(t.item_type))
        if pa.types.is_struct(t): return pa.struct([(f.name, stored(f.type)) for f in t])
        return t
    return pa.array(values, stored(kind)).cast(kind)


def differs(got, wanted):
    """The first row that differs, or nothing."""
    if len(got) != len(wanted):
        return f"{len(got)} rows instead of {len(wanted)}"
    return next((f"row {row}: {a} instead of {b}" for row, (a, b) in enumerate(zip(got, wanted)) if a != b), None)
