"""Values as the text that formats-check writes, so that rows can be compared cell by cell."""

import decimal
import struct

import pyarrow as pa

# Microseconds are the number times the first, divided by the second.
UNITS = {"s": (1_000_000, 1), "ms": (1000, 1), "us": (1, 1), "ns": (1, 1000)}


def rows(table, maps_as_lists=False):
    """A line for each row of a table, its cells with bars between them."""
    columns = [cells(column, maps_as_lists) for column in table.columns]
    return ["|".join(row) for row in zip(*columns)]


def cells(array, maps_as_lists=False):
    """The text of each value of an array."""
    kind = array.type
    if isinstance(array, pa.ChunkedArray):
        return [cell for chunk in array.chunks for cell in cells(chunk, maps_as_lists)]
    if pa.types.is_dictionary(kind):
        # Under a structure that is null any number may stand.
        values = dict(enumerate(cells(array.dictionary, maps_as_lists)))
        return [values.get(number, "null") for number in array.indices.to_pylist()]
    if pa.types.is_struct(kind):
        parts = [cells(array.field(index), maps_as_lists) for index in range(kind.num_fields)]
        text = ["{" + ",".join(part[row] for part in parts) + "}" for row in range(len(array))]
    elif pa.types.is_map(kind):
        keys, values = cells(array.keys, maps_as_lists), cells(array.items, maps_as_lists)
        if maps_as_lists:
            entries = [f"{{{key},{value}}}" for key, value in zip(keys, values)]
            text = ["[" + ",".join(entries[first:last]) + "]" for first, last in spans(array)]
        else:
            entries = [f"{key}={value}" for key, value in zip(keys, values)]
            text = ["<" + ",".join(entries[first:last]) + ">" for first, last in spans(array)]
    elif pa.types.is_fixed_size_list(kind):
        elements, size = cells(array.values.slice(array.offset * kind.list_size), maps_as_lists), kind.list_size
        text = ["[" + ",".join(elements[row * size : (row + 1) * size]) + "]" for row in range(len(array))]
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        elements = cells(array.values, maps_as_lists)
        text = ["[" + ",".join(elements[first:last]) + "]" for first, last in spans(array)]
    else:
        text = [scalar(kind, value) for value in plain(kind, array)]
    return [cell if is_valid else "null" for cell, is_valid in zip(text, array.is_valid().to_pylist())]


def spans(array):
    """Where the elements of each list or map lie. Under null anything may stand."""
    offsets = array.offsets.to_pylist()
    return [(first or 0, last or 0) for first, last in zip(offsets, offsets[1:])]


def plain(kind, array):
    """Values as Python has them; times and days as numbers."""
    if pa.types.is_timestamp(kind):
        factor, divisor = UNITS[kind.unit]
        numbers = array.cast(pa.int64()).to_pylist()
        return [None if number is None else number * factor // divisor for number in numbers]
    if pa.types.is_date32(kind):
        return array.cast(pa.int32()).to_pylist()
    if pa.types.is_date64(kind):
        return [None if number is None else number // 86_400_000 for number in array.cast(pa.int64()).to_pylist()]
    if pa.types.is_duration(kind):
        factor, divisor = UNITS[kind.unit]
        numbers = array.cast(pa.int64()).to_pylist()
        return [None if number is None else pa.MonthDayNano([0, 0, number * factor // divisor * 1000]) for number in numbers]
    return array.to_pylist()


def scalar(kind, value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if pa.types.is_float64(kind):
        return "dnan" if value != value else "d%d" % struct.unpack("<Q", struct.pack("<d", value))[0]
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        value = float(value)
        return "fnan" if value != value else "f%d" % struct.unpack("<I", struct.pack("<f", value))[0]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, pa.MonthDayNano):
        return f"i{value.months}/{value.days}/{value.nanoseconds // 1000}"
    if isinstance(value, decimal.Decimal):
        with decimal.localcontext() as context:
            context.prec = 60
            return str(int(value.scaleb(kind.scale)))
    if isinstance(value, str):
        return "x" + value.encode().hex()
    if isinstance(value, bytes):
        return "x" + value.hex()
    raise TypeError(f"{kind}: {value!r}")
