internal import CFlint

/// The system's call that sends a part of a file, so that tests can stand a slow disk in for it.
package struct FileTransferCall: Sendable {
  /// Sends up to `count` bytes of `file` from `offset` on, which it moves; returns as sendfile does, with errno.
  package typealias Body =
    @Sendable (_ socket: CInt, _ file: CInt, _ offset: inout Int64, _ count: Int) -> Int

  package let body: Body

  package init(_ body: @escaping Body) { self.body = body }

  /// sendfile.
  package static let system = FileTransferCall { socket, file, offset, count in
    flint_sendfile(socket, file, &offset, count)
  }
}
