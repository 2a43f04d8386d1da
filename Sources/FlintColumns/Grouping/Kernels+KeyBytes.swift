internal import FlintCore

extension Kernels {
  /// Nested values as bytes that are equal for values that are equal, and for no others.
  func keyBytes(_ vector: Vector) throws(FlintError) -> Vector {
    let builder = try TextBuilder(.binary, capacity: vector.count, memory)
    var bytes: [UInt8] = []
    for row in 0..<vector.count {
      if vector.isNull(row) {
        try builder.appendNull()
        continue
      }
      bytes.removeAll(keepingCapacity: true)
      Self.append(vector, row, to: &bytes)
      try builder.append(bytes)
    }
    return try builder.finish()
  }

  private static func append(_ vector: Vector, _ row: Int, to bytes: inout [UInt8]) {
    bytes.append(vector.isNull(row) ? 0 : 1)
    if vector.isNull(row) { return }
    if case .dictionary(_, _, let dictionary) = vector.form {
      bytes.removeLast()
      return append(dictionary, Int(vector.codes[row]), to: &bytes)
    }
    switch vector.type.physical {
    case .bit: bytes.append(vector.bits[row] ? 1 : 0)
    case .int8: append(vector.pointer(to: Int8.self)[row], to: &bytes)
    case .int16: append(vector.pointer(to: Int16.self)[row], to: &bytes)
    case .int32: append(vector.pointer(to: Int32.self)[row], to: &bytes)
    case .int64: append(vector.pointer(to: Int64.self)[row], to: &bytes)
    case .int128: append(vector.pointer(to: Int128.self)[row], to: &bytes)
    case .float: append(vector.pointer(to: Float.self)[row].keyBits, to: &bytes)
    case .double: append(vector.pointer(to: Double.self)[row].keyBits, to: &bytes)
    case .interval: append(vector.pointer(to: Interval.self)[row].span, to: &bytes)
    case .text:
      let text = vector.text(row)
      append(text.count, to: &bytes)
      bytes.append(contentsOf: text)
    case .list, .map, .structure: appendParts(vector, row, to: &bytes)
    }
  }

  private static func appendParts(_ vector: Vector, _ row: Int, to bytes: inout [UInt8]) {
    switch vector.form {
    case .structure(let parts):
      for part in parts { append(part, row, to: &bytes) }
    case .list(_, _, let elements):
      let range = Int(vector.offsets[row])..<Int(vector.offsets[row + 1])
      append(range.count, to: &bytes)
      for index in range { append(elements, index, to: &bytes) }
    case .map(_, _, let keys, let values):
      let range = Int(vector.offsets[row])..<Int(vector.offsets[row + 1])
      append(range.count, to: &bytes)
      for index in range {
        append(keys, index, to: &bytes)
        append(values, index, to: &bytes)
      }
    case .bits, .values, .text, .dictionary: break
    }
  }

  private static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }
}
