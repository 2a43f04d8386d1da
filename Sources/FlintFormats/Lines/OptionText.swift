internal import FlintCore

/// The text of one option of a format.
struct OptionText {
  let format: String
  let name: String
  let value: String

  func boolean() throws(FlintError) -> Bool {
    switch value.lowercased() {
    case "true": true
    case "false": false
    default: throw wrong("it is true or false")
    }
  }

  func count() throws(FlintError) -> Int {
    guard let number = Int(value), number > 0 else { throw wrong("it is a number above 0") }
    return number
  }

  func fraction() throws(FlintError) -> Double {
    guard let number = Double(value), number > 0, number <= 1 else { throw wrong("it is above 0 and at most 1") }
    return number
  }

  func scalar() throws(FlintError) -> Unicode.Scalar {
    // Two characters for one that is hard to write.
    let text = ["\\t": "\t", "\\0": "\0", "\\\\": "\\"][value] ?? value
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first, scalar.isASCII else {
      throw wrong("it is one ASCII character")
    }
    return scalar
  }

  func scalarOrNone() throws(FlintError) -> Unicode.Scalar? { value.isEmpty ? nil : try scalar() }

  func mode() throws(FlintError) -> ReadMode {
    guard let mode = ReadMode(name: value) else { throw wrong("it is PERMISSIVE, DROPMALFORMED or FAILFAST") }
    return mode
  }

  func wrong(_ why: String) -> FlintError {
    FlintError(.invalidArgument, "'\(value)' is no value for \(format)'s option \(name)", why: why)
  }

  func unknown(among names: [String]) -> FlintError {
    FlintError(
      .invalidArgument, "\(format) has no option \(name)",
      remedy: NearestName.find(for: name, in: names).map { "did you mean \($0)?" }
        ?? "there are \(names.joined(separator: ", "))")
  }
}
