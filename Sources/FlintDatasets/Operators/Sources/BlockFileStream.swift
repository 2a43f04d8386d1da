internal import FlintCore
internal import FlintFiles
internal import FlintLayout
internal import FlintTasks

/// The rows of a file of blocks.
final class BlockFileStream<Row: Sendable>: RowStream {
  private let file: any OpenFile
  private let split: FileSplit
  private let context: any TaskContext
  private var offset: Int64 = 0

  init(_ file: any OpenFile, _ split: FileSplit, _ context: any TaskContext) {
    self.file = file
    self.split = split
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard offset < split.fileSize else { return nil }
    let head = try await file.read(count: 8, at: offset)
    guard head.count == 8 else { throw torn }
    let length = head.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(split.fileSize - offset - 8) else { throw torn }
    let block = try await file.read(count: Int(length), at: offset + 8)
    offset += 8 + Int64(length)
    let rows: [Row] = try RowBlock.decode(block)
    context.counters.count {
      $0.rowsRead += UInt64(rows.count)
      $0.bytesRead += 8 + length
    }
    return RowBatch(rows)
  }

  private var torn: FlintError {
    FlintError(.corruptData, "\(split.path) ends in the middle of a block", remedy: "write the checkpoint again")
  }
}
