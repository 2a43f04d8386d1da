internal import FlintColumns

/// A column that is written, or a part of one: how its values lie in the file.
final class ArrowColumn {
  let field: Field
  /// The values that its numbers stand for; nil where it has the values themselves.
  let dictionary: ArrowDictionary?
  let parts: [ArrowColumn]

  /// A column like the vectors of the first batch; without one it has no dictionary. `count` numbers the dictionaries.
  init(_ field: Field, _ vector: Vector?, dictionaries count: inout Int64, _ memory: ColumnMemory) throws(FormatFault) {
    self.field = field
    if let vector, vector.isDictionary, field.type.physical == .text {
      dictionary = try ArrowDictionary(id: count, memory)
      count += 1
    } else {
      dictionary = nil
    }
    var parts: [ArrowColumn] = []
    for (inner, values) in Self.parts(field.type, vector) {
      parts.append(try ArrowColumn(inner, values, dictionaries: &count, memory))
    }
    self.parts = parts
  }

  private static func parts(_ type: DataType, _ vector: Vector?) -> [(Field, Vector?)] {
    switch (type, vector?.form) {
    case (.list(let element), .list(_, _, let elements)): [(element, elements)]
    case (.list(let element), _): [(element, nil)]
    case (.structure(let fields), .structure(let parts)): zip(fields, parts).map { ($0, $1) }
    case (.structure(let fields), _): fields.map { ($0, nil) }
    case (.map(let key, let value), .map(_, _, let keys, let values)): [(key, keys), (value, values)]
    case (.map(let key, let value), _): [(key, nil), (value, nil)]
    default: []
    }
  }

  /// The dictionaries of the column and its parts.
  var dictionaries: [ArrowDictionary] { (dictionary.map { [$0] } ?? []) + parts.flatMap(\.dictionaries) }
}
