extension DataType: CustomStringConvertible {
  /// As Spark prints it: `bigint`, `decimal(12,2)`, `array<string>`, `struct<zone:int,fare:double>`.
  public var description: String {
    switch self {
    case .boolean: "boolean"
    case .int8: "tinyint"
    case .int16: "smallint"
    case .int32: "int"
    case .int64: "bigint"
    case .float: "float"
    case .double: "double"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .date: "date"
    case .timestamp: "timestamp"
    case .interval: "interval"
    case .string: "string"
    case .binary: "binary"
    case .list(let element): "array<\(element.type)>"
    case .structure(let fields):
      "struct<" + fields.map { "\($0.name):\($0.type)" }.joined(separator: ",") + ">"
    case .map(let key, let value): "map<\(key.type),\(value.type)>"
    }
  }
}
