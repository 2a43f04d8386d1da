public import FlintCore

/// Reads bytes from front to back. Every length is held against what is left, and what decoding allocates against a budget.
///
/// It borrows the bytes: whoever makes a reader keeps them alive and unchanged while it is in use.
public struct ByteReader: ~Copyable {
  private var next: UnsafeRawPointer
  private let end: UnsafeRawPointer
  /// Bytes of memory that decoding may still ask for.
  public private(set) var budget: Int
  /// Where the value begins that is being read: columns are aligned from there.
  var origin: UnsafeRawPointer
  /// What a conversion threw.
  var cause: (any Error)?

  /// A reader of `bytes` that may allocate `budget` bytes for what it decodes.
  public init(_ bytes: UnsafeRawBufferPointer, budget: Int = 1 << 30) {
    // An empty buffer may have no address; any will do, since nothing is read from it.
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    next = start
    origin = start
    end = start + bytes.count
    self.budget = budget
  }

  /// Bytes that are not read yet.
  @inline(__always)
  public var remaining: Int { end - next }

  /// Reads a number. Throws `corrupt-data` when too few bytes are left, as all that follow do.
  public mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type = Number.self
  ) throws(FlintError) -> Number {
    do throws(LayoutFault) { return try get(Number.self) } catch { throw error.decodingError(cause: nil) }
  }

  /// Reads `count` bytes, which live as long as the reader's own bytes.
  public mutating func read(count: Int) throws(FlintError) -> UnsafeRawBufferPointer {
    do throws(LayoutFault) {
      return UnsafeRawBufferPointer(start: try take(count), count: count)
    } catch { throw error.decodingError(cause: nil) }
  }

  /// Reads what ``ByteWriter/append(text:)`` wrote. Throws `corrupt-data` also for what is not UTF-8.
  public mutating func readText() throws(FlintError) -> String {
    let bytes = try read(count: Int(read(UInt32.self)))
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LayoutFault.badText.decodingError(cause: nil)
    }
    return text
  }

  /// Takes `size` bytes off the budget, for whoever allocates for a value that is being read. Throws
  /// `memory-budget-exceeded`.
  public mutating func reserve(_ size: Int) throws(FlintError) {
    do throws(LayoutFault) { try charge(size) } catch { throw error.decodingError(cause: nil) }
  }
}

extension ByteReader {
  @inline(__always)
  mutating func take(_ size: Int) throws(LayoutFault) -> UnsafeRawPointer {
    if _slowPath(size < 0 || size > end - next) { throw .truncated }
    let place = next
    next += size
    return place
  }

  @inline(__always)
  mutating func get<Value: BitwiseCopyable>(_: Value.Type) throws(LayoutFault) -> Value {
    try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self)
  }

  /// Steps over what fills up to a multiple of eight bytes from ``origin``.
  mutating func align() throws(LayoutFault) {
    _ = try take((origin - next) & 7)
  }

  @inline(__always)
  mutating func charge(_ size: Int) throws(LayoutFault) {
    budget -= size
    if _slowPath(budget < 0) { throw .overBudget }
  }

  /// Begins a value here.
  mutating func startValue() {
    origin = next
  }
}
