import FlintCore
import FlintSystem

/// Kills an executor at a call that it makes on a file, once, by a library that is loaded before the C library.
struct Faults {
  enum Call: String, CaseIterable { case open, fdatasync, rename }
  enum Moment: String, CaseIterable { case before, after }

  let environment: [String: String]
  private let token: FilePath
  private let place: Workplace

  /// `path` is what the file's path must contain.
  init(_ moment: Moment, _ call: Call, onPath path: String, in place: Workplace) async throws {
    self.place = place
    token = place.folder / "token"
    let source = Repository.root / "Tests" / "Support" / "JobFaults" / "faults.c"
    _ = try await Shell.run(
      "clang -shared -fPIC -O1 -Wall -Werror -o faults.so \"$1\" && touch token", [source.string], in: place.folder)
    environment = [
      "LD_PRELOAD": (place.folder / "faults.so").string, "FAULT_CALL": call.rawValue, "FAULT_MOMENT": moment.rawValue,
      "FAULT_PATH": path, "FAULT_TOKEN": token.string,
    ]
  }

  /// Whether it has happened.
  var hasFired: Bool {
    get async throws { try await place.files.status(of: token) == nil }
  }
}
