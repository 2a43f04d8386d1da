internal import FlintColumns

/// Tells from what a writer noted of a chunk or a page whether some of its values may meet a condition.
struct BoundsCheck {
  let column: LeafColumn
  let memory: ColumnMemory

  /// Values of which these bounds are known, each in plain encoding, and how many are null.
  struct Bounds {
    var least: [UInt8]?
    var greatest: [UInt8]?
    var nullCount: Int64?
    /// Values and nulls.
    var valueCount: Int64
  }

  /// False only if no value can meet the condition.
  func mayMeet(_ condition: ParquetFilter.Condition, _ bounds: Bounds) throws(FormatFault) -> Bool {
    switch condition {
    case .isNull: return bounds.nullCount != 0
    case .isNotNull: return bounds.nullCount != bounds.valueCount
    default: if bounds.nullCount == bounds.valueCount { return false }
    }
    // NaN is in no bounds, and lies above them all.
    let mayBeNaN = column.type == .float || column.type == .double
    let (least, greatest) = (try value(bounds.least), try value(bounds.greatest))
    func isAbove(_ value: ParquetFilter.Value) -> Bool {
      least.map { FilterEvaluation.compare($0, 0, value) > 0 } ?? false
    }
    func isBelow(_ value: ParquetFilter.Value) -> Bool {
      !mayBeNaN && (greatest.map { FilterEvaluation.compare($0, 0, value) < 0 } ?? false)
    }
    switch condition {
    case .equal(let value): return !isAbove(value) && !isBelow(value)
    case .isIn(let values): return values.contains { !isAbove($0) && !isBelow($0) }
    case .less(let value): return !(least.map { FilterEvaluation.compare($0, 0, value) >= 0 } ?? false)
    case .lessOrEqual(let value): return !isAbove(value)
    case .greater(let value):
      return mayBeNaN || !(greatest.map { FilterEvaluation.compare($0, 0, value) <= 0 } ?? false)
    case .greaterOrEqual(let value): return !isBelow(value)
    case .notEqual, .isNull, .isNotNull: return true
    }
  }

  /// A bound as a vector of one value; nil when it says nothing.
  private func value(_ bytes: [UInt8]?) throws(FormatFault) -> Vector? {
    // Bounds of these types follow another order than their values, or none at all.
    guard let bytes, column.physical != .int96, column.type != .interval else { return nil }
    var plain = bytes
    if column.physical == .byteArray {
      plain = withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { Array($0) } + bytes
      // A bound may be cut within a character.
      guard column.type != .string || String(validating: bytes, as: UTF8.self) != nil else { return nil }
    }
    let decoder = try column.plan.decoder(column.type, memory)
    return try plain.withUnsafeBufferPointer { (plain) throws(FormatFault) in
      try decoder.start(capacity: 1)
      try decoder.startPage(.plain, UnsafeRawBufferPointer(plain), count: 1)
      try decoder.read(slots: 1, valid: 1, nil, start: 0)
      let vector = try decoder.finish(nil, nullCount: 0)
      // Writers that do not know of NaN took it for a bound.
      let isNaN =
        vector.type == .double && vector.pointer(to: Double.self)[0].isNaN
        || vector.type == .float && vector.pointer(to: Float.self)[0].isNaN
      return isNaN ? nil : vector
    }
  }
}
