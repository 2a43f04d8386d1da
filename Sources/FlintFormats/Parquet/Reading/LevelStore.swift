internal import FlintColumns

/// The levels of the rows of one batch, for one leaf.
struct LevelStore {
  private(set) var count = 0
  private var definitionBuffer: ColumnBuffer
  private var repetitionBuffer: ColumnBuffer?
  private let memory: ColumnMemory

  /// No levels yet. Without repetition only definition levels are kept.
  init(capacity: Int, hasRepetition: Bool, _ memory: ColumnMemory) throws(FormatFault) {
    self.memory = memory
    definitionBuffer = try memory.bytes(capacity)
    repetitionBuffer = hasRepetition ? try memory.bytes(capacity) : nil
  }

  var definitions: UnsafeMutablePointer<UInt8> { definitionBuffer.pointer() }
  /// Nil where all are 0.
  var repetitions: UnsafeMutablePointer<UInt8>? { repetitionBuffer?.pointer() }

  /// Adds the levels of some entries of a page.
  mutating func append(_ page: LevelPage, _ range: Range<Int>) throws(FormatFault) {
    let total = count + range.count
    if total > definitionBuffer.count {
      let wanted = max(total, count * 2)
      definitionBuffer = try memory.bytes(wanted, keeping: count, of: definitionBuffer)
      if let repetitionBuffer {
        self.repetitionBuffer = try memory.bytes(wanted, keeping: count, of: repetitionBuffer)
      }
    }
    if let source = page.definitions {
      (definitions + count).update(from: source + range.lowerBound, count: range.count)
    }
    if let source = page.repetitions, let target = repetitions {
      (target + count).update(from: source + range.lowerBound, count: range.count)
    }
    count = total
  }
}
