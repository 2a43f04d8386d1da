/// Moves values that were read one behind another to the slots that are not null. The others hold any value.
enum Spreading {
  /// Moves `valid` values at the beginning of `values` to their places among `slots`.
  static func spread<Value: BitwiseCopyable>(
    _ values: UnsafeMutablePointer<Value>, slots: Int, valid: Int, _ bits: UnsafeRawPointer, start: Int
  ) {
    guard valid < slots else { return }
    // From behind, so that nothing is overwritten that is still to be moved. Null gets the value before it: no branch.
    var (from, slot) = (valid &- 1, slots &- 1)
    while slot >= 0 && from >= 0 {
      values[slot] = values[from]
      let bit = start &+ slot
      let byte = bits.load(fromByteOffset: bit &>> 3, as: UInt8.self)
      from &-= Int((byte &>> UInt8(truncatingIfNeeded: bit & 7)) & 1)
      slot &-= 1
    }
    while slot >= 0 {
      _ = withUnsafeMutableBytes(of: &values[slot]) { $0.initializeMemory(as: UInt8.self, repeating: 0) }
      slot &-= 1
    }
  }

  /// The same for values of `width` bytes.
  static func spread(
    _ values: UnsafeMutableRawPointer, width: Int, slots: Int, valid: Int, _ bits: UnsafeRawPointer, start: Int
  ) {
    switch width {
    case 1: spread(values.assumingMemoryBound(to: UInt8.self), slots: slots, valid: valid, bits, start: start)
    case 2: spread(values.assumingMemoryBound(to: UInt16.self), slots: slots, valid: valid, bits, start: start)
    case 4: spread(values.assumingMemoryBound(to: UInt32.self), slots: slots, valid: valid, bits, start: start)
    case 8: spread(values.assumingMemoryBound(to: UInt64.self), slots: slots, valid: valid, bits, start: start)
    default: spread(values.assumingMemoryBound(to: UInt128.self), slots: slots, valid: valid, bits, start: start)
    }
  }

  /// The same for the offsets behind `ends[-1]`, of which each says where a text ends: null gets an empty text.
  static func spread(
    ends: UnsafeMutablePointer<Int32>, slots: Int, valid: Int, _ bits: UnsafeRawPointer, start: Int
  ) {
    guard valid < slots else { return }
    var (from, slot) = (valid &- 1, slots &- 1)
    while slot >= 0 {
      ends[slot] = ends[from]
      let bit = start &+ slot
      let byte = bits.load(fromByteOffset: bit &>> 3, as: UInt8.self)
      from &-= Int((byte &>> UInt8(truncatingIfNeeded: bit & 7)) & 1)
      slot &-= 1
    }
  }

  /// The same for bits from number `first` on.
  static func spread(
    bitsOf values: UnsafeMutableRawPointer, first: Int, slots: Int, valid: Int, _ bits: UnsafeRawPointer, start: Int
  ) {
    guard valid < slots else { return }
    var from = valid - 1
    for slot in stride(from: slots - 1, through: 0, by: -1) {
      let isThere = BitRuns.isSet(bits, start + slot)
      let value = isThere && BitRuns.isSet(values, first + from)
      BitRuns.fill(values, start: first + slot, count: 1, value)
      if isThere { from -= 1 }
    }
  }
}
