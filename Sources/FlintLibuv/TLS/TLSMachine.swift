internal import CFlintTLS
internal import COpenSSL
internal import FlintCore

/// One end of a TLS connection, without a network: ciphertext in, plaintext and ciphertext out.
///
/// OpenSSL does the cryptography, between memory that is lent to it for the time of a call. The machine neither waits nor
/// knows what time it is; how long a handshake may take is its owner's business. It calls `output` with ciphertext for
/// the peer, whatever the outcome, so that the peer also gets a last alert.
struct TLSMachine: ~Copyable {
  /// Which end it is.
  enum Side { case client, server }

  /// How a connection ends for the side that receives.
  enum End: Equatable {
    /// The peer has said that it sends nothing more.
    case finished
    /// The connection is over, in both directions.
    case failed(TLSFailure)
  }

  /// What came of some bytes.
  struct Received: Equatable {
    /// Bytes of plaintext. Those that came before an end are genuine.
    var count = 0
    /// The handshake is over, and this is the peer. Told once.
    var opened: PeerIdentity?
    /// Nothing more will come.
    var end: End?
    /// There may be more in the bytes that were offered.
    var hasMore = false
  }

  /// What may come in and go out of a record at once.
  static let recordLength = 16 << 10
  /// The most that a record is longer than its plaintext, with room for an update of keys before it.
  static let recordOverhead = 64
  /// Room for ciphertext that OpenSSL makes by itself. What does not fit leaves in several pieces.
  private static let sideRoom = 1024
  /// After so many bytes a key is exchanged for the next one; AES-GCM stays safe for some 380 GB.
  static let bytesPerKey: Int64 = 64 << 30

  let connection: OpaquePointer
  let window: UnsafeMutablePointer<flint_tls_window>
  let context: TLSContext
  let side: Side
  let acceptedRoles: [PeerRole]
  private let bytesPerKey: Int64
  private let sideOutput: UnsafeMutablePointer<UInt8>
  var isOpen = false
  var hasFailed = false
  var handshakeBytes = 0
  private var bytesUnderKey: Int64 = 0

  /// A connection that has not begun. The peer must have one of `acceptedRoles`, where its role is known.
  init(
    _ context: TLSContext, _ side: Side, accepting acceptedRoles: [PeerRole], bytesPerKey: Int64 = Self.bytesPerKey
  ) throws(FlintError) {
    window = .allocate(capacity: 1)
    window.initialize(to: flint_tls_window())
    sideOutput = .allocate(capacity: Self.sideRoom)
    guard let connection = SSL_new(context.handle), let bio = flint_tls_make_bio(window) else {
      preconditionFailure("OpenSSL has no memory for a connection")
    }
    // Both directions go through one BIO, which the connection owns from here on.
    SSL_set_bio(connection, bio, bio)
    switch side {
    case .client: SSL_set_connect_state(connection)
    case .server: SSL_set_accept_state(connection)
    }
    self.connection = connection
    self.context = context
    self.side = side
    self.acceptedRoles = acceptedRoles
    self.bytesPerKey = bytesPerKey
  }

  deinit {
    SSL_free(connection)
    window.deallocate()
    sideOutput.deallocate()
  }

  /// Begins the handshake: a client speaks first.
  mutating func begin(_ output: (UnsafeRawBufferPointer) -> Void) -> Received {
    precondition(!isOpen, "a handshake begins once")
    return handshake(output)
  }

  /// Lends bytes from the peer, until ``takeBack()``. All of them are used by ``read(into:_:)``.
  mutating func offer(_ ciphertext: UnsafeRawBufferPointer) {
    window.pointee.input = ciphertext.baseAddress?.assumingMemoryBound(to: UInt8.self)
    window.pointee.input_count = ciphertext.count
  }

  /// Ends what ``offer(_:)`` began. What is left is the beginning of a record, which OpenSSL has kept.
  mutating func takeBack() {
    window.pointee.input = nil
    window.pointee.input_count = 0
  }

