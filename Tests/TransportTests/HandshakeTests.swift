import FlintCore
import FlintTransport
import FlintWire
import Testing
import WireSamples

@Suite("The handshake, as a machine")
struct HandshakeTests {
  private static let executor = MachineUnderTest.executor

  private func changed(_ change: (inout Introduction) -> Void) -> Introduction {
    var introduction = Self.executor
    change(&introduction)
    return introduction
  }

  @Test("an executor of the same cluster and build is welcome")
  func welcome() {
    var driver = MachineUnderTest()
    #expect(driver.receive(.hello, Self.executor) == .welcome)
    #expect(driver.machine.phase == .open)
    #expect(driver.machine.peer == Self.executor)

    var executor = MachineUnderTest(.dialler(expecting: .driver), local: Self.executor)
    #expect(executor.receive(.welcome, MachineUnderTest.driver) == .open)
    #expect(executor.machine.phase == .open)
  }

  @Test("whoever says the wrong thing of himself is refused, without being told why")
  func refusals() {
    let cases: [(Introduction, CloseReason)] = [
      (changed { $0.cluster = "d" }, .wrongCluster("d")),
      (changed { $0.build = [1, 3] }, .differentBuild),
      (changed { $0.executor = nil }, .wrongExecutor),
      (changed { ($0.role, $0.executor) = (.observer, nil) }, .wrongRole(.observer)),
      (changed { $0.role = .worker }, .wrongExecutor),
    ]
    for (hello, reason) in cases {
      var driver = MachineUnderTest()
      #expect(driver.receive(.hello, hello) == .refuse(reason))
      #expect(driver.machine.phase == .over(reason))
      #expect(driver.receive(.request, .echo([])) == .ignore, "a refused peer is not heard")
    }
  }

  @Test("a role that was proved binds; a secret without roles binds to none")
  func provedRoles() {
    let unproved = CloseReason.unprovedRole(claimed: .executor, proved: .submitter)
    for identity in [
      PeerIdentity.certificate(role: .submitter, name: "x"), .sharedSecret(role: .submitter),
    ] {
      var driver = MachineUnderTest(identity: identity)
      #expect(driver.receive(.hello, Self.executor) == .refuse(unproved))
    }
    for identity in [
      PeerIdentity.certificate(role: .executor, name: "x"), .sharedSecret(role: .executor), .sharedSecret(role: nil),
    ] {
      var driver = MachineUnderTest(identity: identity)
      #expect(driver.receive(.hello, Self.executor) == .welcome)
    }
  }

  @Test("of whom nothing is known is not even listened to")
  func strangers() {
    for identity in [PeerIdentity.unknown, .localUser(1000)] {
      var driver = MachineUnderTest(identity: identity)
      #expect(driver.machine.refusalBeforeHandshake() == .unidentified(identity))
    }
    #expect(Admission(localUsers: [1000]).refusal(of: .localUser(1000)) == nil)
    #expect(Admission(localUsers: [1000]).refusal(of: .localUser(0)) == .unidentified(.localUser(0)))
    #expect(Admission(localUsers: [1000]).refusal(of: .unknown) == .unidentified(.unknown))
  }

  @Test("builds are compared between driver and executor alone")
  func builds() {
    var worker = MachineUnderTest.driver
    worker.role = .worker
    var other = Self.executor
    other.build = [9]
    var dialled = MachineUnderTest(local: worker)
    #expect(dialled.receive(.hello, other) == .welcome)
  }

  @Test("the dialling side goes away when it is refused, or has reached somebody else")
  func dialler() {
    let dialler = { MachineUnderTest(.dialler(expecting: .driver), local: Self.executor) }
    var refused = dialler()
    #expect(refused.receive(.refused) == .close(.refusedByPeer))
    var elsewhere = dialler()
    var worker = MachineUnderTest.driver
    worker.role = .worker
    #expect(elsewhere.receive(.welcome, worker) == .close(.wrongRole(.worker)))
    var foreign = dialler()
    var other = MachineUnderTest.driver
    other.cluster = "d"
    #expect(foreign.receive(.welcome, other) == .close(.wrongCluster("d")))
  }

  @Test("before the handshake every other frame ends the connection, read or not", arguments: FrameKind.allCases)
  func wrongState(kind: FrameKind) {
    if kind != .hello {
      var driver = MachineUnderTest()
      #expect(driver.receive(kind, message: 1, [1, 2, 3]) == .close(.wrongState(kind)))
    }
    if kind != .welcome, kind != .refused {
      var executor = MachineUnderTest(.dialler(expecting: .driver), local: Self.executor)
      #expect(executor.receive(kind, message: 1, [1, 2, 3]) == .close(.wrongState(kind)))
    }
  }

  @Test("after it, a second handshake does the same")
  func secondHandshake() {
    for kind in [FrameKind.hello, .welcome, .refused] {
      var driver = MachineUnderTest.open()
      #expect(driver.receive(kind, Self.executor) == .close(.wrongState(kind)))
    }
  }

  @Test("nothing longer than a handshake is read before it, and everything afterwards")
  func lengths() {
    var driver = MachineUnderTest()
    #expect(driver.machine.frameLimit == 4096 - FrameHeader.size)
    let long = [UInt8](repeating: 0, count: 4097 - FrameHeader.size)
    #expect(driver.receive(.hello, message: 0, long) == .close(.frame(.tooLong(UInt32(long.count)))))
    var open = MachineUnderTest.open()
    #expect(open.machine.frameLimit == 16 << 20)
    #expect(open.receive(.request, .echo(long), 1 << 32) == .request(.echo, RequestID.first))
  }

  @Test("a hello that cannot be read, or of another version, has its own reason")
  func unreadable() {
    var garbage = MachineUnderTest()
    #expect(garbage.receive(.hello, message: 0, [1, 2]) == .close(.handshakeFault(.truncated)))
    var newer = MachineUnderTest()
    var frame = WireBytes.frame(.hello, Self.executor)
    frame[2] = 2
    #expect(newer.receive(bytes: frame) == .close(.frame(.version(2))))
    var http = MachineUnderTest()
    #expect(http.receive(bytes: Array("GET / HTTP/1.1\r\nHost: example\r\n\r\n".utf8)) == .close(.frame(.notAFrame)))
    var tls = MachineUnderTest()
    #expect(tls.receive(bytes: [22, 3, 1] + [UInt8](repeating: 0, count: 60)) == .close(.frame(.notAFrame)))
  }

  @Test("who says nothing in time is gone")
  func stalled() {
    var driver = MachineUnderTest()
    #expect(driver.machine.nextWake == .at(5000))
    #expect(driver.machine.wake(now: .at(4999), due: .at(4999), queued: 0, taken: 0).closes == nil)
    #expect(driver.machine.wake(now: .at(5000), due: .at(5000), queued: 0, taken: 0).closes == .handshakeStalled)
    #expect(driver.receive(.hello, Self.executor) == .ignore, "it comes too late")
  }
}
