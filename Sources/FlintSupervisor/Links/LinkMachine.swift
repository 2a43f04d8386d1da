internal import FlintWire

/// One direction of one connection through a proxy: it finds the frames in the bytes, lets faults strike them, and says what
/// goes on.
///
/// Frames are put together anew, with numbers of this stream; without a fault that gives the same bytes.
struct LinkMachine: ~Copyable {
  /// What is to be done.
  enum Step {
    case send([UInt8])
    /// The connection breaks.
    case cut
    /// Nothing passes any more, either way.
    case freeze
  }

  /// The longest frame of the product.
  private static let frameLimit = 64 << 20

  private let direction: LinkDirection
  private var reader = FrameReader()
  /// The number of the next frame that leaves.
  private var sequence: UInt32 = 0
  /// Bytes of a block that follow, which are no frames.
  private var blockRest = 0
  /// A bit of the block that follows is to be flipped.
  private var blockBit: Int?
  private var late: [(frames: Int, bytes: SavedFrame)] = []

  /// A frame that is kept.
  private struct SavedFrame {
    let header: FrameHeader
    let body: [UInt8]
  }

  init(_ direction: LinkDirection) {
    self.direction = direction
  }

  /// What to do with `input`. `fault` is asked about each frame; `hello` gets the introduction of a dialler.
  mutating func receive(
    _ bytes: UnsafeRawBufferPointer, fault: (FrameHeader) -> LinkFault?, hello: (Introduction) -> Void
  ) -> [Step] {
    var input = bytes
    var steps: [Step] = []
    do throws(FrameFault) {
      while !input.isEmpty {
        if blockRest > 0 {
          steps.append(.send(takeBlock(&input)))
          continue
        }
        guard let frame = try reader.next(&input, limit: Self.frameLimit) else { break }
        if frame.header.kind == .hello, let introduction = try? Introduction(body: frame.body) { hello(introduction) }
        if frame.header.kind == .block { blockRest = Self.blockLength(frame.body) }
        pass(frame, fault(frame.header), to: &steps)
      }
    } catch {
      // Nobody can say what follows.
      steps.append(.cut)
    }
    return steps
  }

  private static func blockLength(_ body: UnsafeRawBufferPointer) -> Int {
    guard case .sendBlock(let header)? = try? Message(.sendBlock, body: body) else { return 0 }
    return Int(clamping: header.length)
  }

  private mutating func takeBlock(_ input: inout UnsafeRawBufferPointer) -> [UInt8] {
    let count = min(blockRest, input.count)
    var bytes = Array(input[..<count])
    input = UnsafeRawBufferPointer(rebasing: input[count...])
    if let bit = blockBit {
      Self.flip(bit, of: 0..<count, in: &bytes)
      blockBit = nil
    }
    blockRest -= count
    return bytes
  }

  private mutating func pass(_ frame: borrowing Frame, _ fault: LinkFault?, to steps: inout [Step]) {
    let (header, body) = (frame.header, frame.body)
    switch fault {
    case nil: steps.append(.send(write(header, body)))
    case .drop: break
    case .tear: sequence &+= 1
    case .double: steps.append(.send(write(header, body) + write(header, body)))
    case .replay:
      let bytes = write(header, body)
      steps.append(.send(bytes + bytes))
    case .postpone(let frames):
      late.append((frames, SavedFrame(header: header, body: Array(body))))
      return
    case .corrupt(let part, let bit): steps.append(.send(corrupted(write(header, body), part, bit)))
    case .cut(let count):
      steps.append(.send(Array(write(header, body).prefix(count))))
      steps.append(.cut)
    case .freeze: steps.append(.freeze)
    }
    passLate(to: &steps)
  }

  private mutating func passLate(to steps: inout [Step]) {
    for index in late.indices { late[index].frames -= 1 }
    while let due = late.firstIndex(where: { $0.frames <= 0 }) {
      let saved = late.remove(at: due).bytes
      steps.append(.send(saved.body.withUnsafeBytes { write(saved.header, $0) }))
    }
  }

  private mutating func write(_ header: FrameHeader, _ body: UnsafeRawBufferPointer) -> [UInt8] {
    var writer = WireWriter(capacity: FrameHeader.size + body.count)
    writer.putFrame(
      header.kind, message: header.message, correlation: header.correlation, sequence: sequence, body: body)
    sequence &+= 1
    return writer.bytes
  }

  private mutating func corrupted(_ bytes: [UInt8], _ part: LinkFault.Part, _ bit: Int) -> [UInt8] {
    var bytes = bytes
    switch part {
    case .header: Self.flip(bit, of: bit % 2 == 0 ? 0..<8 : 12..<FrameHeader.size, in: &bytes)
    case .length: Self.flip(bit, of: 8..<12, in: &bytes)
    case .body:
      let hasBody = bytes.count > FrameHeader.size
      Self.flip(bit, of: hasBody ? FrameHeader.size..<bytes.count : 0..<FrameHeader.size, in: &bytes)
    case .block: blockBit = bit
    }
    return bytes
  }

  private static func flip(_ bit: Int, of range: Range<Int>, in bytes: inout [UInt8]) {
    guard !range.isEmpty else { return }
    bytes[range.lowerBound + bit / 8 % range.count] ^= 1 << UInt8(bit % 8)
  }
}
