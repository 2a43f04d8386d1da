internal import FlintColumns
internal import FlintCore

/// The settings of queries, which SET changes for one context. What they are before stands in the table of all settings.
struct SQLSettings: Sendable {
  private static let registry = ConfigurationRegistry([QueryKeys()])
  private let keys = QueryKeys()
  private let defaults: [ConfigurationEntry]
  private var changes: [ConfigurationEntry] = []
  private var configuration: Configuration

  /// The settings of a session at first; nil for the table's own.
  init(_ session: Configuration? = nil) {
    var defaults: [ConfigurationEntry] = []
    if let session {
      for setting in Self.registry.settings {
        if let text = session.text(of: setting.name), let origin = session.origin(of: setting.name) {
          defaults.append(ConfigurationEntry(key: setting.name, text: text, origin: origin))
        }
      }
    }
    self.defaults = defaults
    do throws(FlintError) { configuration = try Configuration(registry: Self.registry, code: defaults) } catch {
      preconditionFailure("what a session has is allowed: \(error)")
    }
  }

  var rules: ComputationRules { configuration[keys.isANSI] ? .ansi : .legacy }
  var zone: String { configuration[keys.zone] }
  /// Partitions behind an exchange; nil for as many as are good for the rows.
  var partitions: Int? { configuration[keys.partitions] > 0 ? configuration[keys.partitions] : nil }
  /// Whether joins merge sorted sides where nobody knows a better way.
  var prefersMergeJoin: Bool { configuration[keys.prefersMergeJoin] }
  var overwriteMode: QueryKeys.OverwriteMode { configuration[keys.overwriteMode] }

  /// All settings with their values, by their names.
  var all: [(name: String, value: String)] {
    Self.registry.settings.map { ($0.name, configuration.text(of: $0.name) ?? "") }
  }

  /// The value of a setting. Throws `unknown-setting` with the nearest name.
  func value(of name: String) throws(FlintError) -> String {
    guard let value = configuration.text(of: name) else { throw unknown(name) }
    return value
  }

  /// Throws `unknown-setting` with the nearest name, and `invalid-setting`.
  mutating func set(_ name: String, _ value: String) throws(FlintError) {
    _ = try self.value(of: name)
    try apply(changes.filter { $0.key != name } + [ConfigurationEntry(key: name, text: value, origin: .statement)])
  }

  /// Gives a setting, or all of them, what they were at first.
  mutating func reset(_ name: String?) throws(FlintError) {
    if let name { _ = try value(of: name) }
    try apply(name == nil ? [] : changes.filter { $0.key != name })
  }

  private mutating func apply(_ changes: [ConfigurationEntry]) throws(FlintError) {
    configuration = try Configuration(registry: Self.registry, code: defaults + changes)
    self.changes = changes
  }

  private func unknown(_ name: String) -> FlintError {
    FlintError(
      .unknownSetting, "there is no setting \(name) for queries",
      remedy: NearestName.find(for: name, in: all.map(\.name)).map { "did you mean \($0)?" })
  }
}
