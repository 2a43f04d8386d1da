internal import FlintCore

/// One client's connection: how long it may go on without a whole request. On the loop.
final class HTTPVisit {
  /// The descriptor of the connection, valid while the library knows it.
  let descriptor: CInt
  /// When its patience ends; nil while it is being answered.
  var deadline: MonotonicInstant?

  init(_ descriptor: CInt, deadline: MonotonicInstant) {
    self.descriptor = descriptor
    self.deadline = deadline
  }
}
