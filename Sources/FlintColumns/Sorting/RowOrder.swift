/// The order of rows of two batches, by some keys, one pair at a time.
struct RowOrder {
  /// One key, without references, so that comparing counts none.
  private struct Part: BitwiseCopyable {
    /// Nil for values that consist of others.
    let plain: PlainOrder?
    let left: BitPointer?
    let right: BitPointer?
    let isDescending: Bool
    let nullsFirst: Bool

    /// Negative, zero or positive where nulls decide; nil for two values.
    @inline(__always)
    func compareNulls(_ row: Int, _ other: Int) -> Int? {
      switch (left?[row] ?? true, right?[other] ?? true) {
      case (true, true): nil
      case (false, false): 0
      case (false, true): nullsFirst ? -1 : 1
      case (true, false): nullsFirst ? 1 : -1
      }
    }
  }

  private let parts: [Part]
  /// These keep the columns, to which the parts point.
  private let orders: [ValueOrder]

  init(_ left: [Vector], _ right: [Vector], _ keys: [SortKey]) {
    orders = zip(left, right).map(ValueOrder.init)
    parts = zip(zip(keys, orders), zip(left, right)).map { key, pair in
      Part(
        plain: key.1.plain, left: pair.0.validity?.bits, right: pair.1.validity?.bits,
        isDescending: key.0.isDescending, nullsFirst: key.0.nullsFirst)
    }
  }

  /// Negative, zero or positive as a row stands before, with or behind another.
  func compare(_ row: Int, _ other: Int, from first: Int = 0) -> Int {
    for index in first..<parts.count {
      let part = parts[index]
      if let order = part.compareNulls(row, other) {
        if order != 0 { return order }
        continue
      }
      let order = part.plain?.compare(row, other) ?? orders[index].compare(row, other)
      if order != 0 { return part.isDescending ? -order : order }
    }
    return 0
  }
}
