internal import CFlint
public import FlintCore
internal import Glibc

/// A pattern of SQL's LIKE: `%` stands for any number of characters, `_` for one.
public struct LikePattern: Sendable {
  /// What stands between two `%`: bytes, and where one of them is any character.
  private struct Piece: Sendable {
    var bytes: [UInt8] = []
    var anyAt: Set<Int> = []

    var isPlain: Bool { anyAt.isEmpty }
  }

  private let pieces: [Piece]
  /// The bytes of all pieces, and where each of them ends, when no `_` is among them: what most patterns are, and what takes
  /// no reference for each text.
  private let plain: (bytes: [UInt8], ends: [Int])?

  /// A pattern in which `escape` takes the meaning from the character behind it. Throws `invalid-argument` when it stands
  /// before anything but `%`, `_` and itself.
  public init(_ pattern: String, escape: Unicode.Scalar? = "\\") throws(FlintError) {
    var pieces = [Piece()]
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        guard scalar == "%" || scalar == "_" || scalar == escape else {
          throw Self.wrong(pattern, "the escape character stands before \(scalar)")
        }
        isEscaped = false
      } else if scalar == escape {
        isEscaped = true
        continue
      } else if scalar == "%" {
        pieces.append(Piece())
        continue
      } else if scalar == "_" {
        pieces[pieces.count - 1].anyAt.insert(pieces[pieces.count - 1].bytes.count)
        pieces[pieces.count - 1].bytes.append(0)
        continue
      }
      pieces[pieces.count - 1].bytes.append(contentsOf: String(scalar).utf8)
    }
    if isEscaped { throw Self.wrong(pattern, "the escape character stands at its end") }
    self.pieces = pieces
    let ends = pieces.indices.map { last in pieces[...last].reduce(0) { $0 + $1.bytes.count } }
    plain = pieces.allSatisfy(\.isPlain) ? (pieces.flatMap(\.bytes), ends) : nil
  }

  private static func wrong(_ pattern: String, _ why: String) -> FlintError {
    FlintError(.invalidArgument, "'\(pattern)' is no pattern", why: why)
  }

  /// Whether all of a text is as the pattern says.
  public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = text.baseAddress ?? UnsafePointer(bitPattern: 64) else { return false }
    if let plain {
      return plain.bytes.withUnsafeBufferPointer { bytes in
        plain.ends.withUnsafeBufferPointer { Self.matches(start, text.count, bytes, ends: $0) }
      }
    }
    var place = start
    let end = start + text.count
    guard let first = Self.matchEnd(pieces[0], place, end) else { return false }
    if pieces.count == 1 { return first == end }
    place = first
    // Each piece in the middle is best found as early as it can be.
    for piece in pieces[1..<pieces.count - 1] {
      guard let found = Self.find(piece, place, end) else { return false }
      place = found
    }
    return Self.isAtEnd(pieces[pieces.count - 1], place, end)
  }

  /// Whether a text begins with the first piece, ends with the last, and has those between them in their order.
  private static func matches(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ bytes: UnsafeBufferPointer<UInt8>, ends: UnsafeBufferPointer<Int>
  ) -> Bool {
    guard let pieces = bytes.baseAddress ?? UnsafePointer(bitPattern: 64) else { return false }
    let first = ends[0]
    if ends.count == 1 { return count == first && memcmp(text, pieces, first) == 0 }
    let lastStart = ends[ends.count - 2]
    let last = ends[ends.count - 1] - lastStart
    guard count >= first + last, memcmp(text, pieces, first) == 0,
      memcmp(text + (count - last), pieces + lastStart, last) == 0
    else { return false }
    var place = text + first
    let end = text + (count - last)
    for piece in 1..<ends.count - 1 {
      let start = ends[piece - 1]
      let size = ends[piece] - start
      if size == 0 { continue }
      // Each piece in the middle is best found as early as it can be.
      guard let found = flint_find(place, end - place, pieces + start, size) else { return false }
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + size
    }
    return true
  }

  /// Where a piece that begins here ends.
  private static func matchEnd(
    _ piece: Piece, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    if piece.isPlain {
      guard end - start >= piece.bytes.count, memcmp(start, piece.bytes, piece.bytes.count) == 0 else { return nil }
      return start + piece.bytes.count
    }
    var place = start
    for (index, byte) in piece.bytes.enumerated() {
      guard place < end else { return nil }
      if piece.anyAt.contains(index) {
        place += 1
        while place < end, place.pointee & 0xC0 == 0x80 { place += 1 }
      } else {
        guard place.pointee == byte else { return nil }
        place += 1
      }
    }
    return place
  }

  /// Where the first match of a piece from here on ends.
  private static func find(
    _ piece: Piece, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    if piece.bytes.isEmpty { return start }
    if piece.isPlain {
      guard let found = flint_find(start, end - start, piece.bytes, piece.bytes.count) else { return nil }
      return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + piece.bytes.count
    }
    var place = start
    while place <= end {
      // A match begins with a character, never inside one.
      let isInside = place < end && place.pointee & 0xC0 == 0x80
      if !isInside, let found = matchEnd(piece, place, end) { return found }
      place += 1
    }
    return nil
  }

  /// Whether the rest ends with the last piece.
  private static func isAtEnd(_ piece: Piece, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    if piece.bytes.isEmpty { return true }
    if piece.isPlain {
      let count = piece.bytes.count
      return end - start >= count && memcmp(end - count, piece.bytes, count) == 0
    }
    var place = start
    while place <= end {
      let isInside = place < end && place.pointee & 0xC0 == 0x80
      if !isInside, matchEnd(piece, place, end) == end { return true }
      place += 1
    }
    return false
  }
}
