internal import FlintColumns
internal import Glibc

extension TextStore {
  /// The bytes of all texts.
  var all: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes.start, count: size) }

  func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let (start, end) = (Int(ends[index - 1]), Int(ends[index]))
    return UnsafeBufferPointer(start: bytes.pointer(to: UInt8.self) + start, count: end - start)
  }

  /// Adds texts that lie one behind another.
  mutating func append(
    _ offsets: UnsafePointer<Int32>, _ source: UnsafePointer<UInt8>, count more: Int
  ) throws(FormatFault) {
    guard more > 0 else { return }
    try reserve(more)
    let (first, begin) = (Int(offsets[0]), size)
    let length = Int(offsets[more]) - first
    try reserveBytes(length, of: more, behind: begin)
    memcpy(bytes.start + begin, source + first, length)
    let (target, moved) = (ends + count, Int32(begin - first))
    for index in 0..<more { target[index] = offsets[index + 1] &+ moved }
    add(more)
  }

  /// Writes the texts one behind another, each behind its length.
  func writePlain(hasLengths: Bool, to sink: inout ByteSink) throws(FormatFault) {
    guard hasLengths else { return try sink.append(all) }
    var place = try sink.reserve(size + 4 * count)
    let (ends, bytes) = (ends, bytes.start)
    var from = 0
    for index in 0..<count {
      let to = Int(ends[index])
      let length = to &- from
      place.storeBytes(of: UInt32(truncatingIfNeeded: length), as: UInt32.self)
      memcpy(place + 4, bytes + from, length)
      place += 4 &+ length
      from = to
    }
    sink.add(size + 4 * count)
  }

  /// Writes the lengths of the texts as differences.
  func writeLengths(to sink: inout ByteSink) throws(FormatFault) {
    try Self.write((0..<count).map { ends[$0] - ends[$0 - 1] }, to: &sink)
  }

  /// Writes how much each text shares with the one before it, and what it does not share.
  func writeShared(to sink: inout ByteSink) throws(FormatFault) {
    var (prefixes, suffixes): ([Int32], [Int32]) = ([], [])
    for index in 0..<count {
      let shared = index == 0 ? 0 : zip(text(index - 1), text(index)).prefix { $0 == $1 }.count
      prefixes.append(Int32(shared))
      suffixes.append(Int32(text(index).count - shared))
    }
    try Self.write(prefixes, to: &sink)
    try Self.write(suffixes, to: &sink)
    for index in 0..<count {
      let rest = UnsafeBufferPointer(rebasing: text(index).dropFirst(Int(prefixes[index])))
      try sink.append(UnsafeRawBufferPointer(rest))
    }
  }

  private static func write(_ numbers: [Int32], to sink: inout ByteSink) throws(FormatFault) {
    try numbers.withUnsafeBufferPointer { (numbers) throws(FormatFault) in
      // An array without elements may have no address, and nothing is read from it.
      let start = numbers.baseAddress ?? UnsafePointer(bitPattern: 16)!
      try DeltaEncoder.encode(start, count: numbers.count, to: &sink)
    }
  }
}
