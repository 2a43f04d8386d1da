internal import FlintCore
internal import Glibc

/// Reads vectors from rows in column form, one after another.
struct ColumnFormReader {
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private let memory: ColumnMemory
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer, count: Int, _ memory: ColumnMemory) {
    self.bytes = bytes
    self.count = count
    self.memory = memory
  }

  mutating func column(_ field: RowFields.Field) throws(FlintError) -> Vector {
    if count == 0 { return try Kernels(memory).nulls(field.type, count: 0) }
    if !field.parts.isEmpty {
      var parts: [Vector] = []
      for part in field.parts { parts.append(try column(part)) }
      return Vector(field.type, count: count, .structure(parts))
    }
    align()
    var validity: Validity?
    if field.isOptional {
      validity = Validity(try take(Bits.byteCount(count)))
      align()
    }
    switch field.type.physical {
    case .bit:
      return Vector(field.type, count: count, validity: validity, .bits(try take(Bits.byteCount(count)), start: 0))
    case .text:
      let offsets = try take((count + 1) * 4)
      let text = try take(Int(offsets.pointer(to: Int32.self)[count]))
      return Vector(field.type, count: count, validity: validity, .text(offsets: offsets, start: 0, bytes: text))
    case .int8, .int16, .int32, .int64, .int128, .float, .double, .interval, .list, .structure, .map:
      let width = field.type.physical.width ?? 0
      return Vector(field.type, count: count, validity: validity, .values(try take(count * width), start: 0))
    }
  }

  private mutating func align() { place = (place + 7) / 8 * 8 }

  private mutating func take(_ size: Int) throws(FlintError) -> ColumnBuffer {
    precondition(size <= bytes.count - place, "the column form is shorter than its rows")
    let buffer = try memory.buffer(size)
    if let base = bytes.baseAddress { memcpy(buffer.start, base + place, size) }
    place += size
    return buffer
  }
}
