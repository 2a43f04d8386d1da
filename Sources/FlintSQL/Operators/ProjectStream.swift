internal import FlintColumns

/// Computes the columns of each batch.
final class ProjectStream: BatchStream {
  private let source: any BatchStream
  private let computations: [Computation]
  private let schema: Schema
  private let kernels: Kernels

  init(_ source: any BatchStream, _ computations: [Computation], _ schema: Schema, _ kernels: Kernels) {
    self.source = source
    self.computations = computations
    self.schema = schema
    self.kernels = kernels
  }

  func next() async throws -> Batch? {
    guard let batch = try await source.next() else { return nil }
    let columns = try computations.map { try $0.vector(batch, kernels) }
    return Batch(schema, columns, length: batch.length, selection: batch.selection)
  }
}
