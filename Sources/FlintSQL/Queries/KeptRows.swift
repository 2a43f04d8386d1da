internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import Synchronization

/// A query whose rows the executors of a session keep once they were computed, and the dataset that it became when rows
/// were asked for the first time.
final class KeptRows: Sendable {
  let query: Query
  let level: StorageLevel
  let site: OperatorSite
  private let made = Mutex<DatasetSource?>(nil)

  init(_ query: Query, _ level: StorageLevel, _ site: OperatorSite) {
    self.query = query
    self.level = level
    self.site = site
  }

  /// The dataset; nil before rows were asked for.
  var source: DatasetSource? { made.withLock { $0 } }

  /// Takes the dataset, unless another one came before; returns the one that counts.
  func take(_ source: DatasetSource) -> DatasetSource {
    made.withLock { made in
      let first = made ?? source
      made = first
      return first
    }
  }
}

extension KeptRows: Hashable {
  static func == (left: KeptRows, right: KeptRows) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
