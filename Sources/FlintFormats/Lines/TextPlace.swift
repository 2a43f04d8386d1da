internal import FlintCore
internal import FlintFiles

/// Where in a text file something stands, for errors: `trips.csv:17:23`.
struct TextPlace: CustomStringConvertible {
  let path: String
  /// Both counted from 1; the column in bytes.
  let line: Int
  let column: Int

  var description: String { "\(path):\(line):\(column)" }

  /// The place of the byte at `position`, which is counted in what the file decompresses to. Lines are counted only
  /// now that somebody wants to know, by reading the file once more; where that fails the first line is named.
  static func find(_ position: Int64, in split: FileSplit, _ files: any FileSystem) async -> TextPlace {
    (try? await count(to: position, in: split, files)) ?? TextPlace(path: split.path, line: 1, column: 1)
  }

  private static func count(
    to position: Int64, in split: FileSplit, _ files: any FileSystem
  ) async throws -> TextPlace {
    let source = try await ByteSource(split, from: 0, in: files)
    let slab = try Slab(count: 256 << 10, budget: MemoryBudget(limit: .mebibytes(1)))
    var (line, start, read) = (1, Int64(0), Int64(0))
    var isBehindReturn = false
    while read < position {
      let count = try await source.read(into: slab, 0..<Int(min(Int64(slab.bytes.count), position - read)))
      guard count > 0 else { break }
      for (index, byte) in slab.bytes[..<count].enumerated() {
        // A carriage return ends a line when no line feed follows.
        if byte == UInt8(ascii: "\n") || isBehindReturn {
          line += 1
          start = read + Int64(index) + (byte == UInt8(ascii: "\n") ? 1 : 0)
        }
        isBehindReturn = byte == UInt8(ascii: "\r")
      }
      read += Int64(count)
    }
    return TextPlace(path: split.path, line: line, column: Int(position - start) + 1)
  }
}
