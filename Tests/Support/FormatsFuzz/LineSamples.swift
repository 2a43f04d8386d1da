import FlintColumns
import FlintCore
import FlintFiles
import FlintFormats
import LayoutSamples

/// What the subjects of files of lines share.
struct LineSamples {
  private var values: RandomColumns
  private let columns: [Int]

  init(_ memory: ColumnMemory, seed: UInt64, columns: Set<String>) {
    values = RandomColumns(memory: memory, generator: Generator(seed: seed))
    self.columns = RandomColumns.schema.fields.indices.filter { columns.contains(RandomColumns.schema.fields[$0].name) }
  }

  /// Their columns.
  var schema: Schema { RandomColumns.schema.selecting(columns) }

  /// Random rows.
  mutating func batch(rows: Int) throws -> Batch { try values.batch(rows: rows).selecting(columns: columns) }

  /// Reads a file in some parts, which must give the same rows as the whole where `isSame` says so.
  static func read(
    _ file: MemoryFile, parts: Int, isSame: Bool,
    _ open: (FileSplit, MemoryFiles) async throws -> any BatchReader
  ) async throws -> Digest {
    let files = MemoryFiles(file: file)
    let input = InputFile(path: "damaged", size: try await file.size())
    var digest = Digest()
    for split in SplitPlan.splits(of: [input], wanted: parts, parallelism: 1) {
      let reader = try await open(split, files)
      while let batch = try await reader.next() { digest.add(batch) }
    }
    guard isSame, parts > 1 else { return digest }
    let whole = try await read(file, parts: 1, isSame: false, open)
    guard whole.rows == digest.rows else { preconditionFailure("\(parts) parts have other rows than the whole") }
    return digest
  }
}
