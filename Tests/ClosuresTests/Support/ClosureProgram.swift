import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// A program that ships closures, in one of its builds. `Scripts/test` makes the optimised one, in a folder of its own since
/// it needs `-enable-private-imports`, and the library.
struct ClosureProgram: Sendable, CustomStringConvertible {
  enum Build: String, Sendable { case debug, optimised, `static`, sanitized }

  struct Result: Sendable {
    let exit: ProcessExit
    let lines: [String]
  }

  let name: String
  let build: Build

  static let matrices = [Build.debug, .optimised].map { ClosureProgram(name: "closure-matrix", build: $0) }

  var description: String { "\(name), \(build.rawValue)" }

  func path() throws -> FilePath {
    switch build {
    case .debug: try BuiltProgram(name).path()
    case .optimised: try Self.builds() / "closures/release" / name
    case .static, .sanitized: try Self.builds() / build.rawValue / "release" / name
    }
  }

  /// A library that is no part of the package: `Plugin`, or one that was built in another way.
  static func library(_ name: String = "Plugin") throws -> FilePath { try builds() / "closures/libClosure\(name).so" }

  /// The folder of all builds.
  static func builds() throws -> FilePath {
    try BuiltProgram("closure-matrix").path().parent.parent.parent
  }

  /// Runs it to its end; its output and error text together.
  func run(_ arguments: [String], environment: [String: String]? = nil) async throws -> Result {
    try await Self.run(path(), arguments, environment: environment)
  }

  static func run(
    _ path: FilePath, _ arguments: [String], environment: [String: String]? = nil
  ) async throws -> Result {
    guard access(path.string, X_OK) == 0 else {
      throw FlintError(
        .fileNotFound, "there is no \(path)", remedy: "run the tests by Scripts/test, which builds what they need")
    }
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    var command = ProcessCommand(path, arguments, output: .piped, errorOutput: .piped)
    if let environment { command.environment = environment }
    let process = try await launcher.launch(command)
    async let errors = collect(process.errorOutput)
    let output = try await collect(process.output)
    let text = String(decoding: output + (try await errors), as: UTF8.self)
    return Result(exit: try await process.exit(), lines: text.split(separator: "\n").map(String.init))
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}

/// Sizes of the tests, by `Scripts/test`.
enum TestSize {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"
}
