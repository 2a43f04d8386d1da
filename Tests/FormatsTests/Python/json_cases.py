"""JSON lines. Where pyarrow and DuckDB read the same, so must Flint; the others say by which rule Flint reads them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    # The columns with their types, as Spark writes those.
    columns: str
    options: dict = field(default_factory=dict)
    # Where the two differ: why Flint reads it as it does, and the rows as canonical text; None for an error.
    rule: str = ""
    rows: tuple = ()


def case(name, data, *columns, rule="", rows=(), **options):
    data = data.encode() if isinstance(data, str) else data
    return Case(name, data, ", ".join(columns or ("a bigint", "b string")), options, rule, rows)


CASES = (
    case("plain", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'),
    case("no line end at the end", '{"a":1,"b":"x"}'),
    case("carriage returns and line feeds", '{"a":1,"b":"x"}\r\n{"a":2,"b":"y"}\r\n'),
    case("empty lines", '{"a":1,"b":"x"}\n\n\n{"a":2,"b":"y"}\n\n'),
    case("blanks everywhere", ' { "a" : 1 , "b" : "x" } \n\t{"a":\t2}\n'),
    case("byte order mark", b'\xef\xbb\xbf{"a":1,"b":"x"}\n', rule="a mark is no part of the text", rows=("1|x78",)),
    case("missing fields", '{"a":1}\n{"b":"y"}\n{}\n'),
    case("unknown fields", '{"c":[1,{"d":2}],"a":1,"e":null,"b":"x","f":"\\"}"}\n'),
    case("other order", '{"b":"x","a":1}\n'),
    case("null", '{"a":null,"b":null}\n'),
    case("empty text", '{"a":1,"b":""}\n'),
    case("escapes", '{"b":"\\"\\\\\\/\\b\\f\\n\\r\\t"}\n'),
    case("escaped characters", '{"b":"\\u00e4\\u6f22\\uD83E\\uDD8A"}\n'),
    case("escapes in names", '{"\\u0061":1,"b":"x"}\n'),
    case("half of a pair", '{"b":"\\ud800x"}\n'),
    case("UTF-8", '{"b":"äö漢🦊"}\n'),
    case("not UTF-8", b'{"b":"\xff"}\n'),
    case("a control character in a text", b'{"b":"a\x01b"}\n'),
    case("large numbers", '{"a":9223372036854775807}\n{"a":-9223372036854775808}\n'),
    case("number out of range", '{"a":9223372036854775808}\n'),
    case("small types", '{"a":127,"b":-32768}\n', "a tinyint", "b smallint"),
    case("a fraction for a whole number", '{"a":1.5}\n', rule="a whole number has no fraction", rows=None),
    case("an exponent for a whole number", '{"a":1e3}\n', rule="a whole number has no exponent", rows=None),
    case("a text for a number", '{"a":"x"}\n'),
    case("a number for a text", '{"b":12}\n', rule="any value is a text of JSON", rows=("null|x3132",)),
    case("an object for a text", '{"b":{"c": [1, 2]}}\n', rule="any value is a text of JSON",
         rows=("null|" + "x" + b'{"c": [1, 2]}'.hex(),)),
    case("a number for a truth value", '{"a":2}\n', "a boolean", rule="only true and false are", rows=None),
    case("truth values", '{"a":true}\n{"a":false}\n{"a":null}\n', "a boolean"),
    case("floating-point numbers", '{"a":0.1,"b":1e10}\n{"a":-0.0,"b":1E-320}\n{"a":3,"b":123456789.123456789}\n', "a double", "b double"),
    case("not a number", '{"a":NaN,"b":1}\n', "a double", "b double"),
    case("days", '{"a":"2024-02-29","b":"1969-12-31"}\n', "a date", "b date", rule="pyarrow reads no days", rows=("19782|-1",)),
    case("a day that there is not", '{"a":"2023-02-29"}\n', "a date"),
    case("times", '{"a":"2024-02-29 12:34:56"}\n{"a":"2024-02-29T12:34:56"}\n{"a":"1969-12-31 23:59:59"}\n', "a timestamp"),
    case("times with offsets", '{"a":"2024-02-29T12:34:56+02:00"}\n', "a timestamp", rule="they are moments", rows=("1709202896000000",)),
    case("lists", '{"a":[1,2,3]}\n{"a":[]}\n{"a":null}\n{"a":[null,4]}\n', "a array<bigint>"),
    case("lists of lists", '{"a":[[1],[],null,[2,3]]}\n', "a array<array<bigint>>"),
    case("structures", '{"a":{"x":1,"y":"z"}}\n{"a":{"y":"w"}}\n{"a":null}\n{}\n', "a struct<x:bigint,y:string>"),
    case("structures in lists", '{"a":[{"x":1},{"x":null},{},null]}\n', "a array<struct<x:bigint>>"),
    case("lists in structures", '{"a":{"x":[1,2]}}\n{"a":{}}\n', "a struct<x:array<bigint>>"),
    case("a list for a structure", '{"a":[1]}\n', "a struct<x:bigint>"),
    case("a structure for a list", '{"a":{"x":1}}\n', "a array<bigint>"),
    case("maps", '{"a":{"x":1,"y":2}}\n{"a":{}}\n{"a":null}\n', "a map<string,bigint>", rule="pyarrow reads no maps of objects",
         rows=("<x78=1,x79=2>", "<>", "null")),
    case("decimals", '{"a":1.25,"b":-3}\n', "a decimal(10,2)", "b decimal(38,0)"),
    case("a field that comes twice", '{"a":1,"a":2}\n'),
    case("names in other letters", '{"A":1,"B":"x"}\n'),
    case("no JSON", "hello\n"),
    case("a comma at the end", '{"a":1,}\n', rule="JSON has none", rows=None),
    case("a missing comma", '{"a":1 "b":"x"}\n'),
    case("a missing colon", '{"a" 1}\n'),
    case("a missing brace", '{"a":1\n{"a":2}\n'),
    case("something behind a record", '{"a":1} x\n'),
    case("two records in a line", '{"a":1} {"a":2}\n', rule="a line is one record", rows=None),
    case("a record over two lines", '{"a":1,\n"b":"x"}\n', rule="a line is one record", rows=None),
    case("a number alone", "12\n"),
    case("an array in a line", '[{"a":1},{"a":2}]\n', rule="as Spark does: its elements are records", rows=("1|null", "2|null")),
    case("leading zeros", '{"a":012}\n'),
    case("a plus sign", '{"a":+1}\n'),
    case("a point without digits", '{"a":1.}\n', "a double"),
    case("a bad escape", '{"b":"\\x"}\n'),
    case("single quotes", "{'a':1,'b':'it\\'s \"x\"'}\n", rule="as Spark does: they are quotes unless options say no", rows=("1|x" + b'it\'s "x"'.hex(),)),
    case("names without quotes", '{a:1,b:"x"}\n'),
    case("allowed names without quotes", '{a:1,b:"x"}\n', allowUnquotedFieldNames="true", rule="only Flint is asked", rows=("1|x78",)),
    case("comments", '{"a":1 /* one */,"b":"x"} // two\n'),
    case("allowed comments", '{"a":1 /* one */,"b":"x"} // two\n', allowComments="true", rule="only Flint is asked", rows=("1|x78",)),
    case("an array over lines", '[\n {"a":1},\n {"a":2,\n"b":"x"}\n]\n', multiLine="true", rule="only Flint is asked",
         rows=("1|null", "2|x78")),
    case("values over lines", '{"a":1,\n"b":"x"}\n{"a":2}{"a":3}', multiLine="true", rule="only Flint is asked",
         rows=("1|x78", "2|null", "3|null")),
    case("an array with a comma at its end", '[{"a":1},]', multiLine="true", rule="only Flint is asked", rows=None),
    case("an array that does not end", '[{"a":1}', multiLine="true", rule="only Flint is asked", rows=None),
    case("deep nesting", '{"c":' + "[" * 500 + "]" * 500 + "}\n"),
    case("long texts", '{"b":"' + "x" * 600_000 + '"}\n' + '{"b":"' + "y\\n" * 300_000 + '"}\n', multiLine="false"),
    case("many records", "".join(f'{{"a":{n},"b":"{n}"}}\n' for n in range(20_000))),
    case("nothing", "", rule="an empty file has no rows"),
)
