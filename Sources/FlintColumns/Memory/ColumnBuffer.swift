internal import CFlint
internal import FlintCore
internal import Glibc

/// A run of counted memory: the values, the validity bits, the offsets or the bytes of a vector.
///
/// Who made it writes to ``start``, and alone; once it is part of a vector, nobody does. It begins at a multiple of 64 bytes,
/// and ``padding`` bytes behind its end may be read and written, so that loops need not stop at the last value. Under
/// AddressSanitizer nothing further may.
public final class ColumnBuffer: Sendable {
  /// Bytes behind the end that may be touched.
  public static let padding = 64

  /// Bytes that were asked for.
  public let count: Int
  let slab: Slab
  private let idle: IdleSlabs

  init(_ slab: Slab, count: Int, of idle: IdleSlabs) {
    self.slab = slab
    self.count = count
    self.idle = idle
    flint_forbid(start + count + Self.padding, slab.bytes.count - count - Self.padding)
  }

  deinit {
    flint_allow(start, slab.bytes.count)
    idle.put(slab)
  }

  /// The first byte. It is there as long as the buffer is.
  public var start: UnsafeMutableRawPointer {
    // A slab has at least a page.
    slab.bytes.baseAddress.unsafelyUnwrapped
  }

  /// Bytes that this buffer takes of its budget.
  public var heldBytes: Int { slab.bytes.count }

  /// The first byte as a value of a plain type.
  @inlinable
  public func pointer<Value: BitwiseCopyable>(to _: Value.Type = Value.self) -> UnsafeMutablePointer<Value> {
    start.assumingMemoryBound(to: Value.self)
  }

  /// Writes zeros.
  public func zero(_ range: Range<Int>) {
    memset(start + range.lowerBound, 0, range.count)
  }
}
