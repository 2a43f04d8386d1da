public import FlintCore

extension RowLayout {
  /// The hashes of `count` rows that lie ``stride`` apart from `rows` on: equal for equal rows in every process and every
  /// build of the same layout. Texts are compared by their bytes, numbers by their bits.
  ///
  /// Throws `invalid-argument` for values that are nested too deep or whose own encoding fails.
  public func hashes(rows: UnsafeRawPointer, count: Int) throws(FlintError) -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: count)
    do throws(LayoutFault) {
      try RowHasher.hash(program, rows, count: count) { index, hash in hashes[index] = hash }
    } catch { throw error.encodingError(cause: nil) }
    return hashes
  }

  /// The hashes of an array's rows, whose layout this is.
  public func hashes<Row>(_ rows: [Row]) throws(FlintError) -> [UInt64] {
    precondition(type == Row.self, "a layout of \(type) does not read rows of \(Row.self)")
    return try rows.withUnsafeBufferPointer { (rows) throws(FlintError) in
      guard let start = rows.baseAddress else { return [] }
      return try hashes(rows: start, count: rows.count)
    }
  }

  /// The wrapping sum of the rows' hashes, which does not depend on their order. Throws as ``hashes(rows:count:)`` does.
  public func hashSum(rows: UnsafeRawPointer, count: Int) throws(FlintError) -> UInt64 {
    var sum: UInt64 = 0
    do throws(LayoutFault) {
      try RowHasher.hash(program, rows, count: count) { _, hash in sum &+= hash }
    } catch { throw error.encodingError(cause: nil) }
    return sum
  }

  /// The wrapping sum of the hashes of an array's rows, whose layout this is.
  public func hashSum<Row>(_ rows: [Row]) throws(FlintError) -> UInt64 {
    precondition(type == Row.self, "a layout of \(type) does not read rows of \(Row.self)")
    return try rows.withUnsafeBufferPointer { (rows) throws(FlintError) in
      guard let start = rows.baseAddress else { return 0 }
      return try hashSum(rows: start, count: rows.count)
    }
  }
}
