public import FlintShuffle
public import FlintTasks

/// The last transformations of a dataset as one loop over the batches of whatever stands before them: no row is put into a
/// batch on the way from one to the next.
///
/// Each transformation wraps the loop of its parent in a function of its own. Where a chain is written in one piece, and its
/// functions capture nothing, the compiler folds them all into one; elsewhere a call of a call for each row is left, which
/// costs far more than batches do. A folded function is known by having no context, so ``FusedCode`` tells the two apart
/// when the graph is made.
@usableFromInline
struct FusedLoop<Row>: Sendable {
  /// Gives what becomes of each row of a batch to `sink`.
  @usableFromInline typealias Body =
    @Sendable (_ batch: AnyRowBatch, _ sink: (Row) throws -> Void) throws -> Void

  /// How many transformations there are.
  @usableFromInline let length: Int
  @usableFromInline let body: Body

  /// More than so many are not wrapped: a graph that is made in a loop may have any number.
  @inlinable static var longest: Int { 16 }

  @inlinable
  @inline(__always)
  init(length: Int, _ body: @escaping Body) {
    self.length = length
    self.body = body
  }

  /// No transformation: the rows of the batch.
  @inlinable
  @inline(__always)
  init() {
    self.init(length: 0) { batch, sink in
      let rows = batch.of(Row.self).rows
      try rows.withUnsafeBufferPointer { rows in
        for row in rows { try sink(row) }
      }
    }
  }

  /// The loop that the next transformation wraps.
  @inlinable
  @inline(__always)
  var open: FusedLoop { length < Self.longest ? self : FusedLoop() }

  /// With one row for each, made by `transform`.
  @inlinable
  @inline(__always)
  func mapped<New>(_ transform: @escaping @Sendable (Row) throws -> New) -> FusedLoop<New> {
    let parent = open
    let (body, number) = (parent.body, parent.length)
    return FusedLoop<New>(length: number + 1) { batch, sink in
      try body(batch) { row in
        let new: New
        do { new = try transform(row) } catch { throw StepFailure(number, error) }
        try sink(new)
      }
    }
  }

  /// With the rows that `transform` makes something of.
  @inlinable
  @inline(__always)
  func compacted<New>(_ transform: @escaping @Sendable (Row) throws -> New?) -> FusedLoop<New> {
    let parent = open
    let (body, number) = (parent.body, parent.length)
    return FusedLoop<New>(length: number + 1) { batch, sink in
      try body(batch) { row in
        let new: New?
        do { new = try transform(row) } catch { throw StepFailure(number, error) }
        if let new { try sink(new) }
      }
    }
  }

  /// With the rows for which `isIncluded` is true.
  @inlinable
  @inline(__always)
  func filtered(_ isIncluded: @escaping @Sendable (Row) throws -> Bool) -> FusedLoop {
    let parent = open
    let (body, number) = (parent.body, parent.length)
    return FusedLoop(length: number + 1) { batch, sink in
      try body(batch) { row in
        let isChosen: Bool
        do { isChosen = try isIncluded(row) } catch { throw StepFailure(number, error) }
        if isChosen { try sink(row) }
      }
    }
  }

  /// How many transformations an operator does at once that makes batches, and the loop that does it; 0 when one after the
  /// other is better. A struct of functions could not travel, so these are two values.
  @inlinable
  @inline(__always)
  var folded: (steps: Int, fill: FusedFill<Row>.Body) {
    guard length > 1 else { return (0, FusedFill.unused) }
    let filling = filling
    let steps = FusedCode.length(length, of: filling)
    return (steps, steps > 0 ? filling.body : FusedFill.unused)
  }

  /// Puts what becomes of a batch in the place of what an array holds.
  @inlinable
  @inline(__always)
  var filling: FusedFill<Row> {
    let body = body
    return FusedFill { batch, output in
      var made = 0
      let held = output.count
      var others: [Row] = []
      // What it holds is overwritten where it stands: to empty it first would take each old row apart by its type's general
      // function.
      try output.withUnsafeMutableBufferPointer { output in
        try body(batch) { row in
          if made < held { output[made] = row } else { others.append(row) }
          made &+= 1
        }
      }
      if made < held { output.removeLast(held - made) } else { output.append(contentsOf: others) }
    }
  }
}
