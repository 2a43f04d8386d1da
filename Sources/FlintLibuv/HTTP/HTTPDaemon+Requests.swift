internal import CFlintHTTP
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// What the library calls, on the loop.
extension HTTPDaemon {
  typealias HandleCall =
    @convention(c) (
      UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> CInt
  typealias CompletedCall =
    @convention(c) (
      UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> Void
  typealias ConnectedCall = @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, CInt) -> Void
  typealias LogCall = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void

  /// For the head of a request, then for each part of its body, then for its answer.
  static let handle: HandleCall = { context, connection, path, method, data, size, slot in
    guard let context, let connection, let path, let method, let size, let slot else { return 0 }
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    guard let known = slot.pointee else {
      let exchange = daemon.begin(connection, path: String(cString: path), method: String(cString: method))
      slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
      return daemon.refuseEarly(exchange)
    }
    let exchange = Unmanaged<HTTPExchange>.fromOpaque(known).takeUnretainedValue()
    guard size.pointee == 0 else {
      let isTaken = exchange.append(UnsafeRawBufferPointer(start: data, count: size.pointee))
      size.pointee = 0
      return isTaken ? 1 : 0
    }
    return daemon.answer(exchange)
  }

  /// A request is over, answered or not.
  static let completed: CompletedCall = { context, connection, slot in
    guard let context, let connection, let known = slot?.pointee else { return }
    slot?.pointee = nil
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    Unmanaged<HTTPExchange>.fromOpaque(known).takeRetainedValue().feed?.close()
    daemon.exchanges[connection] = nil
    daemon.visit(of: connection)?.deadline = daemon.nextDeadline
  }

  /// A connection has come or is about to go.
  static let connected: ConnectedCall = { context, connection, isNew in
    guard let context, let connection else { return }
    let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
    let descriptor = flint_http_socket(connection)
    daemon.visits[descriptor] = isNew == 0 ? nil : HTTPVisit(descriptor, deadline: daemon.nextDeadline)
  }

  /// What the library has to say of its troubles is of little use, most of all over a relay, whose sockets have no options
  /// of TCP.
  static let complain: LogCall = { context, line in
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
    flint_http_header(connection, name).map { String(cString: $0) }
  }

  /// What is refused by its head is answered before its body is read.
  private func refuseEarly(_ exchange: HTTPExchange) -> CInt {
    guard case .refuse(let status, let allowed) = exchange.decision else { return 1 }
    var response = HTTPResponse.failure(status)
    if !allowed.isEmpty {
      response.headers.append((name: "Allow", value: allowed.map(\.rawValue).joined(separator: ", ")))
    }
    if status == .unauthorized { response.headers.append((name: "WWW-Authenticate", value: "Bearer")) }
    return queue(response, exchange)
  }

  /// The request is whole.
  private func answer(_ exchange: HTTPExchange) -> CInt {
    visit(of: exchange.connection)?.deadline = nil
    if let answer = exchange.answer { return queue(answer, exchange) }
    guard !exchange.isTooLong else { return queue(.failure(.contentTooLarge), exchange) }
    guard case .answer(let action, let method, let parameters) = exchange.decision else { return 0 }
    let request = exchange.request(method, parameters)
    switch action {
    case .now(let answer): return queue(answer(request), exchange)
    case .later(let answer):
      suspend(exchange)
      wait(for: exchange, request, answer)
      return 1
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
  ) -> CInt {
    let feed = HTTPEventFeed(limit: Int(limits.httpEventBytes.bytes))
    feed.wake = { [weak self, weak exchange] in
      guard let self, let exchange, exchange.isSuspended else { return }
      resume(exchange)
      scheduleRun()
    }
    exchange.feed = feed
    start(request, HTTPEventStream(feed, loop))
    let context = Unmanaged.passRetained(HTTPEventSource(feed, exchange, self)).toOpaque()
    return withHead(.ok, [(name: "Content-Type", value: "text/event-stream")]) { head in
      flint_http_stream(exchange.connection, head, context, HTTPEventSource.read, HTTPEventSource.release)
    }
  }

  // MARK: Answers

  private func queue(_ answer: HTTPResponse, _ exchange: HTTPExchange) -> CInt {
    withHead(answer.status, [(name: "Content-Type", value: answer.contentType)] + answer.headers) { head in
      answer.body.withUnsafeBytes { flint_http_answer(exchange.connection, head, $0.baseAddress, $0.count) }
    }
  }

  /// Calls `body` with the head of an answer, which also says what holds for all of them.
  private func withHead(
    _ status: HTTPStatus, _ headers: [(name: String, value: String)], _ body: (UnsafePointer<flint_http_head>) -> CInt
  ) -> CInt {
    let all =
      headers + [(name: "Cache-Control", value: "no-store"), (name: "X-Content-Type-Options", value: "nosniff")]
    let words: [String] = all.flatMap { [$0.name, $0.value] }
    let texts = words.map { strdup($0) }
    defer { for text in texts { free(text) } }
    let pointers: [UnsafePointer<CChar>?] = texts.map { UnsafePointer($0) }
    return pointers.withUnsafeBufferPointer { pointers in
      var head = flint_http_head(
        status: status.rawValue, headers: pointers.baseAddress, header_count: all.count)
      return body(&head)
    }
  }
}
