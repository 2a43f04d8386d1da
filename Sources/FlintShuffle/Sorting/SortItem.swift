/// A row that is sorted by its prefix: only these sixteen bytes move.
public struct SortItem: Sendable {
  /// The first bits of the row's key in the wanted order.
  @usableFromInline let prefix: UInt64
  /// The row's place before.
  @usableFromInline let number: UInt32

  @inlinable
  init(prefix: UInt64, number: UInt32) {
    self.prefix = prefix
    self.number = number
  }

  /// A byte of the prefix, counted from the last.
  private func byte(_ digit: Int) -> Int {
    let shifted = prefix &>> UInt64(truncatingIfNeeded: digit &* 8)
    return Int(truncatingIfNeeded: shifted & 0xFF)
  }

  /// Sorts by prefix, and keeps the order of those that are equal.
  public static func sort(_ items: inout [SortItem]) {
    guard items.count > 256 else {
      items.sort { ($0.prefix, $0.number) < ($1.prefix, $1.number) }
      return
    }
    // Byte by byte from the last: one pass for each byte that differs anywhere.
    var counts = [Int](repeating: 0, count: 8 * 256)
    counts.withUnsafeMutableBufferPointer { counts in
      for item in items {
        for digit in 0..<8 {
          let value = item.byte(digit)
          counts[digit &* 256 &+ value] &+= 1
        }
      }
    }
    var other = [SortItem](repeating: SortItem(prefix: 0, number: 0), count: items.count)
    for digit in 0..<8 where !counts[digit << 8..<(digit + 1) << 8].contains(items.count) {
      var next = [Int](repeating: 0, count: 256)
      for value in 1..<256 { next[value] = next[value - 1] + counts[digit << 8 | (value - 1)] }
      next.withUnsafeMutableBufferPointer { next in
        other.withUnsafeMutableBufferPointer { other in
          for item in items {
            let value = item.byte(digit)
            other[next[value]] = item
            next[value] &+= 1
          }
        }
      }
      swap(&items, &other)
    }
  }
}
