package import FlintCore
internal import Glibc

/// A descriptor with one owner, closed when it is let go. Errors of that close are lost: files that were written close
/// themselves instead.
package final class Descriptor: Sendable {
  package let number: CInt

  package init(adopting number: CInt) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Makes reads and writes return at once instead of waiting.
  package func setNonBlocking() throws(FlintError) {
    let flags = try systemCall("cannot read a descriptor's flags") { fcntl(number, F_GETFL) }
    _ = try systemCall("cannot set a descriptor's flags") { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
  }
}
