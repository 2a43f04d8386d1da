extension JoinTable {
  /// Goes on with `rows` from the cursor on, until they are done or `output` has `limit` rows.
  ///
  /// - Parameters:
  ///   - flags: for each row whether it had a partner, here or in an earlier table of the same side.
  ///   - isLast: whether this is the last table of the side, so that rows without a partner have none.
  @inlinable
  @inline(__always)
  func probe<Left, Output>(
    _ rows: [(Key, Left)], _ flags: inout [Bool], isLast: Bool, _ cursor: inout JoinCursor,
    _ output: inout [Output], _ limit: Int, pair: ((Key, Left, Value) -> Output)?, left: ((Key, Left) -> Output)?
  ) {
    let index = index
    let values = values
    let following = following
    while cursor.row < rows.count, output.count < limit {
      let row = rows[cursor.row]
      var partner = Self.end
      if let resumed = cursor.partner {
        partner = resumed
      } else if let number = index.find(row.0) {
        flags[cursor.row] = true
        index[number].isMatched = true
        if pair != nil { partner = index[number].first }
      } else if isLast, !flags[cursor.row], let left {
        output.append(left(row.0, row.1))
      }
      if let pair {
        while partner != Self.end, output.count < limit {
          output.append(pair(row.0, row.1, values[Int(partner)]))
          partner = following[Int(partner)]
        }
      }
      if partner != Self.end {
        cursor.partner = partner
      } else {
        cursor.partner = nil
        cursor.row &+= 1
      }
    }
  }

  /// Adds what becomes of rows whose key was not met, from the key `position` on, until `output` has `limit` rows or more.
  @inlinable
  @inline(__always)
  func leftovers<Output>(
    _ position: inout Int, _ output: inout [Output], _ limit: Int, _ right: (Key, Value) -> Output
  ) {
    while position < index.count, output.count < limit {
      if !index[position].isMatched {
        var row = index[position].first
        while row != Self.end {
          output.append(right(index.key(position), values[Int(row)]))
          row = following[Int(row)]
        }
      }
      position &+= 1
    }
  }
}
