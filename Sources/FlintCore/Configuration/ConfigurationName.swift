/// The rules for the names of settings.
enum ConfigurationName {
  /// Whether `name` is `flint` and at least one more part, with dots between them; each part starts with a lower-case
  /// letter and consists of ASCII letters and digits.
  static func isValid(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts[0] == "flint"
      && parts.allSatisfy { part in
        part.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  /// The environment variable for `name`: upper case, `_` for each dot and before each upper-case letter.
  static func variable(for name: String) -> String {
    name.reduce(into: "") { variable, character in
      if character == "." {
        variable += "_"
      } else {
        variable += (character.isUppercase ? "_" : "") + character.uppercased()
      }
    }
  }
}
