internal import FlintCore
internal import FlintSystem

/// Where the connections of one listener wait until their peers have said who they are. On the loop.
actor HandshakeDesk {
  /// How a stream begins: under TLS, with the desk's settings.
  typealias Maker = @Sendable (any NetworkStream) throws -> TLSStream

  private struct Guest {
    let stream: TLSStream
    let deadline: UInt64
  }

  private let loop: EventLoop
  private let log: Logger
  private let patience: Duration
  private let make: Maker
  private let accept: @Sendable (any NetworkStream) -> Void
  private var ledger: HandshakeLedger
  private var guests: [UInt64: Guest] = [:]
  private var nextNumber: UInt64 = 0
  private var isClosed = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(
    on loop: EventLoop, log: Logger, limits: Limits, make: @escaping Maker,
    accept: @escaping @Sendable (any NetworkStream) -> Void
  ) {
    self.loop = loop
    self.log = log
    patience = limits.handshakeDeadline
    ledger = HandshakeLedger(perAddress: limits.halfOpenConnections, total: limits.allHalfOpenConnections)
    self.make = make
    self.accept = accept
  }

  /// Connections that are not authenticated.
  var guestCount: Int { guests.count }

  /// A connection has come; call it on the loop.
  nonisolated func receive(_ raw: any NetworkStream) { assumeIsolated { $0.admit(raw) } }

  /// Nobody is let in any more, and who waits is sent away. From anywhere.
  nonisolated func close() {
    loop.perform { self.assumeIsolated { $0.dismissAll() } }
  }

  private func dismissAll() {
    isClosed = true
    for guest in guests.values {
      guest.stream.abort()
      loop.core.cancelTimer(guest.deadline)
    }
    guests = [:]
  }

  private func admit(_ raw: any NetworkStream) {
    guard !isClosed, let stream = try? make(raw) else { return raw.abort() }
    nextNumber += 1
    let number = nextNumber
    if let evicted = ledger.arrived(number, from: raw.remote.origin) {
      dismiss(evicted, TLSFailure(.tooManyHandshakes))
    }
    let deadline = loop.core.setTimer(at: SystemClock.monotonicNow.advanced(by: patience)) { [weak self] in
      self?.assumeIsolated { $0.dismiss(number, TLSFailure(.handshakeStalled)) }
    }
    guests[number] = Guest(stream: stream, deadline: deadline)
    stream.handshake(as: .server) { result in self.assumeIsolated { $0.decided(number, result) } }
  }

  private func decided(_ number: UInt64, _ result: Result<PeerIdentity, TLSFailure>) {
    switch result {
    case .success:
      guard let guest = remove(number) else { return }
      accept(guest.stream)
    case .failure(let failure):
      // It stays until its last alert is gone, or its time is over.
      if let guest = guests[number] { refused(guest.stream, failure) }
      guests[number]?.stream.whenGone { self.assumeIsolated { _ = $0.remove(number) } }
    }
  }

  private func dismiss(_ number: UInt64, _ failure: TLSFailure) {
    guard let guest = remove(number) else { return }
    if guest.stream.isInHandshake { refused(guest.stream, failure) }
    guest.stream.abort()
  }

  private func remove(_ number: UInt64) -> Guest? {
    guard let guest = guests.removeValue(forKey: number) else { return nil }
    ledger.left(number)
    loop.core.cancelTimer(guest.deadline)
    return guest
  }

  /// The log gets the reason, the peer a general refusal.
  private func refused(_ stream: TLSStream, _ failure: TLSFailure) {
    log.warning(
      "connection refused",
      [
        "peer": "\(stream.remote)", "reason": failure.refusal.rawValue,
        "detail": failure.words ?? failure.refusal.sentence,
      ])
  }
}
