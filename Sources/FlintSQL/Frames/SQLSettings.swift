internal import FlintColumns
internal import FlintCore

/// The settings that SET changes for one context.
struct SQLSettings: Sendable {
  /// Whether what has no right result fails, or gives null.
  private var isANSI = true
  /// The time zone in which timestamps have dates and hours.
  private(set) var zone = "UTC"

  static let ansiName = "flint.sql.ansi.enabled"
  static let zoneName = "flint.sql.session.timeZone"

  var rules: ComputationRules { isANSI ? .ansi : .legacy }

  /// All settings with their values, by their names.
  var all: [(name: String, value: String)] {
    [(Self.ansiName, "\(isANSI)"), (Self.zoneName, zone)]
  }

  mutating func set(_ name: String, _ value: String) throws(FlintError) {
    switch name {
    case Self.ansiName:
      guard let isOn = Bool(value.lowercased()) else {
        throw FlintError(.invalidSetting, "\(name) is true or false, not '\(value)'")
      }
      isANSI = isOn
    case Self.zoneName: zone = value
    default: throw Self.unknown(name)
    }
  }

  /// Gives a setting, or all of them, their defaults.
  mutating func reset(_ name: String?) throws(FlintError) {
    let defaults = SQLSettings()
    guard let name else {
      self = defaults
      return
    }
    guard let value = defaults.all.first(where: { $0.name == name })?.value else { throw Self.unknown(name) }
    try set(name, value)
  }

  static func unknown(_ name: String) -> FlintError {
    FlintError(
      .unknownSetting, "there is no setting \(name) for queries",
      remedy: NearestName.find(for: name, in: [ansiName, zoneName]).map { "did you mean \($0)?" })
  }
}
