internal import FlintColumns

/// The rows of one partition, batch by batch, as columns. It belongs to one task, and is asked by one caller, one question
/// after another.
protocol BatchStream: AnyObject {
  /// The next rows, whose columns are those of the plan; nil after the last. A batch may be empty. Throws what ends the task.
  func next() async throws -> Batch?
}

extension BatchStream {
  /// All rows side by side.
  func all(_ schema: Schema, _ kernels: Kernels) async throws -> Batch {
    var batches: [Batch] = []
    while let batch = try await next() {
      if batch.rowCount > 0 { batches.append(batch) }
    }
    return try kernels.concatenate(batches, schema)
  }
}

extension [Attribute] {
  /// The schema of batches of these columns. Whether null may be among their values is known of plans, not of batches.
  var schema: Schema { Schema(map { Field($0.name, $0.type) }) }
}
