public import FlintTasks

/// Rows whose last transformations may be left out, since whoever reads them does the same in its own loop.
public protocol SteppedStream: RowStream {
  /// Leaves out the last `count` transformations. Before the first batch only.
  ///
  /// Returns whose functions they are, in their order; nil when the stream does not end in just so many.
  func leaveOut(_ count: Int) -> [UserCode]?
}
