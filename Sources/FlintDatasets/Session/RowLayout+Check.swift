internal import FlintCore
internal import FlintLayout

extension RowLayout {
  /// Throws when values of `type` cannot cross a border: `what` says which they are, the error's reason names the field.
  static func check(_ type: Any.Type, _ what: String, at location: SourceLocation) throws(FlintError) {
    do throws(FlintError) {
      _ = try RowLayout.of(type)
    } catch {
      throw FlintError(
        error.code, what, why: error.why ?? error.what, remedy: error.remedy, at: location, cause: error)
    }
  }
}
