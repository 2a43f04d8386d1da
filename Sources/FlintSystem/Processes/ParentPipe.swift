internal import CFlint
package import FlintCore
internal import Glibc

/// This process's ends of the two pipes by which its parent speaks with it: standard input and standard output.
///
/// Once taken, standard input is empty and what the program prints goes to standard error, so that no code of the
/// program can read or write between the messages.
package final class ParentPipe: Sendable {
  private static let chunkSize = 4096

  private let input: Descriptor
  private let output: Descriptor
  private let reader: PipeReader
  private let writer: PipeWriter

  /// Takes the two pipes. Throws `invalid-argument` when standard input or output is no pipe: then no parent speaks.
  package init() throws(FlintError) {
    for number in [STDIN_FILENO, STDOUT_FILENO] { try ParentPipe.checkPipe(number) }
    input = try ParentPipe.duplicate(STDIN_FILENO)
    output = try ParentPipe.duplicate(STDOUT_FILENO)
    let nothing = try systemCall("cannot open /dev/null") { open("/dev/null", O_RDONLY | O_CLOEXEC) }
    let empty = Descriptor(adopting: nothing)
    try withExtendedLifetime(empty) { () throws(FlintError) in
      _ = try systemCall("cannot empty the standard input") { dup2(empty.number, STDIN_FILENO) }
    }
    _ = try systemCall("cannot turn the standard output") { dup2(STDERR_FILENO, STDOUT_FILENO) }
    try input.setNonBlocking()
    try output.setNonBlocking()
    // Set as the launcher of a parent does: a parent that is gone is an error to handle, not this process's end.
    _ = try systemCall("cannot ignore SIGPIPE") { flint_signal_ignore(SIGPIPE) }
    let watcher = try SystemWatcher.shared()
    reader = PipeReader(input, watcher: watcher)
    writer = PipeWriter(output, watcher: watcher)
  }

  /// The next bytes, with the calling thread blocked until they come: for the start of a process, before any Swift
  /// task runs. Empty at the end of the input. Throws `deadline-exceeded` when nothing comes for `duration`.
  package func readBlocking(for duration: Duration) throws(FlintError) -> [UInt8] {
    let deadline = SystemClock.monotonicNow.advanced(by: duration)
    while true {
      let left = SystemClock.monotonicNow.duration(to: deadline)
      guard left > .zero else {
        throw FlintError(.deadlineExceeded, "the parent process said nothing for \(duration.exactText)")
      }
      var question = pollfd(fd: input.number, events: Int16(POLLIN), revents: 0)
      // One millisecond more, so that the deadline is not met by turning in circles before it.
      let milliseconds = CInt(clamping: left.nanoseconds / 1_000_000 + 1)
      let count = try systemCall("cannot wait for the parent process") { poll(&question, 1, milliseconds) }
      guard count > 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: ParentPipe.chunkSize)
      let length = try systemCall("cannot read from the parent process") { read(input.number, &chunk, chunk.count) }
      return Array(chunk.prefix(length))
    }
  }

  /// The next bytes, waited for; nil once the parent has closed its end or is gone. One reader.
  package func next() async throws -> [UInt8]? { try await reader.next() }

  /// Writes all of `bytes`. Throws `connection-lost` when the parent is gone.
  package func write(_ bytes: [UInt8]) async throws { try await writer.write(bytes) }

  /// From now on code that traps tells the parent, by a frame of its own, before the process dies of it.
  package func reportTraps() throws(FlintError) {
    _ = try systemCall("cannot learn of traps") { flint_trap_report(output.number) }
  }

  private static func checkPipe(_ number: CInt) throws(FlintError) {
    var record = stat()
    guard fstat(number, &record) == 0, record.st_mode & S_IFMT == S_IFIFO else {
      throw FlintError(.invalidArgument, "descriptor \(number) is no pipe to a parent process")
    }
  }

  private static func duplicate(_ number: CInt) throws(FlintError) -> Descriptor {
    Descriptor(adopting: try systemCall("cannot keep descriptor \(number)") { fcntl(number, F_DUPFD_CLOEXEC, 3) })
  }
}
