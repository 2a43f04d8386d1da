/// The last few rows by some order, kept sorted, the last one first.
@usableFromInline
enum TopRows {
  /// Takes in those of `rows` that belong to the `count` last ones.
  @inlinable
  static func add<Row>(
    _ rows: [Row], to best: inout [Row], _ count: Int, by areInIncreasingOrder: (Row, Row) throws -> Bool
  ) throws {
    guard count > 0 else { return }
    for row in rows {
      if best.count == count, try !areInIncreasingOrder(best[count - 1], row) { continue }
      // Behind all that are not smaller: of equal rows the first stays before.
      var (low, high) = (0, best.count)
      while low < high {
        let middle = (low + high) / 2
        if try areInIncreasingOrder(best[middle], row) { high = middle } else { low = middle + 1 }
      }
      if best.count == count { best.removeLast() }
      best.insert(row, at: low)
    }
  }
}
