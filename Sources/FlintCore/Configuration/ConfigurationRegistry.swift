/// The table of all settings that a program knows.
///
/// A setting `flint.executor.memory` can be given in the environment as `FLINT_EXECUTOR_MEMORY`: upper case, `_` for each
/// dot and before each upper-case letter, so that `flint.fetch.bytesInFlight` is `FLINT_FETCH_BYTES_IN_FLIGHT`.
public struct ConfigurationRegistry: Sendable {
  /// All settings, sorted by name.
  public let settings: [ConfigurationSetting]
  private let byName: [String: ConfigurationSetting]
  private let byVariable: [String: ConfigurationSetting]

  /// The table of these groups' keys. Two keys with one name, or with one environment variable, are a mistake in the
  /// program and end it.
  public init(_ groups: [any ConfigurationKeys]) {
    settings = groups.flatMap(\.settings).sorted { $0.name < $1.name }
    byName = Dictionary(settings.map { ($0.name, $0) }) { first, _ in
      preconditionFailure("\(first.name) is defined twice")
    }
    byVariable = Dictionary(settings.map { ($0.variable, $0) }) { first, second in
      preconditionFailure("\(first.name) and \(second.name) have one environment variable, \(first.variable)")
    }
  }

  /// Whether a setting has this environment variable.
  func hasSetting(forVariable variable: String) -> Bool { byVariable[variable] != nil }

  /// `FLINT_` variables that are nobody's setting: the master's address where nobody needs one, and the one that holds
  /// any settings, as the command line's `--conf` does, with semicolons between them.
  static let otherVariables: Set = ["FLINT_MASTER", settingsVariable]
  static let settingsVariable = "FLINT_CONF"

  /// The setting called `name`. Throws `unknown-setting` with the nearest name.
  func setting(named name: String, from origin: ConfigurationOrigin) throws(FlintError) -> ConfigurationSetting {
    if let setting = byName[name] { return setting }
    // People bring Spark's names along; what comes after the first part is often the same.
    let wanted = name.hasPrefix("spark.") ? "flint." + name.dropFirst("spark.".count) : name
    throw unknown(name, NearestName.find(for: wanted, in: settings.map(\.name)), origin)
  }

  /// The setting that the environment variable `variable` sets. Throws `unknown-setting` with the nearest variable.
  func setting(forVariable variable: String) throws(FlintError) -> ConfigurationSetting {
    if let setting = byVariable[variable] { return setting }
    let others = settings.map(\.variable) + Self.otherVariables.sorted()
    throw unknown(variable, NearestName.find(for: variable, in: others), .environment(variable: variable))
  }

  private func unknown(_ name: String, _ nearest: String?, _ origin: ConfigurationOrigin) -> FlintError {
    FlintError(
      .unknownSetting, "there is no setting \(name)", why: "it comes from \(origin)",
      remedy: nearest.map { "write \($0), the nearest name" } ?? "look at the settings that flint config show lists",
      at: origin.location)
  }
}
