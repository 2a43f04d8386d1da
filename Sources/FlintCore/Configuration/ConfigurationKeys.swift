/// A group of settings: a struct whose stored properties are ``ConfigurationKey``s. A key is added by one line.
///
/// ```swift
/// public struct LogKeys: ConfigurationKeys {
///   public let level = ConfigurationKey("flint.log.level", default: LogLevel.info, "Lines below it are dropped.")
///   public init() {}
/// }
/// ```
public protocol ConfigurationKeys: Sendable {
  init()
}

extension ConfigurationKeys {
  /// The keys of the group, in the order of their lines.
  var keys: [any AnyConfigurationKey] {
    Mirror(reflecting: self).children.map { child in
      guard let key = child.value as? any AnyConfigurationKey else {
        preconditionFailure("\(child.label ?? "a property") of \(Self.self) is not a ConfigurationKey")
      }
      return key
    }
  }
}
