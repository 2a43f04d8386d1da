internal import FlintColumns
internal import Glibc

/// Writes the buffers of columns one behind another, where there is room for them.
struct BatchBlockWriter {
  private let start: UnsafeMutableRawPointer
  private var place = 0

  init(_ start: UnsafeMutableRawPointer) {
    self.start = start
  }

  /// How many bytes a column takes: a word of what it has, and its buffers.
  static func size(of vector: Vector) -> Int {
    let head = 8 + (vector.validity == nil ? 0 : aligned((vector.count + 7) / 8))
    switch vector.form {
    case .bits: return head + aligned((vector.count + 7) / 8)
    case .values: return head + aligned(vector.count * (vector.type.physical.width ?? 0))
    case .text: return head + aligned((vector.count + 1) * 4) + aligned(range(vector).count)
    case .list(_, _, let elements):
      return head + aligned((vector.count + 1) * 4) + size(of: elements.slice(range(vector)))
    case .map(_, _, let keys, let values):
      let range = range(vector)
      return head + aligned((vector.count + 1) * 4) + size(of: keys.slice(range)) + size(of: values.slice(range))
    case .structure(let parts): return parts.reduce(head) { $0 + size(of: $1) }
    case .dictionary(_, _, let dictionary): return head + aligned(vector.count * 4) + size(of: dictionary)
    }
  }

  static func aligned(_ size: Int) -> Int { (size + 7) / 8 * 8 }

  /// Where the values lie that the offsets of a vector lead to.
  private static func range(_ vector: Vector) -> Range<Int> {
    guard vector.count > 0 else { return 0..<0 }
    return Int(vector.offsets[0])..<Int(vector.offsets[vector.count])
  }

  mutating func put(_ vector: Vector) {
    let isCoded = vector.dictionary != nil
    // A dictionary and the elements of lists have counts of their own.
    let inner: Int
    switch vector.form {
    case .list, .map: inner = Self.range(vector).count
    case .dictionary(_, _, let dictionary): inner = dictionary.count
    case .bits, .values, .text, .structure: inner = 0
    }
    let head = UInt64(inner) << 2 | (isCoded ? 2 : 0) | (vector.validity == nil ? 0 : 1)
    put(head)
    if let validity = vector.validity { put(validity.bits, vector.count) }
    switch vector.form {
    case .bits: put(vector.bits, vector.count)
    case .values(let buffer, let first):
      let width = vector.type.physical.width ?? 0
      put(buffer.start + first * width, vector.count * width)
    case .text:
      let range = Self.range(vector)
      putOffsets(vector)
      put(UnsafeRawPointer(vector.bytes) + range.lowerBound, range.count)
    case .list(_, _, let elements):
      putOffsets(vector)
      put(elements.slice(Self.range(vector)))
    case .map(_, _, let keys, let values):
      putOffsets(vector)
      put(keys.slice(Self.range(vector)))
      put(values.slice(Self.range(vector)))
    case .structure(let parts): for part in parts { put(part) }
    case .dictionary(_, _, let dictionary):
      put(UnsafeRawPointer(vector.codes), vector.count * 4)
      put(dictionary)
    }
    withExtendedLifetime(vector) {}
  }

  private mutating func put(_ word: UInt64) {
    start.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
    place += 8
  }

  private mutating func put(_ bytes: UnsafeRawPointer, _ count: Int) {
    memcpy(start + place, bytes, count)
    finish(count)
  }

  private mutating func put(_ bits: BitPointer, _ count: Int) {
    let size = (count + 7) / 8
    for index in stride(from: 0, to: count, by: 64) {
      var word = bits.word(index)
      let rest = count - index
      if rest < 64 { word &= 1 << UInt64(rest) &- 1 }
      // The room is a multiple of eight bytes.
      start.storeBytes(of: word.littleEndian, toByteOffset: place + index / 8, as: UInt64.self)
    }
    place += Self.aligned(size)
  }

  /// Offsets from 0 on.
  private mutating func putOffsets(_ vector: Vector) {
    let target = (start + place).assumingMemoryBound(to: Int32.self)
    if vector.count == 0 {
      target[0] = 0
    } else {
      let offsets = vector.offsets
      let first = offsets[0]
      for row in 0...vector.count { target[row] = offsets[row] &- first }
    }
    finish((vector.count + 1) * 4)
  }

  /// What was written ends at a multiple of eight bytes, with zeros.
  private mutating func finish(_ count: Int) {
    let size = Self.aligned(count)
    memset(start + place + count, 0, size - count)
    place += size
  }
}
