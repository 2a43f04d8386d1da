/// A value that wrote itself by its `Codable` conformance, as a tree. It travels by a layout of its own, like any enum.
enum CodedValue: Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case wide(Int128)
  case unsignedWide(UInt128)
  case float(Float)
  case double(Double)
  case string(String)
  /// A list of nothing but `UInt8`, which is how bytes write themselves.
  case bytes([UInt8])
  case list([CodedValue])
  case keyed([Entry])

  struct Entry: Equatable {
    let key: String
    var value: CodedValue
  }
}
