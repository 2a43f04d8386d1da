internal import FlintColumns
internal import FlintCore
internal import Glibc

extension ArrowDecoder {
  /// Texts behind offsets. Their bytes stay where they are; the offsets then count from the beginning of that memory.
  mutating func texts<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ isText: Bool, _ type: DataType, _ count: Int, _ validity: Validity?, _: Offset.Type
  ) throws(FormatFault) -> Vector {
    let places = try nextBytes()
    let bytes = try nextBytes()
    defer { withExtendedLifetime(bytes) {} }
    let range = try Self.range(places, count, Offset.self)
    guard range.upperBound <= bytes.count else { throw .truncated("the bytes of its texts") }
    var (owner, first) = (bytes.owner, bytes.offset)
    if first + range.upperBound > Int(Int32.max) {
      owner = try memory.bytes(range.count)
      memcpy(owner.start, bytes.start + range.lowerBound, range.count)
      first = -range.lowerBound
    }
    let offsets = try self.offsets(places, count, Offset.self, from: first)
    let vector = Vector(type, count: count, validity: validity, .text(offsets: offsets, start: 0, bytes: owner))
    if isText { try Self.requireText(vector) }
    return vector
  }

  /// Texts of which each says where it lies, if it does not lie there itself.
  mutating func views(
    _ isText: Bool, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    let views = try nextBytes()
    try views.require(count, of: UInt128.self)
    var buffers: [ArrowBytes] = []
    for _ in 0..<header.viewBuffers[cursor.view] { buffers.append(try nextBytes()) }
    cursor.view += 1
    defer { withExtendedLifetime((views, buffers, validity)) {} }
    let bits = validity?.bits
    var wrong: Int?
    let vector: Vector
    do throws(FlintError) {
      let builder = try TextBuilder(type, capacity: count, memory)
      for row in 0..<count where wrong == nil {
        if !(bits?[row] ?? true) {
          try builder.appendNull()
        } else if let text = Self.viewed(views, row, buffers) {
          try builder.append(text)
        } else {
          wrong = row
        }
      }
      vector = try builder.finish()
    } catch { throw .other(error) }
    if let wrong { throw .damaged("the text of row \(wrong) of the batch lies outside of its buffers") }
    if isText { try Self.requireText(vector) }
    return vector
  }

  private static func viewed(_ views: ArrowBytes, _ row: Int, _ buffers: [ArrowBytes]) -> UnsafeRawBufferPointer? {
    let length = Int(views.value(row * 4, Int32.self))
    if (0...12).contains(length) {
      return UnsafeRawBufferPointer(start: views.start + row * 16 + 4, count: length)
    }
    let (number, offset) = (Int(views.value(row * 4 + 2, Int32.self)), Int(views.value(row * 4 + 3, Int32.self)))
    guard length > 12, buffers.indices.contains(number), offset >= 0, offset + length <= buffers[number].count else {
      return nil
    }
    return UnsafeRawBufferPointer(start: buffers[number].start + offset, count: length)
  }

  /// Values of one width, one behind another.
  mutating func fixedBytes(
    _ width: Int, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    let bytes = try nextBytes()
    // A product of two numbers of 32 bits.
    guard count * width <= bytes.count else { throw .truncated("a buffer of its values") }
    guard bytes.offset + count * width <= Int(Int32.max) else {
      throw .unsupported("it has more than 2 GiB in a batch")
    }
    let offsets = try steps(count, width, from: bytes.offset)
    return Vector(type, count: count, validity: validity, .text(offsets: offsets, start: 0, bytes: bytes.owner))
  }

  // MARK: Offsets.

  /// Offsets that rise by the same step.
  func steps(_ count: Int, _ step: Int, from first: Int = 0) throws(FormatFault) -> ColumnBuffer {
    let buffer = try memory.bytes((count + 1) * 4)
    let offsets = buffer.pointer(to: Int32.self)
    for index in 0...count { offsets[index] = Int32(truncatingIfNeeded: first &+ index &* step) }
    return buffer
  }

  /// Where the first value begins and the last one ends. Offsets that fall are refused.
  static func range<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ places: ArrowBytes, _ count: Int, _: Offset.Type
  ) throws(FormatFault) -> Range<Int> {
    // No values may have no offsets either.
    if count == 0 { return 0..<0 }
    guard places.count / MemoryLayout<Offset>.size > count else { throw .truncated("a buffer of offsets") }
    let first = places.value(0, Offset.self)
    var (last, isRising) = (first, first >= 0)
    for index in 1...count {
      let next = places.value(index, Offset.self)
      isRising = isRising && next >= last
      last = next
    }
    guard isRising else { throw .damaged("its offsets fall") }
    guard Int64(last) - Int64(first) <= Int64(Int32.max) else {
      throw .unsupported("it has more than 2 GiB in a batch")
    }
    return Int(first)..<Int(last)
  }

  /// Offsets of 32 bits, moved by `shift`.
  func offsets<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ places: ArrowBytes, _ count: Int, _: Offset.Type, from shift: Int
  ) throws(FormatFault) -> ColumnBuffer {
    if count == 0 { return try steps(0, 0) }
    let buffer = try memory.bytes((count + 1) * 4)
    let offsets = buffer.pointer(to: Int32.self)
    for index in 0...count {
      offsets[index] = Int32(truncatingIfNeeded: Int(truncatingIfNeeded: places.value(index, Offset.self)) &+ shift)
    }
    return buffer
  }

  /// Demands that texts are UTF-8. Under null anything may lie.
  private static func requireText(_ vector: Vector) throws(FormatFault) {
    guard vector.count > 0 else { return }
    let (offsets, bytes) = (vector.offsets, vector.bytes)
    let (first, last) = (Int(offsets[0]), Int(offsets[vector.count]))
    if isText(UnsafeBufferPointer(start: bytes + first, count: last - first)) {
      // All of them together are UTF-8; then each is, unless one ends within a character.
      var isCut = false
      for row in 0..<vector.count {
        let place = Int(offsets[row])
        if place < last { isCut = isCut || bytes[place] & 0xC0 == 0x80 }
      }
      if !isCut { return }
    }
    for row in 0..<vector.count where !vector.isNull(row) && !isText(vector.text(row)) {
      throw .damaged("the text of row \(row) of the batch is not UTF-8")
    }
  }

  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }
}
