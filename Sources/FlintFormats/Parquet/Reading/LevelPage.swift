internal import FlintColumns

/// The levels of one page, and how far they are used.
struct LevelPage {
  private var definitionBuffer: ColumnBuffer?
  private var repetitionBuffer: ColumnBuffer?
  private(set) var count = 0
  var position = 0

  /// A definition level for each entry.
  var definitions: UnsafeMutablePointer<UInt8>? { definitionBuffer?.pointer() }
  /// A repetition level for each entry; nil where all are 0.
  var repetitions: UnsafeMutablePointer<UInt8>? { repetitionBuffer?.pointer() }
  var left: Int { count - position }

  init() {}

  /// Reads the levels of a page of `count` entries.
  init(
    _ levels: PageLevels, count: Int, definition: Int, repetition: Int, _ memory: ColumnMemory
  ) throws(FormatFault) {
    self.count = count
    definitionBuffer = try Self.read(levels.definitions, count, definition, memory)
    if repetition > 0 { repetitionBuffer = try Self.read(levels.repetitions, count, repetition, memory) }
  }

  private static func read(
    _ levels: PageLevels.Sequence, _ count: Int, _ greatest: Int, _ memory: ColumnMemory
  ) throws(FormatFault) -> ColumnBuffer {
    let buffer = try memory.bytes(count)
    let target = buffer.pointer(to: UInt8.self)
    switch levels {
    case .constant(let level): target.update(repeating: UInt8(level), count: count)
    case .runs(var runs):
      let chunk = 1024
      let scratch = try memory.bytes(chunk * 4)
      let wide = scratch.pointer(to: UInt32.self)
      var done = 0
      while done < count {
        let step = min(chunk, count - done)
        guard Int(try runs.read(wide, count: step)) <= greatest else { throw .damaged("a level is too high") }
        for index in 0..<step { target[done + index] = UInt8(truncatingIfNeeded: wide[index]) }
        done += step
      }
      withExtendedLifetime(scratch) {}
    }
    return buffer
  }
}
