package import FlintCore

/// Where code of a job runs in a ``DirectRuntime``.
package struct DirectPlace: Hashable, Sendable {
  /// The last dataset of its stage.
  package let dataset: DatasetID
  package let partition: PartitionID
}

/// A task that did not come to its end.
package struct DirectFailure: Sendable {
  package let place: DirectPlace
  package let error: any Error
}
