internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import FlintTasks
internal import Synchronization

/// An exchange of rows by ranges of what they are sorted by. Where the ranges end a sample decides, before the first job.
final class RangeExchange: ShuffleOperation, PreparedOperation {
  private let orders: [TypedOrder]
  private let columns: [Attribute]
  private let settings: ComputingSettings
  private let sample: @Sendable () async throws -> [UInt8]
  private let lease: ShuffleLease
  /// The first key of each range but the first one, as a block.
  private let bounds = Mutex<[UInt8]?>(nil)

  /// - Parameter sample: finds the bounds.
  init(
    _ orders: [TypedOrder], _ columns: [Attribute], _ settings: ComputingSettings, lease: ShuffleLease,
    sample: @escaping @Sendable () async throws -> [UInt8]
  ) {
    self.orders = orders
    self.columns = columns
    self.settings = settings
    self.lease = lease
    self.sample = sample
  }

  /// Before the bounds are known, a writer that has only one range.
  var factory: ShuffleWriterFactory {
    let (dealing, finder) = Dealing.ranges(orders, bounds: bounds.withLock { $0 } ?? []).numbered
    let (columns, settings) = (columns, settings)
    return ShuffleWriterFactory { DealingWriter(dealing.finding(finder), columns, settings) }
  }

  func prepare(_ session: Session) async throws {
    guard bounds.withLock({ $0 == nil }) else { return }
    let found = try await sample()
    // Who was first decides, and all go on with it.
    bounds.withLock { if $0 == nil { $0 = found } }
  }
}

/// Finds bounds of ranges that have about as many rows each.
struct RangeSample {
  let orders: [TypedOrder]
  let partitionCount: Int
  let kernels: Kernels

  /// What the first rows of a partition are sorted by, for the sample.
  final class Keys: ResultMaker {
    private let dealing: Dealing
    private let columns: [Attribute]
    private let settings: ComputingSettings
    private let limit: Int
    /// Rows of each partition that are looked at.
    private static let rowLimit = 1 << 16

    init(_ dealing: Dealing, _ columns: [Attribute], _ settings: ComputingSettings, limit: Int) {
      self.dealing = dealing
      self.columns = columns
      self.settings = settings
      self.limit = limit
    }

    func result(
      of rows: any RowStream, partition: PartitionID, context: any TaskContext
    ) async throws -> [UInt8] {
      let (kernels, zones) = try await settings.load(StageMemory(context).columns, context.files)
      let compiler = Compiler(columns, kernels, zones: zones)
      let keys = try (dealing.expressions ?? []).map { (key) throws(FlintError) in try compiler.compile(key) }
      var batches: [Batch] = []
      var count = 0
      while count < Self.rowLimit, let next = try await rows.next() {
        let values = try keys.map { (key) throws(FlintError) in try key.vector(next.columns, kernels) }
        let batch = Batch(
          Schema(keys.map(\.type)), values, length: next.columns.length, selection: next.columns.selection)
        batches.append(try kernels.compact(batch))
        count += batch.rowCount
      }
      let all = try kernels.concatenate(batches, Schema(keys.map(\.type)))
      let step = max(1, all.length / limit)
      let some = stride(from: 0, to: all.length, by: step).map { Int32($0) }
      return try BatchBlock.encode(try kernels.take(all, try RowNumbers(some, kernels.memory)), kernels)
    }
  }

  /// The bounds, as a block, by the samples of all partitions.
  func bounds(_ samples: [[UInt8]]) throws(FlintError) -> [UInt8] {
    let schema = Schema(orders.map(\.expression.type))
    let batches = try samples.map { (block) throws(FlintError) in
      try BatchBlock.decode(block, schema, kernels.memory)
    }
    let sorted = try kernels.sort(try kernels.concatenate(batches, schema), by: orders.sortKeys)
    var places: [Int32] = []
    if sorted.length > 0 {
      for range in 1..<max(2, partitionCount) { places.append(Int32(sorted.length * range / partitionCount)) }
    }
    if partitionCount == 1 { places = [] }
    return try BatchBlock.encode(try kernels.take(sorted, try RowNumbers(places, kernels.memory)), kernels)
  }
}

extension [TypedOrder] {
  /// How columns that hold these values one behind another are ordered.
  var sortKeys: [SortKey] {
    enumerated().map { SortKey($0, isDescending: $1.isDescending, nullsFirst: $1.nullsFirst) }
  }
}
