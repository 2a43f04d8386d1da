"""Writes a hostile Parquet file: the chunk of a row group begins within another one's, so that one dictionary has two headers."""

import random
import struct

import pyarrow as pa

ROWS, VALUES = 8, 4000


def varint(number):
    out = b""
    while number >= 128:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def zigzag(number):
    return varint(number << 1)


class Structure:
    """A structure of Thrift's compact protocol, field by field."""

    def __init__(self):
        self.bytes, self.last = b"", 0

    def field(self, number, kind, value):
        step, self.last = number - self.last, number
        self.bytes += (bytes([step << 4 | kind]) if step < 16 else bytes([kind]) + zigzag(number)) + value
        return self

    def int32(self, number, value): return self.field(number, 5, zigzag(value))
    def int64(self, number, value): return self.field(number, 6, zigzag(value))
    def text(self, number, value): return self.field(number, 8, varint(len(value)) + value)
    def inner(self, number, value): return self.field(number, 12, value.end())

    def list(self, number, kind, items):
        return self.field(number, 9, bytes([len(items) << 4 | kind]) + b"".join(items))

    def end(self): return self.bytes + b"\0"


def dictionary_header(size, compressed, count):
    page = Structure().int32(1, count).int32(2, 0)
    return Structure().int32(1, 2).int32(2, size).int32(3, compressed).inner(7, page)


def data_header(size, compressed, encoding):
    page = Structure().int32(1, ROWS).int32(2, encoding).int32(3, 3).int32(4, 3)
    return Structure().int32(1, 0).int32(2, size).int32(3, compressed).inner(5, page).end()


def column(name, codec, data, dictionary, end):
    meta = Structure().int32(1, 2).list(2, 5, [zigzag(0), zigzag(8)]).list(3, 8, [varint(len(name)) + name])
    start = data if dictionary is None else dictionary
    meta.int32(4, codec).int64(5, ROWS).int64(6, end - start).int64(7, end - start).int64(9, data)
    if dictionary is not None: meta.int64(11, dictionary)
    return Structure().int64(2, 0).inner(3, meta).end()


def write(path, claimed):
    """Row group 1 has no row with f = 1, so its dictionary, which is decompressed along with row group 0's, is not asked for.
    The chunk of row group 2 begins before it, with a header that hides the first one and claims `claimed` bytes."""
    out, r = bytearray(b"PAR1"), random.Random(1)
    values = struct.pack(f"<{VALUES}q", *(r.randrange(1 << 62) for _ in range(VALUES)))
    packed = pa.compress(values, codec="snappy", asbytes=True)

    def flags(value):
        start, body = len(out), struct.pack(f"<{ROWS}q", *[value] * ROWS)
        out.extend(data_header(len(body), len(body), 0) + body)
        return column(b"f", 0, start, None, len(out))

    def numbers(before, code, width):
        codes = bytes([width]) + varint(ROWS << 1) + code.to_bytes((width + 7) // 8, "little")
        short = pa.compress(codes, codec="snappy", asbytes=True)
        outer = len(out)
        out.extend(before)
        start = len(out)
        out.extend(dictionary_header(len(values), len(packed), VALUES).end() + packed)
        data = len(out)
        out.extend(data_header(len(codes), len(short), 8) + short)
        return column(b"v", 1, data, start, len(out)), column(b"v", 1, data, outer, len(out))

    honest = dictionary_header(len(values), len(packed), VALUES).end()
    # An unknown field of so many bytes, and then the honest header's last byte ends this one too.
    hiding = dictionary_header(claimed, len(packed), claimed // 8).field(15, 8, b"").bytes + varint(len(honest) - 1)
    groups = [(flags(1), numbers(b"", 5, 12)[0])]
    none, (inner, outer) = flags(0), numbers(hiding, claimed // 8 - 1, 32)
    groups += [(none, inner), (flags(1), outer)]
    footers = [Structure().list(1, 12, list(group)).int64(2, 1000).int64(3, ROWS).end() for group in groups]
    leaves = [Structure().int32(1, 2).int32(3, 0).text(4, name).end() for name in (b"f", b"v")]
    schema = [Structure().text(4, b"schema").int32(5, 2).end(), *leaves]
    footer = Structure().int32(1, 1).list(2, 12, schema).int64(3, 3 * ROWS).list(4, 12, footers).end()
    with open(path, "wb") as file:
        file.write(out + footer + struct.pack("<I", len(footer)) + b"PAR1")
