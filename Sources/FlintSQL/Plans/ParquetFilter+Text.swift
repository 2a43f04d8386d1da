internal import FlintFormats

extension ParquetFilter {
  /// For explanations.
  var text: String {
    switch condition {
    case .equal(let value): "\(column) = \(value.text)"
    case .notEqual(let value): "\(column) <> \(value.text)"
    case .less(let value): "\(column) < \(value.text)"
    case .lessOrEqual(let value): "\(column) <= \(value.text)"
    case .greater(let value): "\(column) > \(value.text)"
    case .greaterOrEqual(let value): "\(column) >= \(value.text)"
    case .isIn(let values): "\(column) in (\(values.map(\.text).joined(separator: ", ")))"
    case .isNull: "\(column) is null"
    case .isNotNull: "\(column) is not null"
    }
  }
}

extension ParquetFilter.Value {
  fileprivate var text: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .double(let value): "\(value)"
    case .bytes(let bytes): "'\(String(decoding: bytes, as: UTF8.self))'"
    }
  }
}
