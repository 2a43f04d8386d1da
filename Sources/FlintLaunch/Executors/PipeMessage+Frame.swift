internal import FlintCore
internal import FlintLayout

/// A message as bytes: a header of 16 bytes and a body.
///
/// The header holds, with the least byte first, "FLNP" (4 bytes), the version and the kind (1 each), two zeros, the
/// body's length (4), and the CRC-32C of the header before it and the body (4). The seed is no row: laying out rows
/// hashes, and nothing may hash before the seed is set.
extension PipeMessage {
  static let headerLength = 16
  private static let checkedLength = 12
  private static let magic: UInt32 = 0x504E_4C46
  private static let version: UInt8 = 1

  /// The whole frame. Throws `resource-exhausted` for a body above the limit on frames.
  func frame(limits: Limits = Limits()) throws(FlintError) -> [UInt8] {
    let body = try body()
    guard body.count <= limits.frameLength.bytes else {
      throw FlintError(
        .resourceExhausted, "a message between driver and executor has \(body.count) bytes",
        why: "the limit is \(limits.frameLength)", remedy: "send less in one piece")
    }
    var frame: [UInt8] = []
    frame.reserveCapacity(PipeMessage.headerLength + body.count)
    frame.append(number: PipeMessage.magic)
    frame.append(PipeMessage.version)
    frame.append(kind)
    frame.append(number: UInt16(0))
    frame.append(number: UInt32(body.count))
    frame.append(number: PipeMessage.checksum(frame[...], body[...]))
    frame += body
    return frame
  }

  /// The length of the body that this header announces. Throws `corrupt-data` for what is no header, or more than a frame
  /// may hold.
  static func bodyLength(ofHeader header: ArraySlice<UInt8>, limits: Limits) throws(FlintError) -> Int {
    guard header.number(at: 0) == magic, header.number(at: 4) == version, header.number(at: 6) == UInt16(0) else {
      throw corrupt("a frame does not start as one")
    }
    let length = header.number(at: 8, as: UInt32.self)
    guard length <= limits.frameLength.bytes else {
      throw corrupt("a frame announces \(length) bytes, more than \(limits.frameLength)")
    }
    return Int(length)
  }

  /// The message of a whole frame. Throws `corrupt-data`.
  init(frame: ArraySlice<UInt8>) throws(FlintError) {
    let body = frame.dropFirst(PipeMessage.headerLength)
    guard frame.number(at: 12) == PipeMessage.checksum(frame.prefix(PipeMessage.checkedLength), body) else {
      throw PipeMessage.corrupt("a frame's checksum is wrong")
    }
    switch (frame.number(at: 5, as: UInt8.self), body.count) {
    case (1, 16): self = .hello(HashSeed(first: body.number(at: 0), second: body.number(at: 8)))
    case (2, 8): self = .ready(proof: body.number(at: 0))
    case (3, _): self = .call(Array(body))
    case (4, _): self = .answer(Array(body))
    case (5, _):
      guard let error = try RowBlock.decode(Array(body), as: ErrorRecord.self).first?.error else {
        throw PipeMessage.corrupt("an error has no known code")
      }
      self = .failure(error)
    case (6, 40): self = .trapped(TrapReport(body: body))
    case (let kind, let count): throw PipeMessage.corrupt("there is no message of kind \(kind) with \(count) bytes")
    }
  }

  static func corrupt(_ why: String) -> FlintError {
    FlintError(.corruptData, "what came through the pipe between driver and executor is broken", why: why)
  }

  private func body() throws(FlintError) -> [UInt8] {
    var body: [UInt8] = []
    switch self {
    case .hello(let seed):
      body.append(number: seed.first)
      body.append(number: seed.second)
    case .ready(let proof): body.append(number: proof)
    case .call(let bytes), .answer(let bytes): body = bytes
    case .failure(let error): body = try RowBlock.encode([ErrorRecord(error)], form: .rows)
    case .trapped: preconditionFailure("only a signal's handler writes it")
    }
    return body
  }

  private var kind: UInt8 {
    switch self {
    case .hello: 1
    case .ready: 2
    case .call: 3
    case .answer: 4
    case .failure: 5
    case .trapped: 6
    }
  }

  private static func checksum(_ header: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>) -> UInt32 {
    var checksum = CRC32C()
    header.withUnsafeBytes { checksum.update($0) }
    body.withUnsafeBytes { checksum.update($0) }
    return checksum.value
  }
}
