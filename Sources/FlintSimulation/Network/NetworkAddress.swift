internal import FlintCore

/// Where a process listens: on its host, at a TCP port or a Unix socket's path.
struct NetworkAddress: Hashable {
  let host: Int
  var port: UInt16
  let path: FilePath?
}
