internal import FlintCore
internal import FlintLaunch

/// `flint config show`: the settings that a program started here and now would have.
enum ShowConfiguration {
  private struct Options: Decodable {}

  /// The table of all settings. Throws what is wrong with any of them.
  static func run(
    _ arguments: [String], _ environment: [String: String], _ files: any FileSystem
  ) async throws -> String {
    guard arguments.first == "show" else {
      throw FlintError(
        .invalidArgument, "flint config \(arguments.first ?? "") does nothing", remedy: "write flint config show")
    }
    let line = try CommandLineOptions<Options>(
      Array(arguments.dropFirst()), program: "flint config show",
      summary: "Prints every setting in effect: its name, its value, and where that comes from.")
    switch line {
    case .help(let page): return page
    case .run(_, let settings):
      return try await Configuration.load(commandLine: settings, environment: environment, files: files).show()
    }
  }
}
