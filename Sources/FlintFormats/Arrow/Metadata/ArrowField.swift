internal import FlintColumns

/// A column or a part of one, as a file's schema describes it.
struct ArrowField: Sendable {
  /// That the values are numbers of a dictionary's, and how these lie.
  struct Coding: Hashable, Sendable {
    let dictionary: Int64
    let bits: Int
    let isSigned: Bool
  }

  let name: String
  let isNullable: Bool
  /// Of the values, be they in the column or in a dictionary.
  let type: ArrowType
  let coding: Coding?
  let parts: [ArrowField]

  /// Deeper columns are refused.
  private static let maximumDepth = 64

  /// Reads a field; `budget` is how many bytes it may hold with all below it.
  init(_ table: FlatTable, budget: inout Int, depth: Int = 0) throws(FormatFault) {
    guard depth < Self.maximumDepth else { throw .unsupported("its columns are nested too deeply") }
    name = try table.text(0, budget: &budget)
    isNullable = try table.flag(1)
    type = try ArrowType(try table.number(2, or: UInt8(0)), try table.table(3))
    coding = try table.table(4).map { (table) throws(FormatFault) in try Self.coding(table) }
    var parts: [ArrowField] = []
    try table.eachTable(5, budget: &budget) { (part, budget) throws(FormatFault) in
      parts.append(try ArrowField(part, budget: &budget, depth: depth + 1))
    }
    self.parts = parts
    guard type.partCount.map({ $0 == parts.count }) ?? true else {
      throw .damaged("the column \(name) has \(parts.count) parts, which its type does not")
    }
    if type == .map {
      guard parts[0].type == .structure, parts[0].parts.count == 2, parts[0].coding == nil else {
        throw .damaged("the map \(name) does not consist of keys and values")
      }
    }
  }

  private static func coding(_ table: FlatTable) throws(FormatFault) -> Coding {
    guard try table.number(3, or: Int16(0)) == 0 else { throw .unsupported("it has a dictionary of an unknown form") }
    let id = try table.number(0, or: Int64(0))
    guard let index = try table.table(1) else { return Coding(dictionary: id, bits: 32, isSigned: true) }
    guard case .integer(let bits, let isSigned) = try ArrowType(2, index) else {
      throw .damaged("a dictionary's values are not numbered")
    }
    return Coding(dictionary: id, bits: bits, isSigned: isSigned)
  }

  /// The same values without numbers of a dictionary: what the dictionary holds.
  var decoded: ArrowField { ArrowField(name, isNullable: true, type, parts) }

  private init(_ name: String, isNullable: Bool, _ type: ArrowType, _ parts: [ArrowField]) {
    (self.name, self.isNullable, self.type, self.parts) = (name, isNullable, type, parts)
    coding = nil
  }

  /// Calls `body` for this field and all that is below it, in the order in which a file has them. What lies below a
  /// dictionary's values does not belong to the column.
  func walk(_ body: (ArrowField) throws(FormatFault) -> Void) throws(FormatFault) {
    try body(self)
    guard coding == nil else { return }
    for part in parts { try part.walk(body) }
  }
}

extension ArrowField {
  /// The field as vectors have it; throws for what is not read.
  func field() throws(FormatFault) -> Field { Field(name, try dataType(), isNullable: isNullable) }

  private func dataType() throws(FormatFault) -> DataType {
    switch type {
    case .bool: return .boolean
    case .integer(let bits, let isSigned): return Self.whole(bits, isSigned)
    case .floating(let bits): return bits == 64 ? .double : .float
    case .decimal(let precision, let scale, _):
      guard (1...DataType.maximumPrecision).contains(precision), (0...precision).contains(scale) else {
        throw .unsupported("decimals of \(precision) digits, \(scale) of them behind the point")
      }
      return .decimal(precision: precision, scale: scale)
    case .days, .milliseconds: return .date
    case .timestamp: return .timestamp
    case .duration, .interval: return .interval
    case .bytes(let isText, _), .view(let isText): return isText ? .string : .binary
    case .fixedBytes: return .binary
    case .list, .fixedList:
      // Every writer has a name of its own for elements, and types are compared with their names.
      return .list(Field("element", try parts[0].dataType(), isNullable: parts[0].isNullable))
    case .structure:
      return .structure(try parts.map { (part) throws(FormatFault) in try part.field() })
    case .map:
      let (key, value) = (parts[0].parts[0], parts[0].parts[1])
      return .map(
        key: Field("key", try key.dataType(), isNullable: false),
        value: Field("value", try value.dataType(), isNullable: value.isNullable))
    case .null: throw .unsupported("columns of nothing but null have no type")
    case .time: throw .unsupported("times without a day are not read")
    case .listView: throw .unsupported("lists whose elements lie in any order are not read")
    case .union: throw .unsupported("unions are not read")
    case .runEnds: throw .unsupported("values that are written once for a run of rows are not read")
    }
  }

  private static func whole(_ bits: Int, _ isSigned: Bool) -> DataType {
    switch (bits, isSigned) {
    case (8, true): .int8
    case (16, true), (8, false): .int16
    case (32, true), (16, false): .int32
    case (64, true), (32, false): .int64
    default: .decimal(precision: 20, scale: 0)
    }
  }
}
