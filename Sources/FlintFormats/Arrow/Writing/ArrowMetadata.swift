internal import FlintColumns

/// The metadata of the messages that are written.
enum ArrowMetadata {
  enum Kind: Int8 { case schema = 1, dictionary, batch }

  private static var version: FlatValue { .int16(4) }

  /// A message with its header, and the length of what follows it.
  static func message(_ kind: Kind, _ header: FlatValue, bodyLength: Int) -> [UInt8] {
    FlatWriter.bytes(
      of: .table([(0, version), (1, .int8(kind.rawValue)), (2, header), (3, .int64(Int64(bodyLength)))]))
  }

  static func footer(_ schema: FlatValue, dictionaries: [Int64], batches: [Int64]) -> [UInt8] {
    FlatWriter.bytes(
      of: .table([
        (0, version), (1, schema), (2, .words(width: 3, dictionaries)), (3, .words(width: 3, batches)),
      ]))
  }

  static func batch(_ encoder: ArrowEncoder, length: Int, _ compression: ArrowCompression) -> FlatValue {
    var fields: [(field: Int, value: FlatValue)] = [
      (0, .int64(Int64(length))), (1, .words(width: 2, encoder.nodes)), (2, .words(width: 2, encoder.buffers)),
    ]
    if let number = compression.number { fields.append((3, .table([(0, .int8(number)), (1, .int8(0))]))) }
    return .table(fields)
  }

  static func dictionary(_ id: Int64, isMore: Bool, _ batch: FlatValue) -> FlatValue {
    .table([(0, .int64(id)), (1, batch), (2, .bool(isMore))])
  }

  // MARK: Schemas.

  static func schema(_ columns: [ArrowColumn], _ properties: [(key: String, value: String)]) -> FlatValue {
    var fields: [(field: Int, value: FlatValue)] = [(0, .int16(0)), (1, .tables(columns.map { field($0) }))]
    if !properties.isEmpty {
      fields.append((2, .tables(properties.map { .table([(0, .text($0.key)), (1, .text($0.value))]) })))
    }
    return .table(fields)
  }

  private static func field(_ column: ArrowColumn) -> FlatValue {
    let (number, particulars) = type(column.field.type)
    var fields = self.field(column.field.name, column.field.isNullable, number, particulars)
    if let dictionary = column.dictionary {
      fields.append((4, .table([(0, .int64(dictionary.id)), (1, integer(32)), (2, .bool(false))])))
    }
    var parts = column.parts.map { self.field($0) }
    if case .map = column.field.type {
      // Keys and values are the parts of a structure.
      parts = [.table(self.field("entries", false, 13, .table([])) + [(5, .tables(parts))])]
    }
    return .table(fields + [(5, .tables(parts))])
  }

  private static func field(
    _ name: String, _ isNullable: Bool, _ type: Int8, _ particulars: FlatValue
  ) -> [(field: Int, value: FlatValue)] {
    [(0, .text(name)), (1, .bool(isNullable)), (2, .int8(type)), (3, particulars)]
  }

  private static func integer(_ bits: Int32) -> FlatValue { .table([(0, .int32(bits)), (1, .bool(true))]) }

  /// The number of a type, and its particulars.
  private static func type(_ type: DataType) -> (Int8, FlatValue) {
    switch type {
    case .boolean: (6, .table([]))
    case .int8: (2, integer(8))
    case .int16: (2, integer(16))
    case .int32: (2, integer(32))
    case .int64: (2, integer(64))
    case .float: (3, .table([(0, .int16(1))]))
    case .double: (3, .table([(0, .int16(2))]))
    case .decimal(let precision, let scale):
      (7, .table([(0, .int32(Int32(precision))), (1, .int32(Int32(scale))), (2, .int32(128))]))
    case .date: (8, .table([(0, .int16(0))]))
    case .timestamp: (10, .table([(0, .int16(ArrowUnit.microsecond.rawValue)), (1, .text("UTC"))]))
    case .interval: (11, .table([(0, .int16(ArrowType.IntervalForm.monthsDaysAndNanoseconds.rawValue))]))
    case .string: (5, .table([]))
    case .binary: (4, .table([]))
    case .list: (12, .table([]))
    case .structure: (13, .table([]))
    case .map: (17, .table([(0, .bool(false))]))
    }
  }
}
