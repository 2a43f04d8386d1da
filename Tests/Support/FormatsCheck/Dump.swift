import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem

/// Writes the rows of files as text, a line for each, behind a line for the schema.
struct Dump {
  let files: SystemFileSystem
  let memory: ColumnMemory

  func run(_ source: FilePath, to target: FilePath, _ options: Options) async throws {
    let rows = try await Rows(source, options, files, memory)
    _ = try await write([rows.reader], to: target)
    print("\(source) \(await rows.counts())")
  }

  /// Writes the rows of readers one behind another, and returns how many they are.
  func write(_ readers: [any BatchReader], to target: FilePath) async throws -> Int {
    let output = try await files.open(target, .createOrTruncate)
    var (text, position, rows) = (CanonicalText(), Int64(0), 0)
    text.append(raw: readers.first?.schema.description ?? "")
    text.append("\n")
    for reader in readers {
      while let batch = try await reader.next() {
        rows += batch.rowCount
        for index in 0..<batch.rowCount { append(batch, batch.selection.map { Int($0.rows[index]) } ?? index, &text) }
        guard text.bytes.count > 1 << 20 else { continue }
        try await output.write(text.bytes, at: position)
        position += Int64(text.bytes.count)
        text.removeAll()
      }
    }
    try await output.write(text.bytes, at: position)
    try await output.close()
    return rows
  }

  private func append(_ batch: Batch, _ row: Int, _ text: inout CanonicalText) {
    for (index, column) in batch.columns.enumerated() {
      if index > 0 { text.append("|") }
      text.append(column, row)
    }
    text.append("\n")
  }
}
