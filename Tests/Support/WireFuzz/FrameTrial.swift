import FlintWire
import WireSamples

/// One damaged frame on its way through the decoders.
struct FrameTrial {
  struct Outcome {
    let text: String
    var hasPassedHeader = false
    /// What was taken gives other bytes when it is encoded again, or the reader held too much memory.
    var isWrong = false
  }

  private let bytes: [UInt8]
  private let limit: Int

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// Reads the frame in pieces, each in memory of exactly its size, so that AddressSanitizer sees a read past it.
  func run(_ generator: inout WireGenerator) -> Outcome {
    var reader = FrameReader()
    var position = 0
    while position < bytes.count {
      let size = generator.below(2) == 0 ? bytes.count - position : 1 + generator.below(bytes.count - position)
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
      defer { piece.deallocate() }
      piece.copyBytes(from: bytes[position..<position + size])
      position += size
      var input = UnsafeRawBufferPointer(piece)
      do throws(FrameFault) {
        if let frame = try reader.next(&input, limit: limit) { return decode(frame) }
      } catch {
        return Outcome(text: "frame: \(name(of: error))")
      }
      if reader.heldByteCount > 2 * bytes.count + FrameHeader.size {
        return Outcome(text: "\(reader.heldByteCount) bytes held for \(bytes.count)", isWrong: true)
      }
    }
    return Outcome(text: "frame: incomplete")
  }

  private func decode(_ frame: Frame) -> Outcome {
    var writer = WireWriter()
    do throws(WireFault) {
      switch frame.header.kind {
      case .hello, .welcome: try Introduction(body: frame.body).write(to: &writer)
      case .failure: try RemoteError(body: frame.body).write(to: &writer)
      case .request, .reply, .oneWay, .block:
        guard let kind = MessageKind(rawValue: frame.header.message) else {
          return Outcome(text: "unknown message", hasPassedHeader: true)
        }
        try Message(kind, body: frame.body).write(to: &writer)
      case .refused, .cancel, .heartbeat, .goodbye: return Outcome(text: "no body", hasPassedHeader: true)
      }
    } catch {
      return Outcome(text: "decoder: \(error)", hasPassedHeader: true)
    }
    let isSame = writer.withBytes { $0.elementsEqual(frame.body) }
    return Outcome(text: isSame ? "taken" : "taken, and other bytes again", hasPassedHeader: true, isWrong: !isSame)
  }

  /// A fault without its numbers.
  private func name(of fault: FrameFault) -> String {
    String(describing: fault).prefix { $0 != "(" }.description
  }
}
