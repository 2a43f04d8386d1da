internal import Glibc

/// The few socket options that the loopback network needs.
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

  /// The user at the other end of a connected Unix socket; nil for other sockets.
  static func peerUser(_ number: CInt) -> UInt32? {
    var name = sockaddr_storage()
    var size = socklen_t(MemoryLayout.size(ofValue: name))
    let result = withUnsafeMutablePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &size) }
    }
    guard result == 0, name.ss_family == sa_family_t(AF_UNIX) else { return nil }
    // Process, user and group: the C type needs _GNU_SOURCE, which Swift's import does not set.
    var credentials: (Int32, UInt32, UInt32) = (0, 0, 0)
    var length = socklen_t(MemoryLayout.size(ofValue: credentials))
    guard getsockopt(number, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return nil }
    return credentials.1
  }

  private static let protocolTCP = CInt(IPPROTO_TCP)

  private static func set<Value>(_ number: CInt, _ level: CInt, _ option: CInt, _ value: Value) {
    _ = withUnsafeBytes(of: value) { setsockopt(number, level, option, $0.baseAddress, socklen_t($0.count)) }
  }
}
