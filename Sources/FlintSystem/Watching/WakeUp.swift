internal import CFlint
package import FlintCore
internal import Glibc

/// Ends another thread's wait in a ``Poller``: the system's eventfd.
package struct WakeUp: Sendable {
  private let descriptor: Descriptor

  package init() throws(FlintError) {
    let flags = CInt(EFD_CLOEXEC | EFD_NONBLOCK)
    descriptor = Descriptor(adopting: try systemCall("cannot make a wake-up") { eventfd(0, flags) })
  }

  /// What to watch for reading.
  package var number: CInt { descriptor.number }

  /// Makes the descriptor readable.
  package func signal() {
    eventfd_write(descriptor.number, 1)
  }

  /// Makes it unreadable until the next ``signal()``.
  package func clear() {
    var count: eventfd_t = 0
    eventfd_read(descriptor.number, &count)
  }
}
