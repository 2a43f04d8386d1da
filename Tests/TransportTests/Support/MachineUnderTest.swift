import FlintCore
import FlintTransport
import FlintWire
import WireSamples

/// A connection machine that is fed with frames as bytes, and numbers them itself.
struct MachineUnderTest: ~Copyable {
  var machine: ConnectionMachine
  private var reader = FrameReader()
  private var sequence: UInt32 = 0

  static let driver = Introduction(cluster: "c", role: .driver, name: "driver", incarnation: 1, build: [1, 2])
  static let executor = Introduction(
    cluster: "c", role: .executor, name: "executor", incarnation: 2, executor: TestNode.executor, build: [1, 2])

  /// A driver that is dialled, at time zero.
  init(
    _ side: ConnectionMachine.Side = .acceptor(serving: [.executor]), local: Introduction = driver,
    identity: PeerIdentity = .sharedSecret(role: nil), limits: Limits = Limits()
  ) {
    machine = ConnectionMachine(
      side, local: local, identity: identity, admission: Admission(), limits: limits, now: .start)
  }

  /// A driver that has let `peer` in.
  static func open(_ peer: Introduction = executor, limits: Limits = Limits()) -> MachineUnderTest {
    var test = MachineUnderTest(limits: limits)
    let step = test.receive(.hello, peer)
    precondition(step == .welcome, "not let in: \(step)")
    return test
  }

  mutating func receive(_ kind: FrameKind, _ introduction: Introduction) -> ConnectionMachine.Step {
    receive(bytes: WireBytes.frame(kind, introduction, sequence: sequence))
  }

  mutating func receive(_ kind: FrameKind, _ message: Message, _ correlation: UInt64 = 0) -> ConnectionMachine.Step {
    receive(bytes: WireBytes.frame(kind, message, correlation: correlation, sequence: sequence))
  }

  mutating func receive(
    _ kind: FrameKind, message: UInt16 = 0, correlation: UInt64 = 0, _ body: [UInt8] = []
  ) -> ConnectionMachine.Step {
    receive(
      bytes: WireBytes.frame(kind, message: message, correlation: correlation, sequence: sequence, body))
  }

  /// The step that the next frame asks for; a fault of the frame counts as one.
  mutating func receive(bytes: [UInt8]) -> ConnectionMachine.Step {
    sequence += 1
    // The frame's body lives as long as the bytes.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    var input = UnsafeRawBufferPointer(copy)
    do throws(FrameFault) {
      guard let frame = try reader.next(&input, limit: machine.frameLimit) else { return .ignore }
      return machine.receive(frame)
    } catch {
      return machine.fail(error)
    }
  }
}

extension MonotonicInstant {
  static let start = MonotonicInstant(nanoseconds: 0)

  /// So many milliseconds after the start.
  static func at(_ milliseconds: Int) -> MonotonicInstant { start.advanced(by: .milliseconds(milliseconds)) }
}
