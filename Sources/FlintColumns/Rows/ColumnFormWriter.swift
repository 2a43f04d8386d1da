internal import FlintCore
internal import FlintLayout
internal import Glibc

/// Writes vectors as rows in column form.
enum ColumnFormWriter {
  static func put(
    _ vector: Vector, _ field: RowFields.Field, _ kernels: Kernels, into writer: inout ByteWriter
  ) throws(FlintError) {
    if vector.count == 0 { return }
    guard vector.nullCount == 0 || field.isOptional else {
      throw FlintError(.layoutMismatch, "the field \(field.name) holds null, which its type does not")
    }
    if field.isDense { return try putPresent(vector, field, kernels, into: &writer) }
    let vector = try vector.flat(kernels.memory)
    switch (field.form, vector.form) {
    case (.structure(let fields), .structure(let parts)):
      for (part, field) in zip(parts, fields) { try put(part, field, kernels, into: &writer) }
    case (.list(let element), .list(_, _, let elements)):
      try align(&writer)
      let first = vector.offsets[0]
      for row in 0...vector.count { try writer.append(UInt32(bitPattern: vector.offsets[row] - first)) }
      try put(elements.slice(Int(first)..<Int(vector.offsets[vector.count])), element, kernels, into: &writer)
    case (.decimal, _): try putDecimals(vector, into: &writer)
    default: try putPlain(vector, field, kernels, into: &writer)
    }
    withExtendedLifetime(vector) {}
  }

  /// Validity bits, and the values that are there.
  private static func putPresent(
    _ vector: Vector, _ field: RowFields.Field, _ kernels: Kernels, into writer: inout ByteWriter
  ) throws(FlintError) {
    try align(&writer)
    let there = vector.validity?.bits
    try bits(vector.count, kernels, into: &writer) { there?.word($0) ?? ~0 }
    let rows = (0..<Int32(vector.count)).filter { !vector.isNull(Int($0)) }
    let values = rows.count == vector.count ? vector : try kernels.take(vector, try RowNumbers(rows, kernels.memory))
    try put(values, field.present, kernels, into: &writer)
  }

  private static func putDecimals(_ vector: Vector, into writer: inout ByteWriter) throws(FlintError) {
    try align(&writer)
    let lane = WideLane(.vector(vector))
    for row in 0..<vector.count { try writer.append(lane.value(row)) }
    try align(&writer)
    let scale = UInt8(truncatingIfNeeded: vector.type.decimal?.scale ?? 0)
    try writer.append([UInt8](repeating: scale, count: vector.count))
  }

  private static func putPlain(
    _ vector: Vector, _ field: RowFields.Field, _ kernels: Kernels, into writer: inout ByteWriter
  ) throws(FlintError) {
    try align(&writer)
    if field.isOptional {
      let there = vector.validity?.bits
      try bits(vector.count, kernels, into: &writer) { there?.word($0) ?? ~0 }
      try align(&writer)
    }
    switch vector.form {
    case .bits:
      let values = vector.bits
      try bits(vector.count, kernels, into: &writer) { values.word($0) }
    case .values(let buffer, let start):
      try writeValues(buffer, start, vector, into: &writer)
    case .text: try writeTexts(vector, kernels, into: &writer)
    case .list, .structure, .map, .dictionary: preconditionFailure("\(vector.type) is no flat column")
    }
  }

  private static func align(_ writer: inout ByteWriter) throws(FlintError) {
    let surplus = writer.count % 8
    if surplus > 0 { try writer.append([UInt8](repeating: 0, count: 8 - surplus)) }
  }

  private static func bits(
    _ count: Int, _ kernels: Kernels, into writer: inout ByteWriter, _ word: (Int) -> UInt64
  ) throws(FlintError) {
    let buffer = try kernels.words(count, word)
    // What lies behind the last bit of its byte is zero.
    let bytes = buffer.pointer(to: UInt8.self)
    if count % 8 > 0 { bytes[count / 8] &= UInt8(truncatingIfNeeded: Bits.low(count % 8)) }
    try writer.append(UnsafeRawBufferPointer(start: buffer.start, count: Bits.byteCount(count)))
  }

  /// Zeros stand for null.
  private static func writeValues(
    _ buffer: ColumnBuffer, _ start: Int, _ vector: Vector, into writer: inout ByteWriter
  ) throws(FlintError) {
    let width = vector.type.physical.width ?? 0
    let source = UnsafeRawBufferPointer(start: buffer.start + start * width, count: vector.count * width)
    guard vector.nullCount > 0 else { return try writer.append(source) }
    var copy = Array(source)
    for row in 0..<vector.count where vector.isNull(row) {
      for byte in row * width..<(row + 1) * width { copy[byte] = 0 }
    }
    try writer.append(copy)
  }

  /// Offsets from 0 on; null has no bytes.
  private static func writeTexts(
    _ vector: Vector, _ kernels: Kernels, into writer: inout ByteWriter
  ) throws(FlintError) {
    let there = vector.validity?.bits
    let texts = TextPointers(vector)
    let offsets = try kernels.memory.buffer((vector.count + 1) * 4)
    defer { withExtendedLifetime(offsets) {} }
    let ends = offsets.pointer(to: Int32.self)
    ends[0] = 0
    for row in 0..<vector.count {
      ends[row &+ 1] = ends[row] &+ (there?[row] ?? true ? Int32(truncatingIfNeeded: texts.length(row)) : 0)
    }
    try writer.append(UnsafeRawBufferPointer(start: ends, count: (vector.count + 1) * 4))
    if there == nil {
      let first = Int(vector.offsets[0])
      return try writer.append(UnsafeRawBufferPointer(start: vector.bytes + first, count: Int(ends[vector.count])))
    }
    for row in 0..<vector.count where ends[row &+ 1] > ends[row] {
      try writer.append(UnsafeRawBufferPointer(texts[row]))
    }
  }
}
