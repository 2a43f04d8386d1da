internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintShuffle
internal import FlintTasks

/// An exchange by ranges of keys, which a sample of the parent's keys decides before the first job.
final class RangeShuffle<Row: Sendable, Key: Comparable & Sendable>: ShuffleOperation, CheckedOperation,
  PreparedOperation
{
  private let name: String
  private let partitionCount: Int
  private let isDescending: Bool
  private let writer: @Sendable (RangePartitioning<Key>) -> any ShuffleWriter
  private let sample: @Sendable () async throws -> [KeySample<Key>]
  private let ranges = Prepared<RangePartitioning<Key>>()
  private let lease: ShuffleLease

  init(
    _ name: String, partitionCount: Int, isDescending: Bool, lease: ShuffleLease,
    writer: @escaping @Sendable (RangePartitioning<Key>) -> any ShuffleWriter,
    sample: @escaping @Sendable () async throws -> [KeySample<Key>]
  ) {
    self.name = name
    self.partitionCount = partitionCount
    self.isDescending = isDescending
    self.lease = lease
    self.writer = writer
    self.sample = sample
  }

  /// Before the ranges are known, a writer that has only one.
  var factory: ShuffleWriterFactory {
    let ranges =
      ranges.value ?? RangePartitioning(splitters: [], count: partitionCount, isDescending: isDescending)
    let writer = writer
    return ShuffleWriterFactory { writer(ranges) }
  }

  func check(at location: SourceLocation) throws {
    try RowLayout.check(Row.self, "the rows of \(name) cannot be exchanged", at: location)
    try RowLayout.check(Key.self, "the keys of \(name) cannot be exchanged", at: location)
  }

  func prepare(_ session: Session) async throws {
    guard partitionCount > 1 else { return }
    try await ranges.find {
      let samples = try await sample()
      let weighted = samples.flatMap { sample in
        sample.keys.map { (key: $0, weight: Double(sample.count) / Double(sample.keys.count)) }
      }
      return RangePartitioning(sample: weighted, count: partitionCount, isDescending: isDescending)
    }
  }
}
