internal import CFlintHTTP
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// libmicrohttpd on the loop: it parses and writes, and waits nowhere. It gets connected sockets, its descriptor is
/// watched like any other, and it says itself when it wants to be called again.
final class HTTPDaemon: PollOwner {
  let loop: EventLoop
  let router: HTTPRouter
  let limits: Limits
  let log: Logger
  private let settings: UnsafeMutablePointer<flint_http_settings>
  private(set) var daemon: OpaquePointer?
  private var poll: PollHandle?
  private var timer: UInt64?
  private var sweeper: UInt64?
  private var isRunScheduled = false
  /// Connections by their descriptor.
  var visits: [CInt: HTTPVisit] = [:]
  /// Exchanges that go on, by their connection.
  var exchanges: [OpaquePointer: HTTPExchange] = [:]

  init(_ router: HTTPRouter, loop: EventLoop, limits: Limits, log: Logger) throws(FlintError) {
    self.router = router
    self.loop = loop
    self.limits = limits
    self.log = log
    settings = .allocate(capacity: 1)
    settings.initialize(to: flint_http_settings())
    settings.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    settings.pointee.handle = HTTPDaemon.handle
    settings.pointee.completed = HTTPDaemon.completed
    settings.pointee.connected = HTTPDaemon.connected
    settings.pointee.log = HTTPDaemon.complain
    settings.pointee.connections = CUnsignedInt(limits.httpConnections)
    settings.pointee.connections_per_address = CUnsignedInt(limits.httpConnectionsPerAddress)
    settings.pointee.seconds = CUnsignedInt(clamping: limits.httpDeadline.nanoseconds / 1_000_000_000 + 1)
    settings.pointee.memory = Int(limits.httpHeadLength.bytes)
    daemon = flint_http_start(settings)
    guard let daemon else {
      throw FlintError(
        .resourceExhausted, "the HTTP library cannot be started", why: FlintError.systemWords(for: errno))
    }
    let poll = try PollHandle(flint_http_descriptor(daemon), on: loop.core, owner: self)
    poll.watch(.readable)
    self.poll = poll
  }

  deinit {
    settings.deallocate()
  }

  // MARK: Its life on the loop

  /// Takes a connected socket, which leads to `client` itself or to a relay for it.
  func add(_ socket: Descriptor, client: Endpoint) {
    guard let daemon, let address = try? SocketAddress.numeric(client) else { return }
    // What it does not take, such as one connection too many of an address, it closes.
    _ = address.withPointer { flint_http_add(daemon, socket.number, $0, $1) }
    scheduleSweep()
    run()
  }

  func ready(_ events: PollEvents) { run() }

  /// Lets the library do what it has to, and asks when it wants to be called again.
  func run() {
    guard let daemon else { return }
    let milliseconds = flint_http_run(daemon)
    if let timer = timer.take() { loop.core.cancelTimer(timer) }
    guard milliseconds >= 0 else { return }
    if milliseconds == 0 { return scheduleRun() }
    let deadline = SystemClock.monotonicNow.advanced(by: .milliseconds(milliseconds))
    timer = loop.core.setTimer(at: deadline) { [weak self] in
      self?.timer = nil
      self?.run()
    }
  }

  /// Calls ``run()`` after the current event: the library does not like to be called from within its own callbacks.
  func scheduleRun() {
    guard !isRunScheduled else { return }
    isRunScheduled = true
    let this = LoopConfined(self, to: loop.thread)
    loop.perform {
      this.value.isRunScheduled = false
      this.value.run()
    }
  }

  /// Ends all connections and frees the library.
  func stop() {
    guard let daemon = daemon.take() else { return }
    // The library must not end with connections that wait.
    for exchange in exchanges.values {
      exchange.feed?.finish()
      exchange.answer = exchange.answer ?? .failure(.unavailable)
      resume(exchange)
    }
    for visit in visits.values { shutdown(visit.descriptor, CInt(SHUT_RDWR)) }
    _ = flint_http_run(daemon)
    poll?.close()
    poll = nil
    if let timer = timer.take() { loop.core.cancelTimer(timer) }
    if let sweeper = sweeper.take() { loop.core.cancelTimer(sweeper) }
    flint_http_stop(daemon)
  }

  // MARK: Waiting connections

  func suspend(_ exchange: HTTPExchange) {
    exchange.isSuspended = true
    flint_http_suspend(exchange.connection)
  }

  func resume(_ exchange: HTTPExchange) {
    guard exchange.isSuspended else { return }
    exchange.isSuspended = false
    flint_http_resume(exchange.connection)
  }

  // MARK: Patience

  /// While there are connections, looks now and then for those that have had enough time.
  private func scheduleSweep() {
    guard sweeper == nil else { return }
    let pause = min(limits.httpDeadline / 4, limits.httpEventPause)
    sweeper = loop.core.setTimer(at: SystemClock.monotonicNow.advanced(by: pause)) { [weak self] in
      guard let self else { return }
      sweeper = nil
      sweep()
      if !visits.isEmpty { scheduleSweep() }
    }
  }

  private func sweep() {
    let now = SystemClock.monotonicNow
    for visit in visits.values {
      guard let deadline = visit.deadline, deadline <= now else { continue }
      visit.deadline = nil
      // The library sees the end of the connection and closes it.
      shutdown(visit.descriptor, CInt(SHUT_RDWR))
    }
    guard now >= nextSignOfLife else { return }
    nextSignOfLife = now.advanced(by: limits.httpEventPause)
    for exchange in exchanges.values { exchange.feed?.showLife() }
  }

  private var nextSignOfLife = SystemClock.monotonicNow
}
