public import FlintCore
internal import Glibc

extension Kernels {
  /// The rows that count in their order; rows with equal keys stay as they were.
  public func order(_ batch: Batch, by keys: [SortKey]) throws(FlintError) -> RowNumbers {
    let columns = try keys.map { (key) throws(FlintError) in try batch.columns[key.column].flat(memory) }
    return try order(columns, length: batch.length, keys: keys, selection: batch.selection)
  }

  /// The rows of columns in their order: `keys` say of each column how, not which one.
  func order(
    _ columns: [Vector], length: Int, keys: [SortKey], selection: Selection?
  ) throws(FlintError) -> RowNumbers {
    let count = selection?.count ?? length
    let prefixes = try SortWords(columns, keys, count: length, memory)
    let words = prefixes.words
    let pairs = try memory.buffer(count * MemoryLayout<SortPair>.stride)
    let items = pairs.pointer(to: SortPair.self)
    if let rows = selection?.rows {
      for index in 0..<count { items[index] = SortPair(word: words[Int(rows[index])], row: rows[index]) }
    } else {
      for row in 0..<count { items[row] = SortPair(word: words[row], row: Int32(truncatingIfNeeded: row)) }
    }
    let isDecided = prefixes.decided == keys.count
    let other = count >= RadixSort.worthwhile ? try memory.buffer(pairs.count) : nil
    var sorted = items
    if let other {
      sorted = RadixSort.sort(items, other.pointer(to: SortPair.self), count)
      if !isDecided { settle(sorted, count, columns, keys, from: prefixes.decided) }
    } else {
      let order = RowOrder(columns, columns, keys)
      var all = UnsafeMutableBufferPointer(start: items, count: count)
      all.sort { left, right in
        if left.word != right.word { return left.word < right.word }
        let rest = isDecided ? 0 : order.compare(Int(left.row), Int(right.row), from: prefixes.decided)
        return rest == 0 ? left.row < right.row : rest < 0
      }
    }
    let result = try memory.buffer(count * 4)
    let rows = result.pointer(to: Int32.self)
    for index in 0..<count { rows[index] = sorted[index].row }
    withExtendedLifetime((columns, selection, prefixes, pairs, other)) {}
    return RowNumbers(result, count: count)
  }

  /// Sorts each run of equal words by the columns that the words do not decide.
  private func settle(
    _ items: UnsafeMutablePointer<SortPair>, _ count: Int, _ columns: [Vector], _ keys: [SortKey], from first: Int
  ) {
    let order = RowOrder(columns, columns, keys)
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, items[end].word == items[start].word { end += 1 }
      if end - start > 1 {
        var run = UnsafeMutableBufferPointer(start: items + start, count: end - start)
        run.sort { left, right in
          let rest = order.compare(Int(left.row), Int(right.row), from: first)
          return rest == 0 ? left.row < right.row : rest < 0
        }
      }
      start = end
    }
  }

  /// The rows that count, sorted.
  public func sort(_ batch: Batch, by keys: [SortKey]) throws(FlintError) -> Batch {
    try take(batch, try order(batch, by: keys))
  }
}

/// A row and the beginning of its key.
struct SortPair: BitwiseCopyable {
  var word: UInt64
  var row: Int32
}
