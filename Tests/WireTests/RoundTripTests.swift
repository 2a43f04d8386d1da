import FlintCore
import FlintWire
import Testing
import WireSamples

@Suite("Messages as bytes")
struct RoundTripTests {
  @Test("every kind of message comes back as it went", arguments: MessageKind.allCases)
  func messages(kind: MessageKind) throws {
    var generator = WireGenerator(seed: UInt64(kind.rawValue))
    for _ in 0..<200 {
      let message = generator.message(kind)
      #expect(message.kind == kind)
      #expect(try WireBytes.message(kind, WireBytes.body(message)) == message)
    }
  }

  @Test("a message that ends early or goes on is refused, wherever it is cut", arguments: MessageKind.allCases)
  func cuts(kind: MessageKind) throws {
    // Echoes are whatever bytes there are.
    guard kind != .echo, kind != .echoed else { return }
    var generator = WireGenerator(seed: 7)
    for _ in 0..<20 {
      let body = WireBytes.body(generator.message(kind))
      for count in 0..<body.count {
        #expect(throws: WireFault.self) { try WireBytes.message(kind, Array(body.prefix(count))) }
      }
      #expect(throws: WireFault.trailingBytes) { try WireBytes.message(kind, body + [0]) }
    }
  }

  @Test("a count that the bytes cannot hold is refused before anything is allocated for it")
  func counts() throws {
    let answer = Message.answerMapOutputs(
      MapOutputAnswer(
        shuffle: ShuffleID(rawValue: 1), reduce: PartitionID(rawValue: 2), epoch: MapOutputEpoch(rawValue: 3),
        missing: nil, outputs: []
      ))
    var body = WireBytes.body(answer)
    WireBytes.set(&body, 25, .max)
    #expect(throws: WireFault.badCount) { try WireBytes.message(.answerMapOutputs, body) }
    WireBytes.set(&body, 25, 1)
    #expect(throws: WireFault.badCount) { try WireBytes.message(.answerMapOutputs, body) }
  }

  @Test("an introduction comes back as it went, and no name in it is too long")
  func introductions() throws {
    var generator = WireGenerator(seed: 3)
    for _ in 0..<200 {
      let introduction = generator.introduction()
      var writer = WireWriter()
      introduction.write(to: &writer)
      let copy = try writer.withBytes { bytes in Result { try Introduction(body: bytes) } }.get()
      #expect(copy == introduction)
    }
    var body = [UInt8](repeating: UInt8(ascii: "x"), count: 400)
    WireBytes.set(&body, 0, 256)
    let refused = body.withUnsafeBytes { bytes in Result { try Introduction(body: bytes) } }
    #expect(throws: WireFault.badText) { try refused.get() }
  }

  @Test("an error keeps its code and words, and long words are cut")
  func errors() throws {
    let error = FlintError(.diskFull, "no room", why: "the disk is full", remedy: "remove something")
    var writer = WireWriter()
    RemoteError(error).write(to: &writer)
    let copy = try writer.withBytes { bytes in Result { try RemoteError(body: bytes).error } }.get()
    #expect((copy.code, copy.what, copy.why) == (.diskFull, "no room", "the disk is full"))
    let long = RemoteError(.userCode, String(repeating: "é", count: 10_000))
    #expect(long.what.utf8.count <= RemoteError.textLimit)
  }

  @Test("a part of a block that the block does not have is no range")
  func blockRanges() {
    func range(_ offset: UInt64, _ length: UInt64) -> Range<Int>? {
      BlockRequest(block: .broadcast(BroadcastID(rawValue: 0), piece: 0), offset: offset, length: length).range(in: 100)
    }
    #expect(range(0, 100) == 0..<100)
    #expect(range(99, 1) == 99..<100)
    for (offset, length) in [(0, 101), (100, 1), (.max, 1), (1, .max), (.max, .max), (5, 0)] as [(UInt64, UInt64)] {
      #expect(range(offset, length) == nil, "\(offset), \(length)")
    }
  }
}
