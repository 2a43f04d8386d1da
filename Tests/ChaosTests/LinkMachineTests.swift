import FlintWire
import Testing

@testable import FlintSupervisor

@Suite("One direction of a connection through a proxy")
struct LinkMachineTests {
  /// Frames with messages of kind 20, 21, 22 … and bodies of as many bytes.
  private static func frames(_ count: Int) -> [[UInt8]] {
    (0..<count).map { index in
      frame(UInt16(20 + index), sequence: UInt32(index), [UInt8](repeating: UInt8(index), count: 20 + index))
    }
  }

  private static func frame(_ message: UInt16, sequence: UInt32, _ body: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    body.withUnsafeBytes { writer.putFrame(.oneWay, message: message, correlation: 7, sequence: sequence, body: $0) }
    return writer.bytes
  }

  /// What leaves when `frames` arrive, `chunk` bytes at a time, and `fault` strikes the message of kind 21.
  private static func pass(_ frames: [[UInt8]], _ fault: LinkFault? = nil, chunk: Int = .max) -> [String] {
    var machine = LinkMachine(.outward)
    var words: [String] = []
    var rest = frames.flatMap(\.self)[...]
    var sent: [UInt8] = []
    while !rest.isEmpty {
      let part = Array(rest.prefix(chunk))
      rest = rest.dropFirst(part.count)
      let steps = part.withUnsafeBytes { bytes in
        machine.receive(bytes) {
          $0.message == 21 ? fault : nil
        } hello: { _ in
        }
      }
      for step in steps {
        switch step {
        case .send(let bytes): sent += bytes
        case .cut: words.append("cut")
        case .freeze: words.append("freeze")
        }
      }
    }
    return describe(sent) + words
  }

  /// `message#number` of each whole frame, and what is behind them.
  private static func describe(_ bytes: [UInt8]) -> [String] {
    var words: [String] = []
    var rest = bytes[...]
    while rest.count >= 32 {
      let head = Array(rest.prefix(32))
      let length = (0..<4).reduce(0) { $0 | Int(head[8 + $1]) << (8 * $1) }
      guard head[0] == UInt8(ascii: "F"), rest.count >= 32 + length else { break }
      words.append("\(head[4])#\(head[12])")
      rest = rest.dropFirst(32 + length)
    }
    return words + (rest.isEmpty ? [] : ["+\(rest.count)"])
  }

  @Test("without a fault the same bytes leave, however they were cut", arguments: [1, 7, 33, Int.max])
  func unharmed(chunk: Int) {
    var machine = LinkMachine(.backward)
    let bytes = Self.frames(5).flatMap(\.self)
    var sent: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(chunk))
      rest = rest.dropFirst(part.count)
      for case .send(let bytes) in part.withUnsafeBytes({
        machine.receive($0) { _ in
          nil
        } hello: { _ in
        }
      }) {
        sent += bytes
      }
    }
    #expect(sent == bytes)
  }

  @Test("silent faults leave a stream whose numbers have no gap")
  func silent() {
    let frames = Self.frames(4)
    #expect(Self.pass(frames, .drop) == ["20#0", "22#1", "23#2"])
    #expect(Self.pass(frames, .double) == ["20#0", "21#1", "21#2", "22#3", "23#4"])
    #expect(Self.pass(frames, .postpone(frames: 1)) == ["20#0", "22#1", "21#2", "23#3"])
  }

  @Test("the others leave one that no honest peer has sent")
  func loud() {
    let frames = Self.frames(4)
    #expect(Self.pass(frames, .tear) == ["20#0", "22#2", "23#3"])
    #expect(Self.pass(frames, .replay) == ["20#0", "21#1", "21#1", "22#2", "23#3"])
    #expect(Self.pass(Array(frames.prefix(2)), .cut(afterBytes: 10)) == ["20#0", "+10", "cut"])
    #expect(Self.pass(Array(frames.prefix(2)), .freeze) == ["20#0", "freeze"])
  }

  @Test("a damaged part is the one that was meant", arguments: LinkFault.Part.allCases, [0, 1, 77, 1001])
  func corrupt(part: LinkFault.Part, bit: Int) {
    let frames = Self.frames(2)
    var machine = LinkMachine(.outward)
    var sent: [UInt8] = []
    let steps = frames.flatMap(\.self).withUnsafeBytes { bytes in
      machine.receive(bytes) {
        $0.message == 21 ? .corrupt(part, bit: bit) : nil
      } hello: { _ in
      }
    }
    for case .send(let bytes) in steps { sent += bytes }
    let whole = frames.flatMap(\.self)
    let changed = whole.indices.filter { whole[$0] != sent[$0] }.map { $0 - frames[0].count }
    switch part {
    case .header: #expect(changed.count == 1 && changed.allSatisfy { (0..<8).contains($0) || (12..<32).contains($0) })
    case .length: #expect(changed.count == 1 && changed.allSatisfy { (8..<12).contains($0) })
    case .body: #expect(changed.count == 1 && changed.allSatisfy { $0 >= 32 })
    case .block: #expect(changed.isEmpty)
    }
  }

  @Test("what is no frame breaks the connection")
  func noise() {
    #expect(Self.pass([[UInt8](repeating: 1, count: 100)]) == ["cut"])
  }
}
