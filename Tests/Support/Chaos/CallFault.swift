import FlintCore
import FlintSupervisor

/// Harm to calls on files, by a library that is loaded before the C library. It knows that it has happened.
struct CallFault: Sendable {
  let environment: [String: String]
  private let firings: FilePath
  private let arena: Arena
  private let call: String

  /// - Parameters:
  ///   - call: `open`, `read`, `write`, `sync`, `rename`, `unlink`.
  ///   - part: what the file's path must contain.
  ///   - act: `kill`, `after-kill`, `exit`, `delay:MILLISECONDS`, `errno:NUMBER`.
  ///   - times: how often; nil without end.
  ///   - role: `executor`, `driver`, `any`.
  init(
    _ call: String, on part: String, _ act: String, times: Int? = 1, skip: Int = 0, role: String = "executor",
    in arena: Arena
  ) async throws {
    self.arena = arena
    self.call = call
    firings = arena.folder / "fired"
    let library = try await Self.library(in: arena)
    var environment = [
      "LD_PRELOAD": library.string, "CHAOS_CALL": call, "CHAOS_PATH": part, "CHAOS_ACT": act, "CHAOS_ROLE": role,
      "CHAOS_FIRED": firings.string,
    ]
    if skip > 0 { environment["CHAOS_SKIP"] = "\(skip)" }
    if let times { environment["CHAOS_TOKENS"] = try await arena.tokens(times).string }
    self.environment = environment
    arena.expect("fired")
  }

  /// Compiles the library.
  static func library(in arena: Arena) async throws -> FilePath {
    let source = FilePath(#filePath).parent.parent / "ChaosFaults" / "faults.c"
    arena.expect("faults.so")
    try await arena.shell("clang -shared -fPIC -O1 -Wall -Werror -o faults.so \"$1\"", [source.string])
    return arena.folder / "faults.so"
  }

  /// How often it has happened.
  func count() async throws -> Int {
    Int(try await arena.context.files.status(of: firings)?.size ?? 0)
  }

  /// Marks that it has happened; a fault that has not fails the scenario.
  func expectFired() async throws {
    let count = try await count()
    arena.require(count > 0, .told, "the fault at \(call) never happened")
    if count > 0 { arena.fired("\(call): \(count) times") }
  }
}
