@testable import FlintLibuv

/// A client and a server that talk over memory: what one sends the other gets, cut as the test wishes.
struct MachinePair: ~Copyable {
  var client: TLSMachine
  var server: TLSMachine
  /// Bytes that each has for the other.
  var toServer: [UInt8] = []
  var toClient: [UInt8] = []
  /// What each has received and learnt.
  var serverPlaintext: [UInt8] = []
  var clientPlaintext: [UInt8] = []
  var serverEvents: [PairEvent] = []
  var clientEvents: [PairEvent] = []

  init(_ client: consuming TLSMachine, _ server: consuming TLSMachine) {
    self.client = client
    self.server = server
    let received = self.client.begin { toServer += $0 }
    clientEvents += Self.events(received)
  }

  private static func events(_ received: TLSMachine.Received) -> [PairEvent] {
    [received.opened.map(PairEvent.opened), received.end.map(PairEvent.init)].compactMap(\.self)
  }

  /// Moves bytes in pieces of at most `piece` until nobody has anything more to say.
  mutating func exchange(piece: Int = .max) {
    while !toServer.isEmpty || !toClient.isEmpty {
      let forServer = Array(toServer.prefix(piece))
      toServer.removeFirst(forServer.count)
      if !forServer.isEmpty { serverReceives(forServer) }
      let forClient = Array(toClient.prefix(piece))
      toClient.removeFirst(forClient.count)
      if !forClient.isEmpty { clientReceives(forClient) }
    }
  }

  mutating func serverReceives(_ bytes: [UInt8]) {
    let (plaintext, events) = Self.deliver(bytes, to: &server, answers: &toClient)
    serverPlaintext += plaintext
    serverEvents += events
  }

  mutating func clientReceives(_ bytes: [UInt8]) {
    let (plaintext, events) = Self.deliver(bytes, to: &client, answers: &toServer)
    clientPlaintext += plaintext
    clientEvents += events
  }

  mutating func clientSends(_ bytes: [UInt8], chunk: Int = 64 << 10) throws {
    try Self.encrypt(bytes, by: &client, into: &toServer, chunk)
  }

  mutating func serverSends(_ bytes: [UInt8], chunk: Int = 64 << 10) throws {
    try Self.encrypt(bytes, by: &server, into: &toClient, chunk)
  }

  private static func deliver(
    _ bytes: [UInt8], to machine: inout TLSMachine, answers: inout [UInt8]
  ) -> ([UInt8], [PairEvent]) {
    // Less than a record, so that one is read in several goes.
    var room = [UInt8](repeating: 0, count: 10_000)
    var plaintext: [UInt8] = []
    var happened: [PairEvent] = []
    bytes.withUnsafeBytes { bytes in
      machine.offer(bytes)
      var received: TLSMachine.Received
      repeat {
        received = room.withUnsafeMutableBytes { room in machine.read(into: room) { answers += $0 } }
        plaintext += room[..<received.count]
        happened += events(received)
      } while received.hasMore
      machine.takeBack()
    }
    return (plaintext, happened)
  }

  private static func encrypt(
    _ bytes: [UInt8], by machine: inout TLSMachine, into output: inout [UInt8], _ chunk: Int
  ) throws {
    var room = [UInt8](repeating: 0, count: chunk)
    var rest = bytes[...]
    while !rest.isEmpty {
      let (taken, made) = try rest.withUnsafeBytes { bytes in
        try room.withUnsafeMutableBytes { try machine.send(bytes, into: $0).get() }
      }
      rest.removeFirst(taken)
      output += room[..<made]
    }
  }
}
