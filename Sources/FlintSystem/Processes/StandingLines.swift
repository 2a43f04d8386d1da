/// Lines that stand on a terminal below everything that was said, and are written over; what is said meanwhile scrolls by above
/// them. It decides which bytes a terminal must get.
public struct StandingLines: Sendable {
  private var lines: [String] = []
  /// How many of them the terminal shows.
  private var shownCount = 0
  /// What was said last has no end yet: nothing can stand below it.
  private var isInLine = false

  /// None.
  public init() {}

  /// The bytes for something that is said.
  public mutating func say(_ bytes: [UInt8]) -> [UInt8] {
    guard let last = bytes.last else { return [] }
    isInLine = last != UInt8(ascii: "\n")
    guard !lines.isEmpty || shownCount > 0 else { return bytes }
    return erase() + bytes + draw()
  }

  /// The bytes that let `new` stand there, each cut to `width` columns, instead of those that stood there before.
  public mutating func stand(_ new: [String], width: Int) -> [UInt8] {
    let cut = new.map { String($0.prefix(max(1, width))) }
    guard cut != lines else { return [] }
    lines = cut
    return erase() + draw()
  }

  /// Goes back to the first line, and clears from there on.
  private mutating func erase() -> [UInt8] {
    guard shownCount > 0 else { return [] }
    defer { shownCount = 0 }
    return Array("\u{1B}[\(shownCount)A\u{1B}[J".utf8)
  }

  private mutating func draw() -> [UInt8] {
    guard !isInLine else { return [] }
    shownCount = lines.count
    return lines.flatMap { Array(($0 + "\n").utf8) }
  }
}
