import FlintCore
import FlintLayout
import Testing

/// Columns of flat fields are those of Apache Arrow, as a reader finds that is not ours.
@Suite("Column form")
struct ColumnFormTests {
  private struct Flat {
    var number: Int32
    var amount: Double
    var name: String
    var tip: Double?
    var note: String?
    var isSet: Bool
    var day: Day
    var time: Timestamp
    var identifier: FlintLayout.UUID
    var wide: Int128

    init(_ index: Int) {
      number = Int32(index * 7 - 300)
      amount = Double(index) / 4
      name = index % 3 == 0 ? "" : "näme \(index) that is rather long"
      tip = index % 4 == 0 ? nil : Double(index)
      note = index % 5 == 0 ? nil : "n\(index)"
      isSet = index % 3 == 1
      day = Day(daysSinceEpoch: Int32(index - 50))
      time = Timestamp(microseconds: Int64(index) * 1_000_001)
      identifier = UUID(high: 1, low: UInt64(index))
      wide = Int128(index) - 50
    }

    /// The values as pyarrow's script prints them.
    var line: String {
      let tip = tip.map { "\($0)" } ?? "None"
      let flag = isSet ? "True" : "False"
      let numbers = "\(day.daysSinceEpoch)|\(time.microseconds)|\(identifier)|\(wide)"
      return "\(number)|\(amount)|\(name)|\(tip)|\(note ?? "None")|\(flag)|\(numbers)"
    }
  }

  @Test("pyarrow reads every flat column where it lies", .timeLimit(.minutes(1)))
  func arrow() async throws {
    let rows = (0..<100).map(Flat.init)
    let result = try await LayoutProgram.python(Self.script, input: try Rows.bytes(rows, .columns))
    #expect(result.exit == .exited(0), "\(result.lines.suffix(5))")
    try #require(result.lines.count == rows.count)
    for (row, line) in zip(rows, result.lines) { #expect(line == row.line) }
  }

  /// Finds the columns one behind another, each from a multiple of eight bytes on, and hands their buffers to pyarrow.
  private static let script = """
    import sys, uuid
    import pyarrow as pa
    data, rows, at = pa.py_buffer(sys.stdin.buffer.read()), 100, 0
    def take(size):
        global at
        at = (at + 7) & ~7
        piece = data.slice(at, size)
        at += size
        return piece
    def validity(): return take((rows + 7) // 8)
    def text():
        global at
        offsets = take(4 * (rows + 1))
        size = pa.Array.from_buffers(pa.int32(), rows + 1, [None, offsets])[rows].as_py()
        piece = data.slice(at, size)
        at += size
        return [offsets, piece]
    def column(type, buffers):
        array = pa.Array.from_buffers(type, rows, buffers)
        array.validate(full=True)
        return array
    columns = [
        column(pa.int32(), [None, take(4 * rows)]),
        column(pa.float64(), [None, take(8 * rows)]),
        column(pa.utf8(), [None] + text()),
        column(pa.float64(), [validity(), take(8 * rows)]),
        column(pa.utf8(), [validity()] + text()),
        column(pa.bool_(), [None, take((rows + 7) // 8)]),
        column(pa.date32(), [None, take(4 * rows)]).cast(pa.int32()),
        column(pa.timestamp('us'), [None, take(8 * rows)]).cast(pa.int64()),
        column(pa.binary(16), [None, take(16 * rows)]),
        column(pa.decimal128(38, 0), [None, take(16 * rows)]),
    ]
    assert at == data.size, (at, data.size)
    lists = [c.to_pylist() for c in columns]
    lists[8] = [uuid.UUID(bytes=value) for value in lists[8]]
    for row in zip(*lists): print('|'.join(str(value) for value in row))
    """

  @Test("offsets that run backwards, beyond the text, or not from zero on are refused")
  func offsets() throws {
    let bytes = try Rows.bytes(["ab", "cd"], .columns)
    #expect(bytes == [0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0] + Array("abcd".utf8))
    for (place, value) in [(0, 1), (4, 5), (8, 1), (8, 5)] as [(Int, UInt8)] {
      var damaged = bytes
      damaged[place] = value
      #expect(Rows.refusal(damaged, count: 2, .columns, as: String.self) == .corruptData, "byte \(place) = \(value)")
    }
  }

  @Test("a nil of numbers is zeros in memory, whatever stood in its place on the way")
  func nilPayload() throws {
    let bytes: [UInt8] = [0b01] + [UInt8](repeating: 0, count: 7) + [5, 0, 0, 0, 9, 9, 9, 9]
    #expect(try Rows.read(bytes, count: 2, .columns, as: Int32?.self) == [5, nil])
  }
}
