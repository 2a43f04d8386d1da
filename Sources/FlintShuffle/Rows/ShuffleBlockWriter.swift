internal import FlintCore
public import FlintTasks

/// Turns a map task's rows into blocks for the readers of a shuffle.
public final class ShuffleBlockWriter<Row> {
  /// How much memory the rows take, as far as it was seen.
  public private(set) var weight = RowWeight(of: Row.self)
  private let output: any ShuffleOutput
  private let codec: RowCodec<Row>

  /// Into `output`. Throws `unsupported-type`.
  public init(_ output: any ShuffleOutput) throws {
    self.output = output
    codec = try RowCodec()
  }

  /// How many reduce partitions there are.
  public var partitionCount: Int { output.partitionCount }

  /// How many rows make a block of a good size.
  public var rowsPerBlock: Int { max(1, BlockSize.bytes / weight.bytes) }

  /// Gives rows to one reduce partition.
  public func append(_ rows: [Row], to partition: Int) async throws {
    guard !rows.isEmpty else { return }
    let block = try codec.encode(rows)
    weight.learn(count: rows.count, size: block.count)
    try await output.append(block, rowCount: rows.count, checksum: try codec.checksum(rows), to: partition)
  }
}

/// How large a block of rows should be: large enough to compress well, small enough to be held for each partition.
enum BlockSize {
  static let bytes = 128 << 10
}
