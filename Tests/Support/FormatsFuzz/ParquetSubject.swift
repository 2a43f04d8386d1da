import FlintColumns
import FlintFormats

/// Parquet files, whose pages are each in memory of exactly their size.
struct ParquetSubject: Subject {
  let name = "parquet"
  let ending = ".parquet"

  func samples(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample] {
    try await ParquetSamples.files(memory, seed: seed)
  }

  func read(_ file: MemoryFile, _ memory: ColumnMemory, way: Int) async throws -> Digest {
    let file = try await ParquetFile.open(file)
    var scan = ParquetScan(batchRows: 29)
    scan.isExact = true
    // The columns of the conditions are those of our own samples.
    if way % 3 == 0, file.schema.index(of: "name") != nil, file.schema.index(of: "long") != nil {
      scan.filters = [
        ParquetFilter("name", .equal(.bytes(Array("text 7".utf8)))), ParquetFilter("long", .less(.integer(50_000))),
      ]
    }
    let reader = try file.reader(scan, memory: memory)
    var digest = Digest()
    while let batch = try await reader.next() { digest.add(batch) }
    return digest
  }

  /// The footer.
  func metadata(of bytes: [UInt8]) -> Range<Int> {
    guard bytes.count > 8 else { return bytes.indices }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[bytes.count - 8 + $1]) << (8 * $1) }
    return max(0, bytes.count - 8 - length)..<bytes.count
  }
}
