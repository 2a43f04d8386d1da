internal import FlintColumns

/// The rows of several plans, one after another, under the names of the first.
final class UnionStream: BatchStream {
  private var sources: ArraySlice<any BatchStream>
  private let schema: Schema

  init(_ sources: [any BatchStream], _ schema: Schema) {
    self.sources = sources[...]
    self.schema = schema
  }

  func next() async throws -> Batch? {
    while let source = sources.first {
      if let batch = try await source.next() {
        return Batch(schema, batch.columns, length: batch.length, selection: batch.selection)
      }
      sources.removeFirst()
    }
    return nil
  }
}
