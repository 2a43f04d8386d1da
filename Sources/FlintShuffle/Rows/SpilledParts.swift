internal import FlintCore
public import FlintTasks

/// Rows that went to disk since memory was short, in parts by the hash of their keys. All rows of a key are in one part.
public final class SpilledParts<Row> {
  /// Blocks of one part.
  public struct Part: Sendable {
    /// Where the blocks stand.
    public fileprivate(set) var blocks: [Range<Int64>] = []
    /// How many rows they hold.
    public fileprivate(set) var rowCount = 0
  }

  /// The parts, by their number.
  public private(set) var parts: [Part]
  /// By which division of the hash: parts of parts are divided by another.
  public let level: Int
  private var weight = RowWeight(of: Row.self)
  private let file: any SpillFile
  private let codec: RowCodec<Row>

  /// Parts of the division `level` in `file`. Throws `unsupported-type`.
  public init(level: Int, file: any SpillFile) throws {
    self.level = level
    self.file = file
    codec = try RowCodec()
    parts = Array(repeating: Part(), count: SpillLimits.partCount)
  }

  /// How many rows make a block of a good size.
  public var rowsPerBlock: Int { max(1, BlockSize.bytes / weight.bytes) }

  /// Writes rows of one part.
  public func append(_ rows: [Row], to part: Int) async throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let piece = rest.prefix(rowsPerBlock)
      let block = try codec.encode(Array(piece))
      weight.learn(count: piece.count, size: block.count)
      parts[part].blocks.append(try await file.append(block))
      parts[part].rowCount += piece.count
      rest = rest.dropFirst(piece.count)
    }
  }

  /// Reads a block back.
  public func read(_ block: Range<Int64>) async throws -> (rows: [Row], size: Int) {
    let bytes = try await file.read(block)
    return (try codec.rows(bytes), bytes.count)
  }
}

/// The bounds of spilling by parts.
public enum SpillLimits {
  /// Into how many parts the rows of a table are divided.
  public static let partCount = 32
  /// How often a part is divided again. What does not fit then never will: 32⁴ parts hold single keys.
  public static let levels = 4
}
