/// The table of all settings that a program knows.
///
/// A setting `flint.executor.memory` can be given in the environment as `FLINT_EXECUTOR_MEMORY`: upper case, `_` for each
/// dot and before each upper-case letter, so that `flint.fetch.bytesInFlight` is `FLINT_FETCH_BYTES_IN_FLIGHT`.
public struct ConfigurationRegistry: Sendable {
  /// All keys, sorted by name.
  public let keys: [any AnyConfigurationKey]
  private let byName: [String: any AnyConfigurationKey]
  private let byVariable: [String: any AnyConfigurationKey]

  /// The table of these groups' keys. Two keys with one name, or with one environment variable, are a mistake in the
  /// program and end it.
  public init(_ groups: [any ConfigurationKeys]) {
    keys = groups.flatMap(\.keys).sorted { $0.name < $1.name }
    byName = Dictionary(keys.map { ($0.name, $0) }) { first, _ in
      preconditionFailure("\(first.name) is defined twice")
    }
    byVariable = Dictionary(keys.map { ($0.variable, $0) }) { first, second in
      preconditionFailure("\(first.name) and \(second.name) have one environment variable, \(first.variable)")
    }
  }

  /// `FLINT_` variables that are not settings: the master's address, which is read where a session is built.
  static let otherVariables: Set = ["FLINT_MASTER"]

  /// The key called `name`. Throws `unknown-setting` with the nearest name.
  func key(named name: String, from origin: ConfigurationOrigin) throws(FlintError) -> any AnyConfigurationKey {
    if let key = byName[name] { return key }
    // People bring Spark's names along; what comes after the first part is often the same.
    let wanted = name.hasPrefix("spark.") ? "flint." + name.dropFirst("spark.".count) : name
    throw unknown(name, NearestName.find(for: wanted, in: keys.map(\.name)), origin)
  }

  /// The key that the environment variable `variable` sets. Throws `unknown-setting` with the nearest variable.
  func key(forVariable variable: String) throws(FlintError) -> any AnyConfigurationKey {
    if let key = byVariable[variable] { return key }
    let others = keys.map(\.variable) + Self.otherVariables.sorted()
    throw unknown(variable, NearestName.find(for: variable, in: others), .environment(variable: variable))
  }

  private func unknown(_ name: String, _ nearest: String?, _ origin: ConfigurationOrigin) -> FlintError {
    FlintError(
      .unknownSetting, "there is no setting \(name)", why: "it comes from \(origin)",
      remedy: nearest.map { "did you mean \($0)?" } ?? "flint config show lists all settings",
      at: origin.location)
  }
}
