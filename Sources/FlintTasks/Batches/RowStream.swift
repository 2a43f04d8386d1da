/// The rows of one partition, batch by batch. It belongs to one task, and is asked by one caller, one question after another.
public protocol RowStream: AnyObject {
  /// The next rows; nil after the last. A batch may be empty. Throws what ends the task.
  func next() async throws -> AnyRowBatch?
}
