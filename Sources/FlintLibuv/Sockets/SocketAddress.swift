internal import FlintCore
internal import FlintSystem
internal import Glibc

/// An address as the system takes it.
struct SocketAddress: Sendable {
  let family: CInt
  private let bytes: [UInt8]

  private init<Address>(family: CInt, _ address: Address) {
    self.family = family
    bytes = withUnsafeBytes(of: address) { Array($0) }
  }

  /// The address of an endpoint that needs no search: a path, or a host in numbers. Nil for a name.
  static func numeric(_ endpoint: Endpoint) throws(FlintError) -> SocketAddress? {
    switch endpoint {
    case .unix(let path): try unix(path)
    case .tcp(let host, let port): try? tcp(host, port, flags: AI_NUMERICHOST | AI_NUMERICSERV).first
    }
  }

  /// The addresses behind an endpoint, best first. It may wait for a name server: not on a control loop.
  static func resolve(_ endpoint: Endpoint) throws(FlintError) -> [SocketAddress] {
    switch endpoint {
    case .unix(let path): [try unix(path)]
    case .tcp(let host, let port): try tcp(host, port, flags: AI_NUMERICSERV)
    }
  }

  private static func unix(_ path: FilePath) throws(FlintError) -> SocketAddress {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    let text = Array(path.string.utf8)
    guard text.count < room, !text.contains(0), !text.isEmpty else {
      throw FlintError(
        .invalidArgument, "\(path) cannot be the path of a Unix socket", why: "it must have 1 to \(room - 1) bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text) }
    return SocketAddress(family: AF_UNIX, address)
  }

  private static func tcp(_ host: String, _ port: UInt16, flags: CInt) throws(FlintError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = flags
    var found: UnsafeMutablePointer<addrinfo>?
    let failure = getaddrinfo(host, String(port), &hints, &found)
    defer { if found != nil { freeaddrinfo(found) } }
    guard failure == 0 else {
      throw FlintError(
        .unreachable, "cannot find the address of \(host)", why: String(cString: gai_strerror(failure)),
        remedy: "check the name, or give a numeric address")
    }
    return sequence(first: found, next: { $0?.pointee.ai_next }).compactMap { entry in
      guard let entry = entry?.pointee, let address = entry.ai_addr else { return nil }
      return SocketAddress(family: entry.ai_family, pointer: address, length: Int(entry.ai_addrlen))
    }
  }

  private init(family: CInt, pointer: UnsafePointer<sockaddr>, length: Int) {
    self.family = family
    bytes = Array(UnsafeRawBufferPointer(start: pointer, count: length))
  }

  // MARK: Calls

  /// Calls `body` with the address and its length.
  func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("an address has bytes") }
      return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
    }
  }

  /// Makes a socket for this address that never blocks.
  func makeSocket() throws(FlintError) -> Descriptor {
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    return Descriptor(adopting: try systemCall("cannot make a socket") { socket(family, kind, 0) })
  }

  /// The endpoint that a filled-in address names; nil for a family that is not ours.
  static func endpoint(filledBy call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt)
    -> Endpoint?
  {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout.size(ofValue: storage))
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard call(address, &length) == 0, address.pointee.sa_family != sa_family_t(AF_UNIX) else { return nil }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let failure = getnameinfo(
          address, length, &host, socklen_t(host.count), &port, socklen_t(port.count), NI_NUMERICHOST | NI_NUMERICSERV)
        guard failure == 0, let number = UInt16(text(port)) else { return nil }
        return .tcp(host: text(host), port: number)
      }
    }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
