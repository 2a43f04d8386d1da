/// Bits in memory from any one on: the first is the lowest of its byte.
///
/// It counts no reference: who uses it keeps the vector or buffer alive.
public struct BitPointer: BitwiseCopyable {
  let bytes: UnsafePointer<UInt8>
  let shift: Int

  /// The bits from number `start` after `bytes` on.
  public init(_ bytes: UnsafeRawPointer, start: Int = 0) {
    self.bytes = (bytes + (start >> 3)).assumingMemoryBound(to: UInt8.self)
    shift = start & 7
  }

  /// Whether bit `index` is set.
  @inline(__always)
  public subscript(index: Int) -> Bool {
    let bit = index &+ shift
    return (bytes[bit &>> 3] &>> UInt8(truncatingIfNeeded: bit & 7)) & 1 == 1
  }

  /// The 64 bits from `index`, a multiple of 64, on. Reads up to nine bytes, so the last ones may hold anything.
  @inline(__always)
  public func word(_ index: Int) -> UInt64 {
    let place = UnsafeRawPointer(bytes) + (index &>> 3)
    let low = place.loadUnaligned(as: UInt64.self)
    if shift == 0 { return low }
    let high = UInt64(place.load(fromByteOffset: 8, as: UInt8.self))
    return low &>> UInt64(shift) | high &<< UInt64(64 &- shift)
  }

  /// How many of the first `count` bits are set.
  public func setCount(_ count: Int) -> Int {
    var total = 0
    var index = 0
    while index &+ 64 <= count {
      total &+= word(index).nonzeroBitCount
      index &+= 64
    }
    if index < count { total &+= (word(index) & Bits.low(count &- index)).nonzeroBitCount }
    return total
  }
}
