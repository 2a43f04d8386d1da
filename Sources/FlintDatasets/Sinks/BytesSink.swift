public import FlintCore
public import FlintTasks

/// Writes the bytes that a function makes of a partition's rows.
@usableFromInline
final class BytesSink<Row: Sendable>: ResultMaker {
  /// Adds the bytes of a batch.
  @usableFromInline typealias Body = @Sendable ([Row], inout [UInt8]) throws -> Void
  private static var pieceSize: Int { 256 << 10 }
  private let staged: StagedOutput
  private let site: OperatorSite
  private let body: Body

  @usableFromInline
  init(_ staged: StagedOutput, _ site: OperatorSite, _ body: @escaping Body) {
    self.staged = staged
    self.site = site
    self.body = body
  }

  @usableFromInline
  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    try await PartWriter.write(staged, partition: partition, context: context) { writer in
      var bytes: [UInt8] = []
      var count = 0
      while let batch = try await rows.next() {
        site.enter(context)
        do { try body(batch.of(Row.self).rows, &bytes) } catch { throw site.failure(error) }
        count += batch.count
        guard bytes.count >= Self.pieceSize else { continue }
        try await writer.append(bytes, rows: count)
        bytes.removeAll(keepingCapacity: true)
        count = 0
      }
      try await writer.append(bytes, rows: count)
    }
  }
}
