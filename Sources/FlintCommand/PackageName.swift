internal import FlintCore

/// The name of a package of jobs, which is also that of its module and its program.
struct PackageName: CustomStringConvertible {
  let description: String

  /// Throws `invalid-argument` for what cannot be the name of a module of its own.
  init(_ text: String) throws(FlintError) {
    description = text
    if text.utf8.count > 64 { throw Self.refusal(text, "it is longer than 64 letters") }
    guard let first = text.first, first.isASCII, first.isLetter else {
      throw Self.refusal(text, "it does not start with a letter from a to z")
    }
    guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      throw Self.refusal(text, "it is the name of a Swift module, of letters, digits and underscores")
    }
    if Self.taken.contains(text.lowercased()) || text.lowercased().hasPrefix("flint") {
      throw Self.refusal(text, "Swift or Flint has a module or a word of that name")
    }
  }

  private static func refusal(_ text: String, _ why: String) -> FlintError {
    FlintError(
      .invalidArgument, "\"\(text)\" cannot be the name of a package", why: why, remedy: "write flint new TaxiJobs")
  }

  /// Modules that a package would hide or be hidden by, and words of the language that are no names.
  private static let taken: Set<String> = [
    "swift", "foundation", "foundationessentials", "testing", "xctest", "glibc", "musl", "dispatch", "synchronization",
    "observation", "regexbuilder", "distributed", "cxx", "main", "job", "tests", "as", "any", "associatedtype", "break",
    "case", "catch", "class", "continue", "default", "defer", "deinit", "do", "else", "enum", "extension",
    "fallthrough",
    "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let",
    "nil",
    "open", "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self",
    "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
    "while",
  ]
}
