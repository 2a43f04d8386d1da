internal import Glibc

/// The few socket options that streams need.
enum SocketOption {
  /// Sends small messages at once. Fails on Unix sockets, which do so anyway.
  static func setNoDelay(_ number: CInt) {
    set(number, protocolTCP, TCP_NODELAY, CInt(1))
  }

  /// Lets a new listener have the port of one that was closed a moment ago.
  static func setReuseAddress(_ number: CInt) {
    set(number, SOL_SOCKET, SO_REUSEADDR, CInt(1))
  }

  /// Makes the next close a reset: the peer learns that the stream was aborted, and what is queued is dropped.
  static func setResetOnClose(_ number: CInt) {
    set(number, SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
  }

  /// The socket's pending error number, which is then cleared; 0 when there is none.
  static func takeError(_ number: CInt) -> CInt {
    var error: CInt = 0
    var length = socklen_t(MemoryLayout.size(ofValue: error))
    return getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno
  }

  /// Whether a TCP connection is over in both directions.
  static func isClosed(_ number: CInt) -> Bool {
    // The first byte of the kernel's report is the connection's state.
    var state: UInt8 = 0
    var length = socklen_t(1)
    return getsockopt(number, protocolTCP, TCP_INFO, &state, &length) == 0 && state == stateClosed
  }

  /// TCP_CLOSE.
  private static let stateClosed: UInt8 = 7

  private static let protocolTCP = CInt(IPPROTO_TCP)

  private static func set<Value>(_ number: CInt, _ level: CInt, _ option: CInt, _ value: Value) {
    _ = withUnsafeBytes(of: value) { setsockopt(number, level, option, $0.baseAddress, socklen_t($0.count)) }
  }
}
