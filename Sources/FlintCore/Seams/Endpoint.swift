/// An address that a node listens at or dials.
public enum Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// A host name or numeric address with a port; port 0 asks the system for a free one.
  case tcp(host: String, port: UInt16)
  /// A Unix socket's path.
  case unix(path: FilePath)

  /// As people write it: `host:port`, `[::1]:port`, `unix:/path`.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}
