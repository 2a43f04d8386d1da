/// A type's name as the compiler writes it into an image: ASCII with references in between, ended by a zero byte.
///
/// It is trusted: it comes from an image of this process, never from the wire.
package struct MangledName {
  package let start: UnsafeRawPointer
  /// Bytes before the zero.
  package let count: Int
  /// The name with each reference folded into one byte 1, so that its grammar can be read.
  package let skeleton: [UInt8]

  package init(_ start: UnsafeRawPointer) {
    self.start = start
    var skeleton: [UInt8] = []
    var position = 0
    while true {
      let byte = start.load(fromByteOffset: position, as: UInt8.self)
      guard byte != 0 else { break }
      switch byte {
      case 0x01...0x17:
        position += 5
        skeleton.append(1)
      case 0x18...0x1F:
        position += 9
        skeleton.append(1)
      default:
        position += 1
        skeleton.append(byte)
      }
    }
    count = position
    self.skeleton = skeleton
  }

  /// The name as the runtime's look-up takes it.
  package var text: UnsafePointer<UInt8> { start.assumingMemoryBound(to: UInt8.self) }

  /// For messages: a question mark for each reference.
  package var printed: String { String(decoding: skeleton.map { $0 == 1 ? UInt8(ascii: "?") : $0 }, as: UTF8.self) }

  package func hasSuffix(_ suffix: StaticString) -> Bool {
    skeleton.suffix(suffix.utf8CodeUnitCount).elementsEqual(
      UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
  }

  /// The structs, enums and classes to whose descriptions the name refers.
  package var referencedNominals: [NominalDescriptor] {
    var found: [NominalDescriptor] = []
    var position = 0
    while position < count {
      let byte = start.load(fromByteOffset: position, as: UInt8.self)
      let place = start + position + 1
      switch byte {
      case 1: found.append(NominalDescriptor(place + Int(place.loadUnaligned(as: Int32.self))))
      case 2:
        let target = place + Int(place.loadUnaligned(as: Int32.self))
        if let pointer = target.load(as: UnsafeRawPointer?.self) { found.append(NominalDescriptor(pointer)) }
      default: break
      }
      position += byte > 0x1F ? 1 : byte > 0x17 ? 9 : 5
    }
    return found.filter { $0.kind != nil }
  }

  /// Depth and index when the name is that of a generic parameter: `x` is (0, 0), `q_` (0, 1), `qd_0_` (1, 1).
  package var genericParameter: (depth: Int, index: Int)? {
    if skeleton == [UInt8(ascii: "x")] { return (0, 0) }
    guard skeleton.first == UInt8(ascii: "q"), skeleton.count >= 2 else { return nil }
    if skeleton[1] == UInt8(ascii: "d") {
      guard let depth = Self.number(in: skeleton[2...]), let index = Self.number(in: depth.rest), index.rest.isEmpty
      else { return nil }
      return (depth.value + 1, index.value)
    }
    guard let index = Self.number(in: skeleton[1...]), index.rest.isEmpty else { return nil }
    return (0, index.value + 1)
  }

  /// A number as names hold it: `_` is 0, `0_` is 1, `12_` is 13.
  private static func number(in bytes: ArraySlice<UInt8>) -> (value: Int, rest: ArraySlice<UInt8>)? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "_")) else { return nil }
    let rest = bytes[(end + 1)...]
    guard end > bytes.startIndex else { return (0, rest) }
    return Int(String(decoding: bytes[..<end], as: UTF8.self)).map { ($0 + 1, rest) }
  }
}
