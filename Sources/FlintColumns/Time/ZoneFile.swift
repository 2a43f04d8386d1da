internal import FlintCore

/// A file of the database of time zones, in its format TZif of version 2 or later: the changes that were, and a rule for
/// those to come.
struct ZoneFile {
  private(set) var changes: [Int64] = []
  private(set) var offsets: [Int64] = []

  private let bytes: [UInt8]
  private let name: String
  private var place = 0

  init(_ bytes: [UInt8], name: String) throws(FlintError) {
    self.bytes = bytes
    self.name = name
    let first = try header()
    guard first.version >= UInt8(ascii: "2") else { throw broken("it is of the first version, without rules") }
    // The first part repeats what 32 bits can say.
    try skip(first.size(timeBytes: 4))
    let second = try header()
    try readChanges(second)
    try readFooter()
  }

  private struct Header {
    let version: UInt8
    let counts: [Int]

    var universal: Int { counts[0] }
    var standard: Int { counts[1] }
    var leaps: Int { counts[2] }
    var times: Int { counts[3] }
    var types: Int { counts[4] }
    var characters: Int { counts[5] }

    func size(timeBytes: Int) -> Int {
      times * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4) + standard + universal
    }
  }

  private mutating func header() throws(FlintError) -> Header {
    let start = try take(44)
    guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else { throw broken("it does not begin as one") }
    let counts = (0..<6).map { Int(number(start + 20 + 4 * $0, 4)) }
    // No real file comes near; this keeps products small.
    guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0 else { throw broken("its counts are wrong") }
    return Header(version: bytes[start + 4], counts: counts)
  }

  private mutating func readChanges(_ header: Header) throws(FlintError) {
    guard header.leaps == 0 else { throw broken("it counts leap seconds") }
    let times = try take(header.times * 8)
    let indices = try take(header.times)
    let types = try take(header.types * 6)
    try skip(header.characters + header.standard + header.universal)
    let typeOffsets = (0..<header.types).map { number(types + 6 * $0, 4) }
    offsets = [typeOffsets[0]]
    for change in 0..<header.times {
      let seconds = number(times + 8 * change, 8)
      let type = Int(bytes[indices + change])
      guard type < header.types, changes.last.map({ $0 < seconds }) ?? true else {
        throw broken("its changes are wrong")
      }
      changes.append(seconds)
      offsets.append(typeOffsets[type])
    }
  }

  /// The rule for times behind the last change is written out, so that one search finds them all.
  private mutating func readFooter() throws(FlintError) {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\n"),
      let end = bytes[(place + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { throw broken("it has no rule for the future") }
    let text = String(decoding: bytes[place + 1..<end], as: UTF8.self)
    if text.isEmpty { return }
    guard let rule = ZoneRule(text) else { throw broken("its rule \(text) for the future is wrong") }
    let last = changes.last ?? Int64.min
    let firstYear = changes.last.map { CivilDay(days: $0.dividedDown(by: 86400)).year } ?? 1900
    for year in firstYear...max(firstYear, Self.lastYear) {
      for (seconds, offset) in rule.changes(in: year) where seconds > last {
        changes.append(seconds)
        offsets.append(offset)
      }
    }
  }

  /// Beyond it clocks no longer change here. Spark's own dates end in 9999.
  private static let lastYear: Int64 = 9999

  private mutating func take(_ count: Int) throws(FlintError) -> Int {
    guard count <= bytes.count - place else { throw broken("it ends too early") }
    defer { place += count }
    return place
  }

  private mutating func skip(_ count: Int) throws(FlintError) { _ = try take(count) }

  /// A signed number of so many bytes, the highest first.
  private func number(_ start: Int, _ count: Int) -> Int64 {
    let value = bytes[start..<start + count].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return count == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
  }

  private func broken(_ why: String) -> FlintError {
    FlintError(.corruptData, "the file of the time zone \(name) is broken", why: why)
  }
}

extension Int64 {
  /// The quotient rounded down, also for negative numbers.
  @inline(__always)
  func dividedDown(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return quotient &- ((self % divisor) &>> 63 & 1)
  }

  /// What ``dividedDown(by:)`` leaves, which is never negative.
  @inline(__always)
  func remainderDown(by divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder &+ (divisor & (remainder &>> 63))
  }
}
