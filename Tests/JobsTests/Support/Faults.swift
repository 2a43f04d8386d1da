import FlintCore
import FlintSystem

/// What a library that is loaded before the C library does to executors: it kills one at a call that it makes on a file, once,
/// or shows them other files than the driver sees.
struct Faults {
  enum Call: String, CaseIterable { case open, sync, rename }
  enum Moment: String, CaseIterable { case before, after }

  let environment: [String: String]
  private let firings: FilePath
  private let place: Workplace

  private init(_ environment: [String: String], in place: Workplace) async throws {
    self.place = place
    firings = place.folder / "fired"
    let source = Repository.root / "Tests" / "Support" / "ChaosFaults" / "faults.c"
    _ = try await Shell.run(
      "clang -shared -fPIC -O1 -Wall -Werror -o faults.so \"$1\"", [source.string], in: place.folder)
    self.environment = environment.merging([
      "LD_PRELOAD": (place.folder / "faults.so").string, "CHAOS_FIRED": firings.string,
    ]) { $1 }
  }

  /// `path` is what the file's path must contain.
  init(_ moment: Moment, _ call: Call, onPath path: String, in place: Workplace) async throws {
    try await self.init(
      [
        "CHAOS_CALL": call.rawValue, "CHAOS_ACT": moment == .before ? "kill" : "after-kill", "CHAOS_PATH": path,
        "CHAOS_ROLE": "executor", "CHAOS_TOKENS": (place.folder / "tokens").string,
      ], in: place)
    _ = try await Shell.run("mkdir tokens && touch tokens/0", [], in: place.folder)
  }

  /// What for the driver is `path` and below, executors look for at `other`, as on another machine.
  init(showing other: FilePath, insteadOf path: FilePath, in place: Workplace) async throws {
    try await self.init(["CHAOS_FROM": path.string, "CHAOS_TO": other.string], in: place)
  }

  /// Whether it has happened.
  var hasFired: Bool {
    get async throws { try await place.files.status(of: firings) != nil }
  }
}
