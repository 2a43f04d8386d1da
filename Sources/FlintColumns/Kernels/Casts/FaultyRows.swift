/// Rows, found in rising order, whose values have no counterpart.
struct FaultyRows {
  private var rows: [Int] = []

  var isEmpty: Bool { rows.isEmpty }

  mutating func insert(_ row: Int) { rows.append(row) }

  func contains(_ row: Int) -> Bool {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low] == row
  }
}
