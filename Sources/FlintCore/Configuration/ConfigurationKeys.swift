/// A group of settings: a struct whose stored properties are ``ConfigurationKey``s. A key is added by one line.
///
/// ```swift
/// public struct LogKeys: ConfigurationKeys {
///   public let level = ConfigurationKey("flint.log.level", default: LogLevel.info, "Lines below it are dropped.")
///   public init() {}
/// }
/// ```
public protocol ConfigurationKeys: Sendable {
  /// The group; its properties have their values where they are declared.
  init()
}

extension ConfigurationKeys {
  /// The settings of the group, in the order of their lines.
  var settings: [ConfigurationSetting] {
    Mirror(reflecting: self).children.map { child in
      guard let key = child.value as? any UntypedKey else {
        preconditionFailure("\(child.label ?? "a property") of \(Self.self) is not a ConfigurationKey")
      }
      return key.setting
    }
  }
}

/// A ``ConfigurationKey`` of any type.
private protocol UntypedKey {
  var setting: ConfigurationSetting { get }
}

extension ConfigurationKey: UntypedKey {}
