public import FlintCore

extension Kernels {
  /// Deals rows to ranges of their key: for each range its rows, in their order. Rows with equal keys are in one range.
  ///
  /// - Parameters:
  ///   - columns: the columns of the key, of `count` rows.
  ///   - bounds: the same columns of the first key of each range but the first one, in their order.
  ///   - keys: how each column is ordered; which one it is stands nowhere.
  public func deal(
    _ columns: [Vector], count: Int, bounds: [Vector], by keys: [SortKey]
  ) throws(FlintError) -> [RowNumbers] {
    let rows = try columns.map { (column) throws(FlintError) in try column.flat(memory) }
    let firsts = try bounds.map { (column) throws(FlintError) in try column.flat(memory) }
    let boundCount = firsts.first?.count ?? 0
    let order = RowOrder(rows, firsts, keys)
    var ranges = [Int32](repeating: 0, count: count)
    var sizes = [Int](repeating: 0, count: boundCount + 1)
    for row in 0..<count {
      var low = 0
      var high = boundCount
      while low < high {
        let middle = (low + high) / 2
        if order.compare(row, middle) < 0 { high = middle } else { low = middle + 1 }
      }
      ranges[row] = Int32(truncatingIfNeeded: low)
      sizes[low] += 1
    }
    let buffers = try sizes.map { (size) throws(FlintError) in try memory.buffer(size * 4) }
    var ends = buffers.map { $0.pointer(to: Int32.self) }
    for row in 0..<count {
      let range = Int(ranges[row])
      ends[range].pointee = Int32(truncatingIfNeeded: row)
      ends[range] += 1
    }
    return zip(buffers, sizes).map { RowNumbers($0, count: $1) }
  }
}
