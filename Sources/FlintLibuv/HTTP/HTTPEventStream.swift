/// A stream of events to one client, as `text/event-stream`. Its methods may be called from anywhere.
public final class HTTPEventStream: Sendable {
  private let loop: EventLoop
  private let feed: LoopConfined<HTTPEventFeed>

  init(_ feed: HTTPEventFeed, _ loop: EventLoop) {
    self.loop = loop
    self.feed = LoopConfined(feed, to: loop.thread)
  }

  /// Sends an event, with a name or as a plain message. After the end of the stream it does nothing.
  ///
  /// A client that takes its events too slowly is cut off, and asks again when it can.
  public func send(_ data: String, event: String? = nil) {
    loop.perform { [feed] in feed.value.send(data, event: event) }
  }

  /// Ends the stream.
  public func finish() {
    loop.perform { [feed] in feed.value.finish() }
  }

  /// Calls `call` on the loop once the client is gone or the stream has ended.
  public func onEnd(_ call: @escaping @Sendable () -> Void) {
    loop.perform { [feed] in feed.value.onEnd(call) }
  }
}
