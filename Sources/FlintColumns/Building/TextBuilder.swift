public import FlintCore
internal import Glibc

/// Makes vectors of texts or bytes.
///
/// One task uses it, and no access to a field overlaps another; so they are not checked.
public final class TextBuilder: VectorBuilder {
  /// What the values are.
  public let type: DataType
  /// How many values there are so far. Who wrote through ``offsets`` sets it.
  @exclusivity(unchecked) public var count = 0
  /// Which of them are null.
  @exclusivity(unchecked) public var validity: ValidityBuilder
  /// Bytes of all values so far. Who wrote through ``bytes`` sets it.
  @exclusivity(unchecked) public var byteCount = 0
  @exclusivity(unchecked) private var offsetBuilder: OffsetBuilder
  @exclusivity(unchecked) private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  /// A builder with room for `capacity` values of `bytes` bytes in all.
  public init(_ type: DataType, capacity: Int, bytes: Int = 0, _ memory: ColumnMemory) throws(FlintError) {
    precondition(type.physical == .text, "\(type) is no text")
    self.type = type
    self.memory = memory
    offsetBuilder = try OffsetBuilder(capacity: capacity, memory)
    buffer = try memory.buffer(bytes)
    validity = ValidityBuilder(memory)
  }

  /// How many values fit before memory is asked for.
  public var capacity: Int { offsetBuilder.capacity }
  /// How many bytes fit before memory is asked for.
  public var byteCapacity: Int { buffer.count }
  /// Room for one offset more than ``capacity``; the first is 0. It moves when more is reserved, and when a vector is
  /// finished.
  public var offsets: UnsafeMutablePointer<Int32> { offsetBuilder.offsets }
  /// Room for ``byteCapacity`` bytes. It moves when more are reserved, and when a vector is finished.
  public var bytes: UnsafeMutablePointer<UInt8> { buffer.pointer() }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) {
    try offsetBuilder.reserve(more, after: count)
  }

  /// Makes room for `more` bytes. Throws `memory-budget-exceeded`, and `resource-exhausted` above 2 GiB.
  public func reserveBytes(_ more: Int) throws(FlintError) {
    guard byteCount + more > buffer.count else { return }
    try OffsetBuilder.demand(byteCount + more, of: type)
    let larger = try memory.buffer(max(byteCount + more, min(buffer.count * 2, Int(Int32.max)), 1024))
    memcpy(larger.start, buffer.start, byteCount)
    buffer = larger
  }

  /// Adds a value of these bytes.
  public func append(_ text: UnsafeRawBufferPointer) throws(FlintError) {
    try reserve(1)
    try reserveBytes(text.count)
    if let base = text.baseAddress { memcpy(bytes + byteCount, base, text.count) }
    byteCount += text.count
    endValue()
  }

  /// Adds a value of these bytes.
  public func append(_ bytes: [UInt8]) throws(FlintError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(FlintError) in try append(UnsafeRawBufferPointer(bytes)) }
  }

  /// Adds a text.
  public func append(_ text: String) throws(FlintError) {
    var text = text
    let failure = text.withUTF8 { (utf8) -> FlintError? in
      do throws(FlintError) { try append(UnsafeRawBufferPointer(utf8)) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    try reserve(1)
    try validity.setNull(count, capacity: capacity)
    endValue()
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      type, count: count, validity: try validity.finish(count), nullCount: nulls,
      .text(offsets: try offsetBuilder.finish(), start: 0, bytes: buffer))
    buffer = try memory.buffer(0)
    count = 0
    byteCount = 0
    return vector
  }

  private func endValue() {
    count += 1
    offsets[count] = Int32(truncatingIfNeeded: byteCount)
  }
}
