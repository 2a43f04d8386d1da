internal import FlintColumns
internal import FlintCore

extension Literal {
  /// A vector of this one value, which has `type`.
  func vector(_ type: DataType, _ memory: ColumnMemory) throws(FlintError) -> Vector {
    let builder = try memory.builder(type, capacity: 1)
    try append(to: builder)
    return try builder.finish()
  }

  /// Adds the value to a builder of its type.
  func append(to builder: any VectorBuilder) throws(FlintError) {
    switch (self, builder) {
    case (.null, _): try builder.appendNull()
    case (.boolean(let value), let builder as BitBuilder): try builder.append(value)
    case (.int8(let value), let builder as ValueBuilder<Int8>): try builder.append(value)
    case (.int16(let value), let builder as ValueBuilder<Int16>): try builder.append(value)
    case (.int32(let value), let builder as ValueBuilder<Int32>): try builder.append(value)
    case (.int64(let value), let builder as ValueBuilder<Int64>): try builder.append(value)
    case (.float(let value), let builder as ValueBuilder<Float>): try builder.append(value)
    case (.double(let value), let builder as ValueBuilder<Double>): try builder.append(value)
    case (.decimal(let value, _, _), let builder as ValueBuilder<Int64>):
      try builder.append(Int64(truncatingIfNeeded: value))
    case (.decimal(let value, _, _), let builder as ValueBuilder<Int128>): try builder.append(value)
    case (.string(let value), let builder as TextBuilder): try builder.append(value)
    case (.binary(let value), let builder as TextBuilder): try builder.append(value)
    case (.date(let value), let builder as ValueBuilder<Int32>): try builder.append(value)
    case (.timestamp(let value), let builder as ValueBuilder<Int64>): try builder.append(value)
    case (.interval(let value), let builder as ValueBuilder<Interval>): try builder.append(value)
    default: preconditionFailure("\(self) is no \(builder.type)")
    }
  }

  /// Value `row` of a vector; nil for nested values, which are no literals.
  init?(_ vector: Vector, _ row: Int) {
    if vector.isNull(row) {
      self = .null
      return
    }
    switch vector.type {
    case .boolean: self = .boolean(vector.bits[row])
    case .int8: self = .int8(vector.pointer(to: Int8.self)[row])
    case .int16: self = .int16(vector.pointer(to: Int16.self)[row])
    case .int32: self = .int32(vector.pointer(to: Int32.self)[row])
    case .int64: self = .int64(vector.pointer(to: Int64.self)[row])
    case .float: self = .float(vector.pointer(to: Float.self)[row])
    case .double: self = .double(vector.pointer(to: Double.self)[row])
    case .decimal(let precision, let scale):
      let isNarrow = vector.type.physical == .int64
      let value = isNarrow ? Int128(vector.pointer(to: Int64.self)[row]) : vector.pointer(to: Int128.self)[row]
      self = .decimal(value, precision: precision, scale: scale)
    case .date: self = .date(vector.pointer(to: Int32.self)[row])
    case .timestamp: self = .timestamp(vector.pointer(to: Int64.self)[row])
    case .interval: self = .interval(vector.pointer(to: Interval.self)[row])
    case .string: self = .string(String(decoding: vector.text(row), as: UTF8.self))
    case .binary: self = .binary(Array(vector.text(row)))
    case .list, .structure, .map: return nil
    }
  }
}
