internal import FlintCore

/// A message as bytes: a header of 16 bytes and a body.
///
/// The header holds, with the least byte first, "FLNP" (4 bytes), the version and the kind (1 each), two zeros, the
/// body's length (4), and the CRC-32C of the header before it and the body (4).
extension PipeMessage {
  static let headerLength = 16
  private static let magic: UInt32 = 0x504E_4C46
  private static let version: UInt8 = 1

  /// The whole frame. Throws `resource-exhausted` for a body above the limit on frames.
  func frame(limits: Limits = Limits()) throws(FlintError) -> [UInt8] {
    var body = ByteWriter()
    switch self {
    case .hello(let seed):
      body.append(seed.first)
      body.append(seed.second)
    case .ready(let proof): body.append(proof)
    case .call(let bytes), .answer(let bytes): body.append(contentsOf: bytes)
    case .failure(let error): body.append(error)
    }
    guard body.bytes.count <= limits.frameLength.bytes else {
      throw FlintError(
        .resourceExhausted, "a message between driver and executor has \(body.bytes.count) bytes",
        why: "the limit is \(limits.frameLength)", remedy: "send less in one piece")
    }
    var header = ByteWriter()
    header.append(PipeMessage.magic)
    header.append(PipeMessage.version)
    header.append(kind)
    header.append(UInt16(0))
    header.append(UInt32(body.bytes.count))
    header.append(PipeMessage.checksum(header.bytes, body.bytes))
    return header.bytes + body.bytes
  }

  /// The length of the body that this header announces. Throws `corrupt-data` for what is no header, or more than a frame
  /// may hold.
  static func bodyLength(ofHeader header: ArraySlice<UInt8>, limits: Limits) throws(FlintError) -> Int {
    var reader = ByteReader(header)
    guard try reader.integer(UInt32.self) == magic, try reader.integer(UInt8.self) == version else {
      throw ByteReader.corrupt("a frame does not start as one")
    }
    _ = try reader.integer(UInt8.self)
    guard try reader.integer(UInt16.self) == 0 else { throw ByteReader.corrupt("a frame's header is not zero") }
    let length = try reader.integer(UInt32.self)
    guard length <= limits.frameLength.bytes else {
      throw ByteReader.corrupt("a frame announces \(length) bytes, more than \(limits.frameLength)")
    }
    return Int(length)
  }

  /// The message of a whole frame. Throws `corrupt-data`.
  init(frame: ArraySlice<UInt8>) throws(FlintError) {
    let (header, body) = (frame.prefix(PipeMessage.headerLength), frame.dropFirst(PipeMessage.headerLength))
    var checksum = ByteReader(header.dropFirst(12))
    guard try checksum.integer(UInt32.self) == PipeMessage.checksum(Array(header.prefix(12)), Array(body)) else {
      throw ByteReader.corrupt("a frame's checksum is wrong")
    }
    var reader = ByteReader(body)
    switch header[header.startIndex + 5] {
    case 1: self = .hello(HashSeed(first: try reader.integer(UInt64.self), second: try reader.integer(UInt64.self)))
    case 2: self = .ready(proof: try reader.integer(UInt64.self))
    case 3: self = .call(reader.rest())
    case 4: self = .answer(reader.rest())
    case 5: self = .failure(try reader.error())
    case let kind: throw ByteReader.corrupt("there is no message of kind \(kind)")
    }
    guard reader.isAtEnd else { throw ByteReader.corrupt("a message is longer than its content") }
  }

  private var kind: UInt8 {
    switch self {
    case .hello: 1
    case .ready: 2
    case .call: 3
    case .answer: 4
    case .failure: 5
    }
  }

  private static func checksum(_ header: [UInt8], _ body: [UInt8]) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(header)
    checksum.update(body)
    return checksum.value
  }
}
