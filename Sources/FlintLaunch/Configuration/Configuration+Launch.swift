public import FlintCore

extension ConfigurationRegistry {
  /// Every setting of Flint.
  public static let flint = ConfigurationRegistry(
    [ApplicationKeys(), LogKeys(), QueryKeys(), ReportKeys(), SchedulingKeys()] + forTests)

  #if DEBUG
    private static let forTests: [any ConfigurationKeys] = [LinkKeys()]
  #else
    private static let forTests: [any ConfigurationKeys] = []
  #endif
}

extension Configuration {
  /// The settings in effect for a process: those after `--conf`, then the file that ``ConfigurationFile`` finds, then the
  /// environment, then the defaults. Throws what these throw.
  public static func load(
    code: [ConfigurationEntry] = [], commandLine: [String], environment: [String: String], files: any FileSystem
  ) async throws -> Configuration {
    try Configuration(
      registry: .flint, code: code, commandLine: commandLine,
      file: try await ConfigurationFile.find(in: files, home: environment["HOME"]), environment: environment)
  }
}
