import FlintCore
import Testing

@testable import FlintLaunch

/// The messages between driver and executor as bytes.
struct PipeFramesTests {
  private static let messages: [PipeMessage] = [
    .hello(HashSeed(first: 1, second: .max)), .ready(proof: 7), .call([]), .call(Array(0...255)), .answer([1, 2, 3]),
    .failure(FlintError(.diskFull, "é", why: nil, remedy: "", at: SourceLocation(file: "a/b.swift", line: 3))),
  ]

  @Test("messages arrive as they were sent, whatever the pieces", arguments: [1, 2, 15, 16, 17, 1000])
  func pieces(_ size: Int) throws {
    let sent = try Self.messages.flatMap { try $0.frame() }
    var frames = PipeFrames()
    var received: [PipeMessage] = []
    for start in stride(from: 0, to: sent.count, by: size) {
      frames.append(Array(sent[start..<min(start + size, sent.count)]))
      while let message = try frames.next() { received.append(message) }
    }
    #expect(received.map { "\($0)" } == Self.messages.map { "\($0)" })
    #expect(!frames.isInsideFrame)
  }

  @Test("a flipped bit anywhere in a frame is noticed")
  func flippedBits() throws {
    let frame = try PipeMessage.answer([1, 2, 3]).frame()
    for position in frame.indices {
      for bit in 0..<8 {
        var broken = frame
        broken[position] ^= 1 << bit
        var frames = PipeFrames()
        frames.append(broken)
        do {
          // A greater length waits for bytes that never come; every other bit is an error.
          let message = try frames.next()
          #expect(message == nil && (8..<12).contains(position), "byte \(position), bit \(bit)")
        } catch {
          #expect(error.code == .corruptData)
        }
      }
    }
  }

  @Test("a frame that is longer than the limit is refused on both sides, before its body is awaited")
  func tooLong() throws {
    var limits = Limits()
    limits.frameLength = ByteCount(10)
    #expect(
      failure { try PipeMessage.call(Array(repeating: 0, count: 11)).frame(limits: limits) }?.code == .resourceExhausted
    )
    #expect(try PipeMessage.call(Array(repeating: 0, count: 10)).frame(limits: limits).count == 26)
    var frames = PipeFrames(limits: limits)
    frames.append(Array(try PipeMessage.call(Array(repeating: 0, count: 11)).frame().prefix(16)))
    #expect(failure { try frames.next() as Any }?.code == .corruptData)
  }

  @Test("bodies that are too short, too long or of no kind are corrupt, though their checksum is right")
  func brokenBodies() throws {
    let answer = try PipeMessage.answer(Array(repeating: 1, count: 8)).frame()
    for (kind, body) in [(1, 8), (2, 7), (2, 9), (5, 3), (6, 0), (0, 0)] as [(UInt8, Int)] {
      var header = Array(answer.prefix(12))
      header[5] = kind
      header[8] = UInt8(body)
      let content = [UInt8](repeating: 1, count: body)
      var checksum = CRC32C()
      checksum.update(header)
      checksum.update(content)
      var frames = PipeFrames()
      frames.append(header + withUnsafeBytes(of: checksum.value.littleEndian) { Array($0) } + content)
      #expect(failure { try frames.next() as Any }?.code == .corruptData, "kind \(kind), \(body) bytes")
    }
  }
}
