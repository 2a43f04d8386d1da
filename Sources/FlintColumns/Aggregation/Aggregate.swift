internal import FlintCore

/// One function over all keys of a table.
protocol Aggregate: AnyObject {
  /// Bytes of a key's cell, a multiple of eight.
  var cellSize: Int { get }
  /// From a multiple of how many bytes on a cell lies.
  var cellAlignment: Int { get }
  /// Bytes beside the cells.
  var heldBytes: Int { get }
  /// What partial results look like.
  var partialType: DataType { get }

  /// Takes in the values of some rows.
  func add(_ input: Vector?, _ target: CellRows) throws(FlintError)
  /// The results of all keys.
  func results(_ cells: Cells) throws(FlintError) -> Vector
  /// What ``merge(_:_:)`` of another table reads.
  func partials(_ cells: Cells) throws(FlintError) -> Vector
  /// Takes in partial results.
  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError)
}

extension Aggregate {
  var cellAlignment: Int { 8 }
}

/// The cells of one function: a record for each key, of which they are a part.
struct Cells {
  let base: UnsafeMutableRawPointer
  let stride: Int
  let count: Int

  /// Whether they do not stay in the cache without being asked for.
  var areLarge: Bool { count * stride > 1 << 19 }
}

/// Rows, and the number of the key that each has.
struct CellRows {
  let cells: Cells
  let numbers: UnsafePointer<Int32>
  let count: Int
  /// The rows' numbers; nil for those from `first` on.
  let rows: UnsafePointer<Int32>?
  var first = 0
  /// The same rows by their key, where keys are few.
  var byKey: RowsByKey?
  /// Whether the records of these rows' keys are in the cache, since another function was just there.
  var isNear = false

  /// The row at a place among these.
  @inline(__always)
  func row(_ index: Int) -> Int { rows.map { Int(truncatingIfNeeded: $0[index]) } ?? first &+ index }
}
