public import FlintTasks

/// A fused loop that fills an array. A struct around the function, which keeps it as it is.
@usableFromInline
struct FusedFill<Row>: Sendable {
  @usableFromInline typealias Body = @Sendable (_ batch: AnyRowBatch, _ output: inout [Row]) throws -> Void

  @usableFromInline let body: Body

  @inlinable
  @inline(__always)
  init(_ body: @escaping Body) {
    self.body = body
  }

  /// What stands in the place of a loop that is not used.
  @inlinable
  @inline(__always)
  static var unused: Body { { _, _ in FusedCode.isUnused() } }
}