  /// Puts plaintext of the offered bytes at the start of `plaintext`, which must have room for some. Call it again as long
  /// as there may be more.
  mutating func read(
    into plaintext: UnsafeMutableRawBufferPointer, _ output: (UnsafeRawBufferPointer) -> Void
  ) -> Received {
    guard !hasFailed else { return Received() }
    var received = isOpen ? Received() : handshake(output)
    if isOpen { decrypt(into: plaintext, &received, output) }
    return received
  }

  /// Encrypts from the start of `plaintext` as much as fits into `ciphertext`. Returns how many bytes it took and made.
  mutating func send(
    _ plaintext: UnsafeRawBufferPointer, into ciphertext: UnsafeMutableRawBufferPointer
  ) -> Result<(taken: Int, made: Int), TLSFailure> {
    precondition(isOpen, "nothing is sent before the handshake's end")
    lendOutput(ciphertext)
    defer { lendNothing() }
    var taken = 0
    while taken < plaintext.count {
      let room = ciphertext.count - window.pointee.output_count - Self.recordOverhead
      let length = min(plaintext.count - taken, room, Self.recordLength)
      guard length > 0 else { break }
      renewKey()
      ERR_clear_error()
      let count = SSL_write(connection, plaintext.baseAddress! + taken, CInt(length))
      guard count > 0 else { return .failure(fail()) }
      taken += Int(count)
      bytesUnderKey += Int64(count)
    }
    return .success((taken, window.pointee.output_count))
  }

  /// Says that nothing more will be sent.
  mutating func finish(_ output: (UnsafeRawBufferPointer) -> Void) {
    guard isOpen, !hasFailed else { return }
    lendSideOutput()
    SSL_shutdown(connection)
    flush(output)
  }

  /// The ciphertext of the peer ended: what that means.
  mutating func receiveEnd() -> End {
    // Who is cut off could be given a part for the whole, so an end that was not announced is a failure.
    if SSL_get_shutdown(connection) & SSL_RECEIVED_SHUTDOWN != 0 { return .finished }
    hasFailed = true
    return .failed(TLSFailure(.cutOff))
  }
}

extension TLSMachine {
  private mutating func decrypt(
    into plaintext: UnsafeMutableRawBufferPointer, _ received: inout Received,
    _ output: (UnsafeRawBufferPointer) -> Void
  ) {
    lendSideOutput()
    defer { flush(output) }
    while received.count < plaintext.count {
      let room = UnsafeMutableRawBufferPointer(rebasing: plaintext[received.count...])
      ERR_clear_error()
      let got = SSL_read(connection, room.baseAddress, CInt(clamping: room.count))
      if got > 0 {
        received.count += Int(got)
        continue
      }
      switch SSL_get_error(connection, got) {
      case SSL_ERROR_WANT_READ: return
      case SSL_ERROR_WANT_WRITE: flush(output)
      case SSL_ERROR_ZERO_RETURN:
        received.end = .finished
        return
      default:
        received.end = .failed(fail())
        return
      }
    }
    received.hasMore = true
  }

  /// Exchanges the key when it has protected enough.
  private mutating func renewKey() {
    guard bytesUnderKey >= bytesPerKey else { return }
    bytesUnderKey = 0
    SSL_key_update(connection, SSL_KEY_UPDATE_NOT_REQUESTED)
  }

  /// OpenSSL's failure of the last call, after which nothing goes on.
  mutating func fail() -> TLSFailure {
    hasFailed = true
    return TLSFailure.current(of: connection)
  }

  // MARK: Memory for OpenSSL

  private func lendOutput(_ memory: UnsafeMutableRawBufferPointer) {
    window.pointee.output = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
    window.pointee.output_capacity = memory.count
    window.pointee.output_count = 0
  }

  private func lendNothing() { lendOutput(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }

  func lendSideOutput() {
    lendOutput(UnsafeMutableRawBufferPointer(start: sideOutput, count: Self.sideRoom))
  }

  /// Hands over what OpenSSL made, and lends the same memory again.
  func flush(_ output: (UnsafeRawBufferPointer) -> Void) {
    let count = window.pointee.output_count
    guard count > 0 else { return }
    window.pointee.output_count = 0
    output(UnsafeRawBufferPointer(start: sideOutput, count: count))
  }
}
