import FlintColumns
import FlintFormats
import LayoutSamples

/// Files and streams of Arrow's.
struct ArrowSubject: Subject {
  let name = "arrow"
  let ending = ".arrow"

  func samples(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample] {
    var values = RandomColumns(memory: memory, generator: Generator(seed: seed))
    var samples: [Sample] = []
    for form in [ArrowWriteOptions.Form.file, .stream] {
      for compression in ArrowCompression.allCases {
        // What is not compressed is damaged behind the codec, so there is more of it.
        for _ in 0..<(compression == .none ? 3 : 1) {
          var options = ArrowWriteOptions()
          options.form = form
          options.compression = compression
          options.properties = [("made", "by us")]
          let file = MemoryFile()
          let writer = try ArrowWriter(file, RandomColumns.codedSchema, options, memory: memory)
          for _ in 0..<3 { try await writer.write(try values.codedBatch(rows: 30)) }
          _ = try await writer.finish()
          samples.append(Sample(name: "\(form) \(compression)", bytes: file.bytes))
        }
      }
    }
    return samples
  }

  func read(_ file: MemoryFile, _ memory: ColumnMemory, way: Int) async throws -> Digest {
    let file = try await ArrowFile.open(file)
    // Some of the columns, each by itself.
    let columns = way % 3 == 0 ? file.schema.fields.map(\.name).filter { _ in way % 2 == 0 } : nil
    let reader = try file.reader(ArrowScan(columns: columns, batchRows: 29), memory: memory)
    var digest = Digest()
    while let batch = try await reader.next() { digest.add(batch) }
    return digest
  }

  /// The beginning, where a stream has its schema and the first batch's places; a file has them there too.
  func metadata(of bytes: [UInt8]) -> Range<Int> {
    // A file's end says where its batches are.
    bytes.count % 2 == 0 ? 0..<min(bytes.count, 4096) : max(0, bytes.count - 4096)..<bytes.count
  }
}
