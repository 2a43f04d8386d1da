internal import FlintCore

/// The numbers of keys of two parts that have few numbers themselves, by both of these: a table with a place for each pair.
///
/// It only knows what another table decided: where it does not know a pair, that one is asked, and tells.
struct KeyCombinations {
  /// Pairs that there may be.
  static let most = 1 << 16

  /// The number of each pair plus one, 0 for one that is not known.
  private var buffer: ColumnBuffer?
  private var firstCount = 0
  private var secondCount = 0
  /// The parts' numbers of the rows that were not all known.
  private var asked: (first: RowNumbers, second: RowNumbers)?

  var heldBytes: Int { buffer?.heldBytes ?? 0 }

  /// Makes room for so many numbers of each part. What was known is asked for again.
  mutating func widen(_ firsts: Int, _ seconds: Int, _ memory: ColumnMemory) throws(FlintError) {
    guard firsts > firstCount || seconds > secondCount else { return }
    firstCount = max(firstCount, firsts)
    secondCount = max(secondCount, seconds)
    buffer = try memory.buffer(firstCount * secondCount * 4, isZeroed: true)
  }

  /// Writes the number of each row's pair; false when one of them is not known.
  mutating func find(_ first: RowNumbers, _ second: RowNumbers, _ target: UnsafeMutablePointer<Int32>) -> Bool {
    guard let known = buffer?.pointer(to: Int32.self) else { return first.count == 0 }
    let firsts = first.rows
    let seconds = second.rows
    let width = Int32(truncatingIfNeeded: secondCount)
    var signs: Int32 = 0
    for row in 0..<first.count {
      let number = known[Int(truncatingIfNeeded: firsts[row] &* width &+ seconds[row])] &- 1
      signs |= number
      target[row] = number
    }
    asked = signs < 0 ? (first, second) : nil
    withExtendedLifetime((first, second)) {}
    return signs >= 0
  }

  /// Takes in the numbers of the rows that were last looked for and not known.
  mutating func learn(_ numbers: UnsafePointer<Int32>) {
    guard let asked, let known = buffer?.pointer(to: Int32.self) else { return }
    for row in 0..<asked.first.count {
      let place = Int(asked.first.rows[row]) * secondCount + Int(asked.second.rows[row])
      known[place] = numbers[row] &+ 1
    }
    self.asked = nil
  }
}
