internal import FlintCore
internal import Glibc

/// Reads vectors from rows in column form, one after another.
struct ColumnFormReader {
  private let bytes: UnsafeRawBufferPointer
  private let memory: ColumnMemory
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer, _ memory: ColumnMemory) {
    self.bytes = bytes
    self.memory = memory
  }

  mutating func column(_ field: RowFields.Field, _ count: Int) throws(FlintError) -> Vector {
    if count == 0 { return try Kernels(memory).nulls(field.type, count: 0) }
    if field.isDense { return try spreadColumn(field, count) }
    switch field.form {
    case .structure(let fields):
      var parts: [Vector] = []
      for part in fields { parts.append(try column(part, count)) }
      return Vector(field.type, count: count, .structure(parts))
    case .list(let element):
      let offsets = try take((count + 1) * 4)
      let elements = try column(element, Int(offsets.pointer(to: Int32.self)[count]))
      return Vector(field.type, count: count, .list(offsets: offsets, start: 0, elements: elements))
    case .decimal: return try decimals(field, count)
    case .plain: return try plain(field, count)
    }
  }

  private mutating func plain(_ field: RowFields.Field, _ count: Int) throws(FlintError) -> Vector {
    let validity = field.isOptional ? Validity(try take(Bits.byteCount(count))) : nil
    switch field.type.physical {
    case .bit:
      return Vector(field.type, count: count, validity: validity, .bits(try take(Bits.byteCount(count)), start: 0))
    case .text:
      let offsets = try take((count + 1) * 4)
      let text = try take(Int(offsets.pointer(to: Int32.self)[count]), isAligned: false)
      return Vector(field.type, count: count, validity: validity, .text(offsets: offsets, start: 0, bytes: text))
    case .int8, .int16, .int32, .int64, .int128, .float, .double, .interval, .list, .structure, .map:
      let width = field.type.physical.width ?? 0
      return Vector(field.type, count: count, validity: validity, .values(try take(count * width), start: 0))
    }
  }

  /// Values of which only those that are there follow their validity bits.
  private mutating func spreadColumn(_ field: RowFields.Field, _ count: Int) throws(FlintError) -> Vector {
    let validity = Validity(try take(Bits.byteCount(count)))
    let bits = validity.bits
    let buffer = try memory.buffer(count * 4)
    let rows = buffer.pointer(to: Int32.self)
    var next: Int32 = 0
    for row in 0..<count {
      rows[row] = bits[row] ? next : -1
      if bits[row] { next += 1 }
    }
    withExtendedLifetime(validity) {}
    let values = try column(field.present, Int(next))
    return try Kernels(memory).take(values, RowNumbers(buffer, count: count, mayMiss: true))
  }

  /// Decimals of any scale, in one.
  private mutating func decimals(_ field: RowFields.Field, _ count: Int) throws(FlintError) -> Vector {
    let numbers = try take(count * 16)
    let scales = try take(count)
    let values = numbers.pointer(to: Int128.self)
    for row in 0..<count {
      let scale = Int(scales.pointer(to: UInt8.self)[row])
      let number = DecimalMath.rescaled(values[row], by: RowFields.decimalScale - scale)
      guard let number, DecimalMath.fits(number, below: DecimalMath.power(DataType.maximumPrecision)) else {
        throw Kernels(memory).overflow(field.type, "the value of the field \(field.name)")
      }
      values[row] = number
    }
    return Vector(field.type, count: count, .values(numbers, start: 0))
  }

  /// The next bytes, from a multiple of eight on.
  private mutating func take(_ size: Int, isAligned: Bool = true) throws(FlintError) -> ColumnBuffer {
    if isAligned { place = (place + 7) / 8 * 8 }
    precondition(size <= bytes.count - place, "the column form is shorter than its rows")
    let buffer = try memory.buffer(size)
    if let base = bytes.baseAddress { memcpy(buffer.start, base + place, size) }
    place += size
    return buffer
  }
}
