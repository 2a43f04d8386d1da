public import FlintLineage

/// Writes a map task's rows for the readers of a shuffle. One for each task.
public protocol ShuffleWriter: AnyObject {
  /// Takes all of `rows`, and gives each to `output` under the number of its reduce partition, as blocks of encoded rows.
  func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws
}

/// Makes a shuffle's writer. This is what travels.
public struct ShuffleWriterFactory: Sendable {
  /// Makes the writer; it captures the partitioner and the user's closures.
  public let make: @Sendable () throws -> any ShuffleWriter

  /// A factory that calls `make`.
  public init(_ make: @escaping @Sendable () throws -> any ShuffleWriter) {
    self.make = make
  }
}

/// What a ``FlintLineage/ShuffleDependency/operation`` is when executors shall write the shuffle.
public protocol ShuffleOperation: LineageOperation {
  /// What makes the writer.
  var factory: ShuffleWriterFactory { get }
}
