internal import FlintColumns
internal import FlintCore
internal import Glibc

/// Reads columns of the buffers that a ``BatchBlockWriter`` has written. Whatever a block holds, no vector of it leads out of
/// its memory; that texts are UTF-8 is left to the checksum.
struct BatchBlockReader {
  private let bytes: UnsafeRawBufferPointer
  private let memory: ColumnMemory
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer, _ memory: ColumnMemory) {
    self.bytes = bytes
    self.memory = memory
  }

  var isAtEnd: Bool { place == bytes.count }

  static func damaged(_ reason: String) -> FlintError {
    FlintError(.corruptData, "a block of columns is damaged", why: reason)
  }

  mutating func vector(_ type: DataType, count: Int) throws(FlintError) -> Vector {
    let head = try word()
    guard let inner = Int(exactly: head >> 2), inner <= Int(Int32.max) else {
      throw Self.damaged("a column has \(head >> 2) values inside")
    }
    var validity: Validity?
    if head & 1 != 0 { validity = Validity(try buffer((count + 7) / 8)) }
    if head & 2 != 0 { return try coded(type, count, inner, validity) }
    return Vector(type, count: count, validity: validity, try form(type, count, inner))
  }

  private mutating func form(_ type: DataType, _ count: Int, _ inner: Int) throws(FlintError) -> VectorForm {
    switch type.physical {
    case .bit: return .bits(try buffer((count + 7) / 8), start: 0)
    case .text:
      let offsets = try self.offsets(count)
      let size = Int(offsets.pointer(to: Int32.self)[count])
      return .text(offsets: offsets, start: 0, bytes: try buffer(size))
    case .list:
      guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
      let offsets = try self.offsets(count, end: inner)
      return .list(offsets: offsets, start: 0, elements: try vector(element.type, count: inner))
    case .map:
      guard case .map(let key, let value) = type else { preconditionFailure("\(type) is no map") }
      let offsets = try self.offsets(count, end: inner)
      let keys = try vector(key.type, count: inner)
      guard keys.nullCount == 0 else { throw Self.damaged("a map has null among its keys") }
      return .map(offsets: offsets, start: 0, keys: keys, values: try vector(value.type, count: inner))
    case .structure:
      guard case .structure(let fields) = type else { preconditionFailure("\(type) is no structure") }
      var parts: [Vector] = []
      for field in fields { parts.append(try vector(field.type, count: count)) }
      return .structure(parts)
    case .int8, .int16, .int32, .int64, .int128, .float, .double, .interval:
      return .values(try buffer(count * (type.physical.width ?? 0)), start: 0)
    }
  }

  private mutating func coded(
    _ type: DataType, _ count: Int, _ inner: Int, _ validity: Validity?
  ) throws(FlintError) -> Vector {
    let codes = try buffer(count * 4)
    let numbers = codes.pointer(to: Int32.self)
    var isWrong = false
    let limit = Int32(inner)
    for row in 0..<count { isWrong = isWrong || numbers[row] < 0 || (numbers[row] >= limit && inner > 0) }
    guard !isWrong else { throw Self.damaged("a number of a dictionary's value is not one of its \(inner)") }
    let dictionary = try vector(type, count: inner)
    guard dictionary.nullCount == 0, !dictionary.isDictionary, inner > 0 || count == 0 else {
      throw Self.damaged("a dictionary has null in it, or none of the values")
    }
    return Vector(type, count: count, validity: validity, .dictionary(codes: codes, start: 0, dictionary: dictionary))
  }

  private mutating func offsets(_ count: Int, end: Int? = nil) throws(FlintError) -> ColumnBuffer {
    let buffer = try buffer((count + 1) * 4)
    let offsets = buffer.pointer(to: Int32.self)
    var isWrong = offsets[0] != 0
    for row in 0..<count { isWrong = isWrong || offsets[row] > offsets[row &+ 1] }
    guard !isWrong, end == nil || Int(offsets[count]) == end else {
      throw Self.damaged("the offsets of its values do not rise")
    }
    return buffer
  }

  private mutating func word() throws(FlintError) -> UInt64 {
    guard bytes.count - place >= 8 else { throw Self.damaged("it ends in the middle of a column") }
    defer { place += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  private mutating func buffer(_ size: Int) throws(FlintError) -> ColumnBuffer {
    guard size <= bytes.count - place, BatchBlockWriter.aligned(size) <= bytes.count - place else {
      throw Self.damaged("it ends in the middle of a column")
    }
    let buffer = try memory.buffer(size)
    if let base = bytes.baseAddress { memcpy(buffer.start, base + place, size) }
    place += BatchBlockWriter.aligned(size)
    return buffer
  }
}
