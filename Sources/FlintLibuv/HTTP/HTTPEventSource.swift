/// What the library asks for the bytes of an event stream.
final class HTTPEventSource {
  private let feed: HTTPEventFeed
  private weak var exchange: HTTPExchange?
  private weak var daemon: HTTPDaemon?

  init(_ feed: HTTPEventFeed, _ exchange: HTTPExchange, _ daemon: HTTPDaemon) {
    self.feed = feed
    self.exchange = exchange
    self.daemon = daemon
  }

  static let read: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int) -> Int64 = {
    context, room, count in
    guard let context, let room else { return -1 }
    let source = Unmanaged<HTTPEventSource>.fromOpaque(context).takeUnretainedValue()
    switch source.feed.take(into: UnsafeMutableRawBufferPointer(start: room, count: count)) {
    case .bytes(let count): return Int64(count)
    case .end: return -1
    case .none:
      guard let exchange = source.exchange else { return -1 }
      source.daemon?.suspend(exchange)
      return 0
    }
  }

  static let release: @convention(c) (UnsafeMutableRawPointer?) -> Void = { context in
    guard let context else { return }
    Unmanaged<HTTPEventSource>.fromOpaque(context).release()
  }
}
