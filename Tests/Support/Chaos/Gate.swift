import FlintCore
import Foundation

/// Holds back the tasks of a probe until it is opened: a named pipe, at which readers wait for a writer.
struct Gate: Sendable {
  let path: FilePath

  /// A closed gate.
  init(_ path: FilePath) throws {
    self.path = path
    guard mkfifo(path.string, 0o600) == 0 else { throw FlintError(.inputOutput, "no pipe at \(path)") }
  }

  /// Lets all pass, now and later, while `body` runs.
  func opened<Value>(_ body: () async throws -> Value) async throws -> Value {
    let opening = try open()
    defer { withExtendedLifetime(opening) {} }
    return try await body()
  }

  /// Lets all pass, now and later, while what is returned lives.
  func open() throws -> Opening { try Opening(path) }

  /// An open gate.
  final class Opening: Sendable {
    private let descriptor: Int32

    fileprivate init(_ path: FilePath) throws {
      // For reading and writing: this does not wait for a reader.
      descriptor = Foundation.open(path.string, O_RDWR | O_CLOEXEC)
      guard descriptor >= 0 else { throw FlintError(.inputOutput, "the pipe at \(path) cannot be opened") }
    }

    deinit { close(descriptor) }
  }
}
