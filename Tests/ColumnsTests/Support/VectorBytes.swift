import FlintColumns
import FlintCore

/// Vectors as the bytes that a script of the oracle reads and writes: type, length, and the buffers of Arrow.
enum VectorBytes {
  static func encode(_ vectors: [Vector], _ memory: ColumnMemory) throws -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: Int) { withUnsafeBytes(of: Int64(number)) { bytes.append(contentsOf: $0) } }
    func append(_ start: UnsafeRawPointer, _ count: Int) {
      append(count)
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }
    append(vectors.count)
    for each in vectors {
      let vector = try plain(each, memory)
      let name = vector.type.description
      append(name.utf8.count)
      bytes.append(contentsOf: name.utf8)
      append(vector.count)
      append(vector.type.physical == .text ? 3 : 2)
      if let validity = vector.validity {
        append(UnsafeRawPointer(validity.buffer.start), (vector.count + 7) / 8)
      } else {
        append(-1)
      }
      switch vector.form {
      case .bits(let buffer, _): append(UnsafeRawPointer(buffer.start), (vector.count + 7) / 8)
      case .values(let buffer, _):
        append(UnsafeRawPointer(buffer.start), vector.count * (vector.type.physical.width ?? 0))
      case .text(let offsets, _, let text):
        append(UnsafeRawPointer(offsets.start), (vector.count + 1) * 4)
        append(UnsafeRawPointer(text.start), Int(offsets.pointer(to: Int32.self)[vector.count]))
      case .list, .structure, .map, .dictionary: preconditionFailure("\(vector.type) is not sent to the oracle")
      }
    }
    return bytes
  }

  /// From its first value on, without a dictionary, and decimals in 128 bits as Arrow has them.
  private static func plain(_ vector: Vector, _ memory: ColumnMemory) throws -> Vector {
    let kernels = Kernels(memory)
    let flat = try vector.flat(memory)
    let rows = try RowNumbers((0..<Int32(flat.count)).map { $0 }, memory)
    let moved = flat.count == 0 ? flat : try kernels.take(flat, rows)
    guard case .decimal(let precision, let scale) = moved.type, moved.type.physical == .int64 else {
      return flat.count == 0 ? try kernels.nulls(moved.type, count: 0) : moved
    }
    let builder = try ValueBuilder<Int128>(.decimal(precision: 38, scale: scale), capacity: moved.count, memory)
    for row in 0..<moved.count {
      if moved.isNull(row) {
        try builder.appendNull()
      } else {
        try builder.append(Int128(moved.pointer(to: Int64.self)[row]))
      }
    }
    _ = precision
    return try builder.finish()
  }

  static func decode(_ bytes: [UInt8], _ types: [DataType], _ memory: ColumnMemory) throws -> [Vector] {
    var place = 0
    func number() -> Int {
      defer { place += 8 }
      return bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: place, as: Int64.self)) }
    }
    func buffer() throws -> ColumnBuffer? {
      let count = number()
      if count < 0 { return nil }
      let buffer = try memory.buffer(count)
      for index in 0..<count { buffer.pointer(to: UInt8.self)[index] = bytes[place + index] }
      place += count
      return buffer
    }
    precondition(number() == types.count, "the oracle gave another number of results than \(types.count)")
    return try types.map { type in
      let count = number()
      let buffers = try (0..<number()).map { _ in try buffer() }
      let empty = try memory.buffer((count + 1) * 16, isZeroed: true)
      let validity = buffers[0].map { Validity($0) }
      let values = buffers[1] ?? empty
      switch type.physical {
      case .bit: return Vector(type, count: count, validity: validity, .bits(values, start: 0))
      case .text:
        return Vector(
          type, count: count, validity: validity, .text(offsets: values, start: 0, bytes: buffers[2] ?? empty))
      default:
        guard type.decimal != nil, type.physical == .int64 else {
          return Vector(type, count: count, validity: validity, .values(values, start: 0))
        }
        let narrow = try memory.buffer(count * 8)
        for row in 0..<count {
          narrow.pointer(to: Int64.self)[row] = Int64(truncatingIfNeeded: values.pointer(to: Int128.self)[row])
        }
        return Vector(type, count: count, validity: validity, .values(narrow, start: 0))
      }
    }
  }
}
