internal import FlintColumns
internal import Glibc

/// The bytes of one buffer of a column, in memory of a vector's.
struct ArrowBytes {
  /// The memory in which they lie.
  let owner: ColumnBuffer
  /// Where in it they begin.
  let offset: Int
  let count: Int

  var start: UnsafeRawPointer { UnsafeRawPointer(owner.start + offset) }

  /// Demands room for `count` values of a type.
  func require<Value: BitwiseCopyable>(_ count: Int, of _: Value.Type) throws(FormatFault) {
    guard self.count / MemoryLayout<Value>.size >= count else { throw .truncated("a buffer of its values") }
  }

  /// Value `index`, wherever it lies.
  @inline(__always)
  func value<Value: BitwiseCopyable>(_ index: Int, _: Value.Type = Value.self) -> Value {
    start.loadUnaligned(fromByteOffset: index &* MemoryLayout<Value>.size, as: Value.self)
  }

  /// The values as those of a vector: where they lie, if they lie as vectors need it, else copied.
  func values(_ count: Int, width: Int, _ memory: ColumnMemory) throws(FormatFault) -> VectorForm {
    guard self.count / width >= count else { throw .truncated("a buffer of its values") }
    if offset % width == 0 { return .values(owner, start: offset / width) }
    let copy = try memory.bytes(count * width)
    memcpy(copy.start, start, count * width)
    return .values(copy, start: 0)
  }

  /// The bits as those of a vector.
  func bits(_ count: Int) throws(FormatFault) -> Validity {
    guard self.count >= (count + 7) / 8 else { throw .truncated("a buffer of bits") }
    return Validity(owner, start: offset * 8)
  }
}
