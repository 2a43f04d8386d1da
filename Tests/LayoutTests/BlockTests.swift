import FlintCore
import FlintLayout
import Testing

/// Header and checksum of blocks, and the buffers below them.
@Suite("Blocks of rows")
struct BlockTests {
  @Test("a block with any bit flipped is refused")
  func everyBit() throws {
    let block = try RowBlock.encode([("key", 1), ("other", 2)])
    for bit in 0..<8 * block.count {
      var damaged = block
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let error = #expect(throws: FlintError.self) { try RowBlock.decode(damaged, as: (String, Int).self) }
      #expect(error?.code == .corruptData)
    }
  }

  @Test("a block without rows comes back, and what is no block is refused")
  func edges() throws {
    #expect(try RowBlock.decode(try RowBlock.encode([Int]()), as: Int.self) == [])
    #expect(try RowBlock.encode([Int]()).count == 32)
    for bytes in [[], [1, 2, 3], [UInt8](repeating: 0, count: 64)] {
      let error = #expect(throws: FlintError.self) { try RowBlock.decode(bytes, as: Int.self) }
      #expect(error?.code == .corruptData)
    }
  }

  @Test("a writer keeps its bound, and is as it was when rows do not fit")
  func writerBound() throws {
    var writer = ByteWriter(capacity: 0, limit: 10)
    try writer.append(UInt32(7))
    let layout = try RowLayout.of(String.self)
    for (text, fits) in [("seven..", false), ("6 byte", false), ("ab", true)] {
      var row = text
      var code: FlintError.Code?
      do throws(FlintError) {
        try withUnsafePointer(to: &row) { (row) throws(FlintError) in
          try layout.encode(rows: row, count: 1, into: &writer)
        }
      } catch { code = error.code }
      #expect(code == (fits ? nil : .resourceExhausted))
    }
    #expect(writer.bytes == [7, 0, 0, 0, 2, 0, 0, 0] + Array("ab".utf8))
  }

  @Test("a reader gives back what a writer wrote, and nothing beyond")
  func buffers() throws {
    var writer = ByteWriter()
    try writer.append(Int16(-2))
    try writer.append(text: "é")
    try writer.append([1, 2, 3])
    let bytes = writer.bytes
    try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, budget: 5)
      let number = try reader.read(Int16.self)
      let text = try reader.readText()
      let rest = Array(try reader.read(count: 3))
      #expect(number == -2 && text == "é" && rest == [1, 2, 3])
      let remaining = reader.remaining
      #expect(remaining == 0)
    }
    bytes.withUnsafeBytes { bytes in
      #expect(throws: FlintError.self) {
        var reader = ByteReader(bytes, budget: 5)
        _ = try reader.read(count: 100)
      }
      #expect(throws: FlintError.self) {
        var reader = ByteReader(bytes, budget: 5)
        _ = try reader.read(count: -1)
      }
      #expect(throws: FlintError.self) {
        var reader = ByteReader(bytes, budget: 5)
        try reader.reserve(6)
      }
    }
  }
}
