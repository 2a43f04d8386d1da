/// The order of rows of two batches, by some keys, one pair at a time.
struct RowOrder {
  private struct Part {
    let order: ValueOrder
    let left: Vector
    let right: Vector
    let key: SortKey
  }

  private let parts: [Part]

  init(_ left: [Vector], _ right: [Vector], _ keys: [SortKey]) {
    parts = zip(keys, zip(left, right)).map { key, pair in
      Part(order: ValueOrder(pair.0, pair.1), left: pair.0, right: pair.1, key: key)
    }
  }

  /// Negative, zero or positive as a row stands before, with or behind another.
  func compare(_ row: Int, _ other: Int, from first: Int = 0) -> Int {
    for part in parts[first...] {
      let order: Int
      switch (part.left.isNull(row), part.right.isNull(other)) {
      case (true, true): order = 0
      case (true, false): order = part.key.nullsFirst ? -1 : 1
      case (false, true): order = part.key.nullsFirst ? 1 : -1
      case (false, false):
        let ascending = part.order.compare(row, other)
        order = part.key.isDescending ? -ascending : ascending
      }
      if order != 0 { return order }
    }
    return 0
  }
}
