/// The sizes of slabs that are used again: four between two powers of two, so that at most a fifth is left unused.
enum SlabSize {
  /// How many sizes there are.
  static let count = 4 * 64
  private static let smallest = 4096

  /// The smallest size for `bytes` bytes.
  static func holding(_ bytes: Int) -> Int {
    if bytes <= smallest { return smallest }
    // Pages are whole also between the smallest powers of two.
    let power = 1 << (Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount)
    let step = max(power / 4, smallest)
    return (bytes + step - 1) / step * step
  }

  /// The number of a size that ``holding(_:)`` returned.
  static func index(of size: Int) -> Int {
    let power = Int.bitWidth - 1 - size.leadingZeroBitCount
    return power * 4 + Int((size >> (power - 2)) & 3)
  }
}
