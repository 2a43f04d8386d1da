"""Nasty separated texts. Where pyarrow and DuckDB read the same, so must Flint; the others say by which rule Flint reads them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    # The columns with their types.
    columns: str = "a string, b string"
    # Options by Spark's names.
    options: dict = field(default_factory=dict)
    # Where the two differ: why Flint reads it as it does, and the rows as canonical text; None for an error.
    rule: str = ""
    rows: tuple = ()


def case(name, data, columns="a string, b string", rule="", rows=(), **options):
    data = data.encode() if isinstance(data, str) else data
    return Case(name, data, columns, options, rule, rows)


H = {"header": "true"}
M = {"multiLine": "true"}
THREE = "a string, b string, c string"
LONG = "x" * 70_000

CASES = (
    # Line ends.
    case("plain", "1,2\n3,4\n"),
    case("no line end at the end", "1,2\n3,4"),
    case("carriage returns and line feeds", "1,2\r\n3,4\r\n"),
    case("carriage returns alone", "1,2\r3,4\r"),
    case("mixed line ends", "1,2\n3,4\r\n5,6\r\n7,8\n", rule="each line end ends a record",
         rows=("x31|x32", "x33|x34", "x35|x36", "x37|x38")),
    case("a return at the very end", "1,2\r\n3,4\r"),
    case("empty lines between", "1,2\n\n3,4\n\n\n5,6\n"),
    case("empty lines of returns", "1,2\r\n\r\n3,4\r\n"),
    case("empty lines at the start", "\n\n1,2\n"),
    case("empty lines at the end", "1,2\n3,4\n\n\n"),
    # Headers and marks.
    case("header", "a,b\n1,2\n", **H),
    case("header alone", "a,b\n", **H),
    case("header without a line end", "a,b", rule="a header alone is a file without rows", **H),
    case("quoted header", '"a","b"\n1,2\n', **H),
    case("byte order mark", b"\xef\xbb\xbf1,2\n"),
    case("byte order mark before a header", b"\xef\xbb\xbfa,b\n1,2\n", **H),
    case("byte order mark before a quote", b'\xef\xbb\xbf"a","b"\n1,2\n', **H),
    # Quotes.
    case("quoted separator", '"1,5",2\n'),
    case("quoted quote", '"say ""hi""",2\n'),
    case("only quotes", '"""""",2\n'),
    case("quoted empty text", '"",2\n3,""\n'),
    case("quoted blanks", '" ",2\n'),
    case("quoted line feed", '"1\n5",2\n3,4\n', **M),
    case("quoted return and line feed", '"1\r\n5",2\r\n3,4\r\n', **M),
    case("quoted line of separators", '"a,b\nc,d\ne,f",2\n', **M),
    case("quoted empty lines", '"a\n\n\nb",2\n', **M),
    case("quote in the middle", 'ab"c,2\n'),
    case("quote at the end of a value", 'ab",2\n'),
    case("two quotes in the middle", 'a"b"c,2\n'),
    case("inches", '5",6"\n7",8"\n'),
    case("text behind a closing quote", '"ab"cd,2\n', rule="it belongs to the value as it stands", rows=("x61626364|x32",)),
    case("blanks behind a closing quote", '"ab"  ,2\n', rule="they belong to the value as they stand", rows=("x61622020|x32",)),
    case("blanks before a quote", '  "ab",2\n'),
    case("quote that is never closed", '1,2\n"3,4\n5,6\n', **M),
    case("quote that is not closed in its line", '1,2\n3,"4\n5,6\n', rule="without multiLine a line end ends a record, and the quote is open",
         rows=None),
    case("quoted fields of 64 bytes", "".join('"' + "q" * n + '",' + "z" * n + "\n" for n in range(50, 80))),
    case("quotes around the border of a block", "x" * 61 + ',"a""b",\n' + "y" * 60 + ',"",""\n', THREE),
    case("a long value", LONG + ",2\n"),
    case("a long quoted value", '"' + LONG + '\n",2\n', **M),
    case("single quotes as quotes", "'a,b',2\n'it''s',4\n", quote="'"),
    case("no quotes at all", '"a,b"\n', quote=""),
    # Escapes.
    case("escaped quote", '"a\\"b",2\n', escape="\\"),
    case("escaped escape", '"a\\\\",2\n', escape="\\"),
    case("escape before anything else", '"a\\nb",2\n', escape="\\"),
    case("backslash without meaning", '"a\\",b\\n\n'),
    # Separators.
    case("tabs", "1\t2\n3\t4\n", sep="\t"),
    case("semicolons", "1;2,5\n", sep=";"),
    case("bars", "1|2\n|\n", sep="|"),
    case("low control bytes", "1\x012\n", sep="\x01"),
    case("separator at the end", "1,2,\n3,4,\n", THREE),
    case("only separators", ",,\n,,\n", THREE),
    case("one column", "1\n2\n", "a string"),
    case("one column with empty lines", "1\n\n2\n", "a string", rule="an empty line is no record", rows=("x31", "x32")),
    case("one quoted column with an empty text", '1\n""\n2\n', "a string"),
    case("a hundred columns", ",".join(map(str, range(100))) + "\n", ", ".join(f"c{n} string" for n in range(100))),
    case("many short records", "1,2\n" * 30_000),
    # Ragged records.
    case("too few fields", "1,2\n3\n5,6\n"),
    case("too many fields", "1,2\n3,4,5\n6,7\n"),
    case("line of blanks", "1,2\n   \n3,4\n"),
    # Null.
    case("empty values", "1,\n,2\n"),
    case("a word for null", "NA,2\n1,NA\n", nullValue="NA"),
    case("a quoted word for null", '"NA",2\n', nullValue="NA"),
    case("a word for null and empty values", "NA,\n1,2\n", nullValue="NA"),
    case("null in typed columns", "1,1.5\n,\n", "a int, b double"),
    case("quoted empty number", '"",1\n', "a int, b int"),
    # Types.
    case("whole numbers", "0,-1\n2147483647,-2147483648\n007,+5\n", "a int, b int", rule="a number may have a plus sign",
         rows=("0|-1", "2147483647|-2147483648", "7|5")),
    case("large numbers", "9223372036854775807,-9223372036854775808\n1234567890123456,12345678901234567\n", "a bigint, b bigint"),
    case("number out of range", "1,2\n2147483648,3\n", "a int, b int"),
    case("larger than 64 bits", "9223372036854775808,1\n", "a bigint, b int"),
    case("a text for a number", "1,2\nx,3\n", "a int, b int"),
    case("a fraction for a whole number", "1.5,2\n", "a int, b int", rule="a whole number has no fraction", rows=None),
    case("quoted numbers", '"1","-2"\n', "a int, b int"),
    case("numbers with blanks", " 1, 2\n3 ,4 \n", "a int, b int"),
    case("floating-point numbers", "0.1,1e10\n-0.0,1E-320\n123456.789012,1.7976931348623157e308\n.5,5.\n3.14159265358979,12345678.12345678\n"
         "0.30000000000000004,9007199254740993\n", "a double, b double"),
    case("floats", "0.1,16777217\n1e-45,3.4028235e38\n", "a float, b float"),
    case("not a number", "NaN,inf\n-inf,nan\n", "a double, b double"),
    case("decimals", "1.25,1\n-0.01,99999999.99\n.5,+1.5\n", "a decimal(10,2), b decimal(10,2)"),
    case("decimals with more digits", "1.255,1.254\n", "a decimal(10,2), b decimal(10,2)", rule="they are rounded, halves away from zero",
         rows=("126|125",)),
    case("wide decimals", "12345678901234567890.1234567890,1\n", "a decimal(38,10), b int"),
    case("decimal out of range", "123456789.01,1\n", "a decimal(10,2), b int"),
    case("days", "2024-02-29,1969-12-31\n0001-01-01,9999-12-31\n", "a date, b date"),
    case("a day that there is not", "2023-02-29,2024-01-01\n", "a date, b date"),
    case("times", "2024-02-29 12:34:56,1969-12-31T23:59:59\n2024-01-01 00:00:00.5,2024-01-01 00:00:00.123456\n",
         "a timestamp, b timestamp"),
    case("a time that there is not", "2024-01-01 24:00:00,2024-01-01 00:00:00\n", "a timestamp, b timestamp",
         rule="a day ends before 24 o'clock", rows=None),
    case("truth values", "true,false\nTRUE,False\n", "a boolean, b boolean"),
    # Bytes.
    case("UTF-8", "ä,ö\n漢字,🦊\n"),
    case("UTF-8 over a border of a block", "x" * 62 + "ä,é" * 1 + "\n"),
    case("not UTF-8", b"1,2\n\xff,4\n"),
    case("a zero byte", b"a\x00b,2\n"),
    case("comments", "# one\n1,2\n# 'two', \"three\n3,4\n", comment="#",
         rule="pyarrow knows no comments", rows=("x31|x32", "x33|x34")),
    # Blanks.
    case("leading blanks", "  1,  2\n", ignoreLeadingWhiteSpace="true", rule="only Flint is asked", rows=("x31|x32",)),
    case("trailing blanks", "1  ,2  \n", ignoreTrailingWhiteSpace="true", rule="only Flint is asked", rows=("x31|x32",)),
    case("blanks that count", " 1 , 2 \n"),
    case("nothing", "", rule="an empty file has no rows"),
    case("quoted value behind blanks", '  "a,b",2\n', ignoreLeadingWhiteSpace="true", rule="only Flint is asked", rows=("x612c62|x32",)),
)
