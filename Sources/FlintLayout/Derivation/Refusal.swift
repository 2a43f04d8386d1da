internal import FlintCore

/// Why a type has no layout: the field at which it failed, the reason, and what the user can do.
struct Refusal: Error {
  let path: String
  let why: String
  let remedy: String

  init(at path: String, _ why: String, remedy: String = Refusal.otherwise) {
    self.path = path
    self.why = why
    self.remedy = remedy
  }

  static let otherwise =
    "use a type that is made of numbers, texts, collections, structs and enums, or make it Codable or RowConvertible"
  static let hold = "keep it out of rows and captures, and make it where it is used"

  /// What `RowLayout` throws for `type`.
  func error(for type: Any.Type) -> FlintError {
    let place = path.isEmpty ? "" : "field \(path.first == "." ? "" : ".")\(path): "
    return FlintError(
      .unsupportedType, "values of \(type) cannot leave this process", why: place + why, remedy: remedy)
  }
}
