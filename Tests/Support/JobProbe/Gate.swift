import Glibc

/// A named pipe at which tasks wait until a test opens it for writing.
enum Gate {
  /// Returns when the gate is open; at once where there is none.
  static func pass(_ path: String?) {
    guard let path else { return }
    var descriptor: Int32
    repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
    // Without the pipe nothing would hold the task back, and the test would see nothing.
    precondition(descriptor >= 0, "no gate at \(path)")
    close(descriptor)
  }
}
