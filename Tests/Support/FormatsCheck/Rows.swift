import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem

/// The rows of a file of columns, in the format that its name says.
struct Rows {
  let reader: any BatchReader
  /// What was left out, in words.
  let counts: () async -> String

  init(_ path: FilePath, _ options: Options, _ files: SystemFileSystem, _ memory: ColumnMemory) async throws {
    if path.string.hasSuffix(".arrow") {
      let scan = ArrowScan(columns: options.scan.columns, batchRows: options.scan.batchRows)
      reader = try await ArrowFile.open(path, files).reader(scan, memory: memory)
      counts = { "" }
    } else {
      let reader = try await ParquetFile.open(path, files).reader(options.scan, memory: memory)
      self.reader = reader
      counts = {
        let counts = await reader.counts
        return "groups=\(counts.rowGroupsRead) statistics=\(counts.rowGroupsByStatistics) "
          + "bloom=\(counts.rowGroupsByBloomFilter) index=\(counts.rowsByPageIndex) filter=\(counts.rowsByFilter)"
      }
    }
  }
}
