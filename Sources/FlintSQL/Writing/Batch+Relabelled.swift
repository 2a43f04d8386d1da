internal import FlintColumns

extension Batch {
  /// The same columns under the names of a file, which does not ask where null may be.
  func relabelled(_ schema: Schema) -> Batch { Batch(schema, columns, length: length, selection: selection) }
}
