/// Some rows of one partition, whose type only the operators know that made it and take it.
///
/// A batch belongs to the stream that gave it, and is valid until the stream is asked for the next one: streams use their
/// batches again.
open class AnyRowBatch {
  /// An empty batch.
  @inlinable
  public init() {}

  /// How many rows it has.
  open var count: Int { 0 }
}
