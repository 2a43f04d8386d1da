/// Options with defaults: the initial values of the properties.
///
/// Swift's own `Decodable` ignores initial values. Options that name this protocol keep them, and have nothing to
/// implement, because a struct whose properties all have initial values has an `init()`:
///
/// ```swift
/// import Flint
///
/// struct Options: ApplicationOptions {
///   var input = ""         // an empty text is no default: --input must be given
///   var partitions = 8     // 8 where --partitions is missing
///   var limit: Int?        // nil where --limit is missing
/// }
/// ```
///
/// An option that may be missing and is then empty is an optional: `var suffix: String?`. A property whose coding key has
/// another name than the property loses its initial value, and must be given.
public protocol ApplicationOptions: Decodable, Sendable {
  /// The options as they are when nothing is given.
  init()
}

extension ApplicationOptions {
  /// The initial values by the names of their properties, without nil and without empty texts.
  static var initialValues: [String: Any] {
    var values: [String: Any] = [:]
    for child in Mirror(reflecting: Self()).children {
      guard let name = child.label, (child.value as? String) != "" else { continue }
      let mirror = Mirror(reflecting: child.value)
      if mirror.displayStyle == .optional {
        values[name] = mirror.children.first?.value
      } else {
        values[name] = child.value
      }
    }
    return values
  }
}
