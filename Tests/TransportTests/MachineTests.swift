import FlintCore
import FlintWire
import Testing
import WireSamples

@testable import FlintTransport

@Suite("An open connection, as a machine")
struct MachineTests {
  private static let attempt = TransportSamples.attempt(7)

  /// The peer's request in a slot, for the how-manieth time.
  private func id(_ slot: Int, _ generation: UInt32) -> RequestID { RequestID(slot: slot, generation: generation) }

  @Test("messages and requests reach the handler, each in its own form")
  func messages() {
    var driver = MachineUnderTest.open()
    #expect(driver.receive(.oneWay, TransportSamples.report) == .message(.reportExecutor))
    #expect(driver.receive(.request, .echo([1]), id(0, 1).correlation) == .request(.echo, id(0, 1)))
    #expect(driver.receive(.heartbeat) == .ignore)
    // A request as one-way, and the other way round.
    #expect(driver.receive(.oneWay, .echo([1])) == .close(.notAllowed(.echo)))
    var other = MachineUnderTest.open()
    #expect(
      other.receive(.request, TransportSamples.report, id(0, 1).correlation) == .close(.notAllowed(.reportExecutor)))
  }

  @Test("what a peer's role does not allow ends the connection, unread")
  func forbidden() {
    var driver = MachineUnderTest.open()
    #expect(driver.receive(.oneWay, message: MessageKind.launchTask.rawValue, [1]) == .close(.notAllowed(.launchTask)))
    var unknown = MachineUnderTest.open()
    #expect(unknown.receive(.oneWay, message: 999, [1]) == .close(.unknownMessage(999)))
    var blocks = MachineUnderTest.open()
    #expect(blocks.receive(.request, TransportSamples.fetch, id(0, 1).correlation) == .close(.notAllowed(.fetchBlock)))
    var channel = MachineUnderTest.executor
    channel.channel = .blocks
    var rightChannel = MachineUnderTest.open(channel)
    #expect(
      rightChannel.receive(.request, TransportSamples.fetch, id(0, 1).correlation) == .request(.fetchBlock, id(0, 1)))
    #expect(rightChannel.receive(.oneWay, TransportSamples.report) == .close(.notAllowed(.reportExecutor)))
  }

  @Test("answers find their requests, late ones nobody, and those that nobody asked for end the connection")
  func answers() {
    var driver = MachineUnderTest.open()
    let (first, second, third) = driver.begin(3)
    #expect(driver.receive(.reply, .echoed([2]), second.correlation) == .answer(slot: 1, .echoed))
    #expect(driver.receive(.reply, .echoed([2]), second.correlation) == .ignore, "it is late")
    #expect(driver.machine.abandon(third) == true)
    #expect(driver.machine.abandon(third) == false)
    #expect(driver.receive(.failure, correlation: third.correlation) == .ignore, "nobody waits for it")
    #expect(driver.receive(.failure, correlation: first.correlation) == .failure(slot: 0))
    // The slots are used again, under other numbers.
    #expect(driver.begin(1).0.slot == first.slot)
    #expect(driver.receive(.reply, .echoed([]), first.correlation) == .ignore)
    #expect(driver.receive(.reply, .echoed([]), id(0, 9).correlation) == .close(.unaskedAnswer))
  }

  @Test("an answer of another kind, of a slot that was never used, or of generation zero was never asked for")
  func unaskedAnswers() {
    for (message, correlation) in [
      (Message.echoed([]), id(1, 1).correlation), (.echoed([]), 0), (.echoed([]), .max),
    ] {
      var driver = MachineUnderTest.open()
      _ = driver.begin(1)
      #expect(driver.receive(.reply, message, correlation) == .close(.unaskedAnswer))
    }
    var driver = MachineUnderTest.open()
    _ = driver.begin(1)
    #expect(driver.receive(.reply, .statusNoted, id(0, 1).correlation) == .close(.notAllowed(.statusNoted)))
    var block = MachineUnderTest.open()
    _ = block.begin(1)
    #expect(block.receive(.block, .echoed([]), id(0, 1).correlation) == .close(.unaskedAnswer))
  }

  @Test("a request's number is used once, its slots in order, and no more of them than agreed")
  func requestNumbers() {
    var limits = Limits()
    limits.requestsInFlight = 2
    var repeated = MachineUnderTest.open(limits: limits)
    #expect(repeated.receive(.request, .echo([]), id(0, 1).correlation) == .request(.echo, id(0, 1)))
    #expect(repeated.receive(.request, .echo([]), id(0, 1).correlation) == .close(.repeatedRequest))
    var many = MachineUnderTest.open(limits: limits)
    #expect(many.receive(.request, .echo([]), id(0, 1).correlation) == .request(.echo, id(0, 1)))
    #expect(many.receive(.request, .echo([]), id(1, 1).correlation) == .request(.echo, id(1, 1)))
    #expect(many.receive(.request, .echo([]), id(2, 1).correlation) == .close(.tooManyRequests))
    var gap = MachineUnderTest.open(limits: limits)
    #expect(gap.receive(.request, .echo([]), id(1, 1).correlation) == .close(.tooManyRequests))
    var zero = MachineUnderTest.open(limits: limits)
    #expect(zero.receive(.request, .echo([]), 0) == .close(.repeatedRequest))
  }

  @Test("a request that was given up need not be answered; one in its slot neither has its answer")
  func cancellations() {
    var driver = MachineUnderTest.open()
    #expect(driver.receive(.request, .echo([]), id(0, 1).correlation) == .request(.echo, id(0, 1)))
    #expect(driver.receive(.cancel, correlation: id(0, 1).correlation) == .cancel(id(0, 1)))
    #expect(driver.receive(.cancel, correlation: id(0, 1).correlation) == .ignore)
    #expect(driver.machine.beginAnswer(id(0, 1)) == false)
    #expect(driver.receive(.cancel, correlation: .max) == .ignore)
    #expect(driver.receive(.request, .echo([]), id(0, 2).correlation) == .request(.echo, id(0, 2)))
    #expect(
      driver.receive(.request, .echo([]), id(0, 3).correlation) == .requestInPlace(.echo, id(0, 3), of: id(0, 2)))
    #expect(driver.machine.beginAnswer(id(0, 2)) == false)
    #expect(driver.machine.beginAnswer(id(0, 3)) == true)
    #expect(driver.machine.beginAnswer(id(0, 3)) == false, "one answer a request")
    #expect(driver.machine.openRequestCount == 0)
  }

  @Test("both say goodbye, end what was begun, and then the stream")
  func leaving() {
    var driver = MachineUnderTest.open()
    let request = driver.begin(1).0
    #expect(driver.receive(.request, .echo([]), id(0, 1).correlation) == .request(.echo, id(0, 1)))
    #expect(driver.machine.leave() == true)
    #expect(driver.machine.leave() == false, "one goodbye is enough")
    #expect(driver.receive(.request, .echo([]), id(1, 1).correlation) == .request(.echo, id(1, 1)), "under way before")
    #expect(driver.receive(.goodbye) == .ignore)
    #expect(driver.receive(.reply, .echoed([]), request.correlation) == .answer(slot: 0, .echoed))
    #expect(driver.machine.stepWhenIdle() == .ignore)
    #expect(driver.machine.beginAnswer(id(0, 1)) == true)
    #expect(driver.machine.beginAnswer(id(1, 1)) == true)
    #expect(driver.machine.stepWhenIdle() == .finish)
    #expect(driver.machine.phase == .over(.left))
  }

  @Test("who was told goodbye says so, too; who has said it begins nothing more")
  func goodbye() {
    var driver = MachineUnderTest.open()
    #expect(driver.receive(.goodbye) == .leave)
    #expect(driver.machine.stepWhenIdle() == .finish)
    var chatty = MachineUnderTest.open()
    #expect(chatty.receive(.goodbye) == .leave)
    #expect(chatty.receive(.request, .echo([]), id(0, 1).correlation) == .close(.wrongState(.request)))
    var twice = MachineUnderTest.open()
    #expect(twice.receive(.goodbye) == .leave)
    #expect(twice.receive(.goodbye) == .close(.wrongState(.goodbye)))
  }

  @Test("however the stream ends, the connection has ended once, with a reason")
  func streamEnds() {
    var finished = MachineUnderTest.open()
    #expect(finished.machine.streamEnded(.finished) == .close(.peerFinished))
    #expect(finished.machine.streamEnded(.finished) == .ignore)
    var broken = MachineUnderTest.open()
    #expect(broken.machine.streamEnded(.failed(FlintError(.unreachable, "x"))) == .close(.lost(.unreachable)))
    #expect(broken.receive(.oneWay, TransportSamples.report) == .ignore)
    #expect(broken.machine.end() == false)
  }
}

extension MachineUnderTest {
  /// Begins `count` echoes; returns the first three.
  mutating func begin(_ count: Int) -> (RequestID, RequestID, RequestID) {
    let ids = (0..<count).map { _ in machine.beginRequest(.echo, deadline: .distantFuture) }
    return (ids[0], ids[min(1, count - 1)], ids[min(2, count - 1)])
  }
}

extension RequestID {
  static let first = RequestID(slot: 0, generation: 1)
}
