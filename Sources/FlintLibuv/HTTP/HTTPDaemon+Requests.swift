internal import CFlintHTTP
internal import CMicrohttpd
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// What the library calls, on the loop.
extension HTTPDaemon {
  /// For the head of a request, then for each part of its body, then for its answer.
  static let handle: MHD_AccessHandlerCallback = { context, connection, url, method, _, data, size, slot in
    guard let context, let connection, let url, let method, let size, let slot else { return .NO }
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    guard let known = slot.pointee else {
      let exchange = daemon.begin(connection, path: String(cString: url), method: String(cString: method))
      slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
      return daemon.refuseEarly(exchange)
    }
    let exchange = Unmanaged<HTTPExchange>.fromOpaque(known).takeUnretainedValue()
    guard size.pointee == 0 else {
      let isTaken = exchange.append(UnsafeRawBufferPointer(start: data, count: size.pointee))
      size.pointee = 0
      return isTaken ? .YES : .NO
    }
    return daemon.answer(exchange)
  }

  /// A request is over, answered or not.
  static let completed: MHD_RequestCompletedCallback = { context, connection, slot, _ in
    guard let context, let connection, let known = slot?.pointee else { return }
    slot?.pointee = nil
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    Unmanaged<HTTPExchange>.fromOpaque(known).takeRetainedValue().feed?.close()
    daemon.exchanges[connection] = nil
    daemon.visit(of: connection)?.deadline = daemon.nextDeadline
  }

  /// A connection has come or is about to go.
  static let connected: MHD_NotifyConnectionCallback = { context, connection, _, change in
    guard let context, let connection else { return }
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    let descriptor = flint_http_socket(connection)
    daemon.visits[descriptor] =
      change == .CONNECTION_NOTIFY_STARTED ? HTTPVisit(descriptor, deadline: daemon.nextDeadline) : nil
  }

  /// What the library has to say of its troubles is of little use, most of all over a relay, whose sockets have no options
  /// of TCP.
  static let complain: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = { context, line in
    guard let context, let line else { return }
    Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue().log.debug("http", ["detail": String(cString: line)])
  }

  private var nextDeadline: MonotonicInstant { SystemClock.monotonicNow.advanced(by: limits.httpDeadline) }

  private func visit(of connection: OpaquePointer) -> HTTPVisit? { visits[flint_http_socket(connection)] }

  // MARK: Requests

  private func begin(_ connection: OpaquePointer, path: String, method: String) -> HTTPExchange {
    let head = HTTPRouter.Head(
      method: method, path: path, host: header("Host", of: connection),
      authorization: header("Authorization", of: connection), contentLength: header("Content-Length", of: connection))
    let exchange = HTTPExchange(
      connection, router.decide(head), path: path, bodyLimit: Int(limits.httpBodyLength.bytes))
    exchanges[connection] = exchange
    return exchange
  }

  private func header(_ name: String, of connection: OpaquePointer) -> String? {
    MHD_lookup_connection_value(connection, .HEADER_KIND, name).map { String(cString: $0) }
  }

  /// What is refused by its head is answered before its body is read.
  private func refuseEarly(_ exchange: HTTPExchange) -> MHD_Result {
    guard case .refuse(let status, let allowed) = exchange.decision else { return .YES }
    var response = HTTPResponse.failure(status)
    if !allowed.isEmpty {
      response.headers.append((name: "Allow", value: allowed.map(\.rawValue).joined(separator: ", ")))
    }
    if status == .unauthorized { response.headers.append((name: "WWW-Authenticate", value: "Bearer")) }
    return queue(response, exchange)
  }

  /// The request is whole.
  private func answer(_ exchange: HTTPExchange) -> MHD_Result {
    visit(of: exchange.connection)?.deadline = nil
    if let answer = exchange.answer { return queue(answer, exchange) }
    guard !exchange.isTooLong else { return queue(.failure(.contentTooLarge), exchange) }
    guard case .answer(let action, let method, let parameters) = exchange.decision else { return .NO }
    let request = exchange.request(method, parameters)
    switch action {
    case .now(let answer): return queue(answer(request), exchange)
    case .later(let answer):
      suspend(exchange)
      wait(for: exchange, request, answer)
      return .YES
    case .events(let start): return startEvents(exchange, request, start)
    }
  }

  private func wait(
    for exchange: HTTPExchange, _ request: HTTPRequest,
    _ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
  ) {
    let this = LoopConfined(self, to: loop.thread)
    let waiting = LoopConfined(exchange, to: loop.thread)
    Task { [loop] in
      let response = await answer(request)
      loop.perform {
        waiting.value.answer = response
        guard this.value.daemon != nil else { return }
        this.value.resume(waiting.value)
        this.value.scheduleRun()
      }
    }
  }

  private func startEvents(
    _ exchange: HTTPExchange, _ request: HTTPRequest, _ start: @Sendable (HTTPRequest, HTTPEventStream) -> Void
  ) -> MHD_Result {
    let feed = HTTPEventFeed(limit: Int(limits.httpEventBytes.bytes))
    feed.wake = { [weak self, weak exchange] in
      guard let self, let exchange, exchange.isSuspended else { return }
      resume(exchange)
      scheduleRun()
    }
    exchange.feed = feed
    start(request, HTTPEventStream(feed, loop))
    let context = Unmanaged.passRetained(HTTPEventSource(feed, exchange, self)).toOpaque()
    let response = MHD_create_response_from_callback(
      UInt64.max, 4096, HTTPEventSource.read, context, HTTPEventSource.free)
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    MHD_add_response_header(response, "Content-Type", "text/event-stream")
    addCommonHeaders(response)
    return MHD_queue_response(exchange.connection, HTTPStatus.ok.rawValue, response)
  }

  // MARK: Answers

  private func queue(_ answer: HTTPResponse, _ exchange: HTTPExchange) -> MHD_Result {
    var body = answer.body
    let response = body.withUnsafeMutableBytes {
      MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
    }
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    MHD_add_response_header(response, "Content-Type", answer.contentType)
    for header in answer.headers { MHD_add_response_header(response, header.name, header.value) }
    addCommonHeaders(response)
    return MHD_queue_response(exchange.connection, answer.status.rawValue, response)
  }

  private func addCommonHeaders(_ response: OpaquePointer) {
    MHD_add_response_header(response, "Cache-Control", "no-store")
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff")
  }
}

/// What the library asks for the bytes of an event stream.
private final class HTTPEventSource {
  private let feed: HTTPEventFeed
  private weak var exchange: HTTPExchange?
  private weak var daemon: HTTPDaemon?

  init(_ feed: HTTPEventFeed, _ exchange: HTTPExchange, _ daemon: HTTPDaemon) {
    self.feed = feed
    self.exchange = exchange
    self.daemon = daemon
  }

  static let read: MHD_ContentReaderCallback = { context, _, room, count in
    guard let context, let room else { return -1 }
    let source = Unmanaged<HTTPEventSource>.fromOpaque(context).takeUnretainedValue()
    switch source.feed.take(into: UnsafeMutableRawBufferPointer(start: room, count: count)) {
    case .bytes(let count): return count
    case .end: return -1
    case .none:
      guard let exchange = source.exchange else { return -1 }
      source.daemon?.suspend(exchange)
      return 0
    }
  }

  static let free: MHD_ContentReaderFreeCallback = { context in
    guard let context else { return }
    Unmanaged<HTTPEventSource>.fromOpaque(context).release()
  }
}
