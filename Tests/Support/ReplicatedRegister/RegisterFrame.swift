internal import FlintCore

/// Messages as bytes: length, checksum, kind, and up to four numbers, little-endian.
package enum RegisterFrame {
  private static let headerSize = 8
  /// Longer frames come from no register.
  private static let bodyLimit = 64

  static func encode(_ message: RegisterMessage) -> [UInt8] {
    var body: [UInt8]
    switch message {
    case .query(let phase): body = [1] + bytes(phase)
    case .store(let phase, let tagged): body = [2] + bytes(phase) + encode(tagged)
    case .state(let phase, let tagged): body = [3] + bytes(phase) + encode(tagged)
    case .stored(let phase): body = [4] + bytes(phase)
    }
    return bytes(UInt32(body.count)) + bytes(CRC32C.checksum(body)) + body
  }

  /// The length of the first frame in `bytes`; nil while it is incomplete or no frame.
  package static func length(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= headerSize else { return nil }
    let length = headerSize + Int(number(bytes[0..<4]))
    return length <= bytes.count ? length : nil
  }

  /// Takes the first frame out of `bytes`; nil while it is incomplete. Throws `corrupt-data` when it is no frame.
  static func takeFirst(_ bytes: inout [UInt8]) throws -> RegisterMessage? {
    guard bytes.count >= headerSize else { return nil }
    let (size, sum) = (number(bytes[0..<4]), number(bytes[4..<8]))
    guard size <= bodyLimit else { throw corrupt("a frame of \(size) bytes") }
    guard bytes.count >= headerSize + Int(size) else { return nil }
    let body = Array(bytes[headerSize..<headerSize + Int(size)])
    guard CRC32C.checksum(body) == sum else { throw corrupt("a frame whose checksum does not match") }
    bytes.removeFirst(headerSize + Int(size))
    return try decode(body)
  }

  private static func decode(_ body: [UInt8]) throws -> RegisterMessage {
    let numbers = stride(from: 1, to: body.count, by: 8).compactMap { start in
      start + 8 <= body.count ? number(body[start..<start + 8]) : nil
    }
    switch (body.first, numbers.count) {
    case (1, 1): return .query(phase: numbers[0])
    case (2, 4): return .store(phase: numbers[0], tagged(numbers[1...]))
    case (3, 4): return .state(phase: numbers[0], tagged(numbers[1...]))
    case (4, 1): return .stored(phase: numbers[0])
    default: throw corrupt("a message of kind \(body.first ?? 0) with \(numbers.count) numbers")
    }
  }

  // MARK: The file form of a value

  /// A value with its checksum, as a replica keeps it.
  static func fileBytes(_ tagged: TaggedValue) -> [UInt8] {
    let body = encode(tagged)
    return bytes(CRC32C.checksum(body)) + body
  }

  static func value(fromFile file: [UInt8]) throws -> TaggedValue {
    guard file.count == 28, CRC32C.checksum(Array(file[4...])) == number(file[0..<4]) else {
      throw corrupt("a state file whose checksum does not match")
    }
    return tagged([4, 12, 20].map { number(file[$0..<$0 + 8]) }[...])
  }

  // MARK: Numbers

  private static func encode(_ tagged: TaggedValue) -> [UInt8] {
    bytes(tagged.counter) + bytes(tagged.writer) + bytes(tagged.value)
  }

  private static func tagged(_ numbers: ArraySlice<UInt64>) -> TaggedValue {
    let first = numbers.startIndex
    return TaggedValue(counter: numbers[first], writer: numbers[first + 1], value: numbers[first + 2])
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func corrupt(_ what: String) -> FlintError {
    FlintError(.corruptData, "got \(what)")
  }
}
