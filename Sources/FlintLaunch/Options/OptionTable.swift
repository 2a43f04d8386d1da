internal import FlintCore

/// All options of an application, in the order of its properties.
struct OptionTable {
  /// Whether `--conf` is an option here.
  let takesSettings: Bool

  let specifications: [OptionSpecification]
  /// Initial values by coding key.
  let initialValues: [String: Any]
  private let byPlainName: [String: OptionSpecification]

  /// Finds the properties of `type` by decoding it once from examples.
  ///
  /// Throws `invalid-argument` for options that no command line can give: a mistake in the program, seen at its first
  /// start.
  init<Options: Decodable>(of type: Options.Type, takesSettings: Bool) throws(FlintError) {
    self.takesSettings = takesSettings
    initialValues = (Options.self as? any ApplicationOptions.Type)?.initialValues ?? [:]
    let survey = OptionSurvey(initialValues: initialValues)
    do {
      _ = try Options(from: OptionDecoder(source: survey))
    } catch let error as FlintError {
      throw error
    } catch {
      throw FlintError(
        .invalidArgument, "\(Options.self) cannot be read from a command line",
        why: "its init(from:) refused an example of each property", cause: error)
    }
    specifications = survey.specifications
    var byPlainName: [String: OptionSpecification] = [:]
    for option in specifications {
      let plain = OptionName.plain(option.key)
      guard !["conf", "help"].contains(plain) else {
        throw Self.mistake(option, "--\(option.name) is an option of Flint itself")
      }
      if let other = byPlainName.updateValue(option, forKey: plain) {
        throw Self.mistake(option, "it would be written as \(other.key) is")
      }
    }
    self.byPlainName = byPlainName
  }

  /// Every name that a command line may use.
  var names: [String] { specifications.map(\.name) + (takesSettings ? ["conf", "help"] : ["help"]) }

  /// The option that somebody wrote as `spelling`, and whether it was switched off by a `no` before its name.
  func find(_ spelling: some StringProtocol) -> (option: OptionSpecification, isNegated: Bool)? {
    let plain = OptionName.plain(spelling)
    if let option = byPlainName[plain] { return (option, false) }
    guard plain.hasPrefix("no"), let option = byPlainName[String(plain.dropFirst(2))], option.isFlag else {
      return nil
    }
    return (option, true)
  }

  private static func mistake(_ option: OptionSpecification, _ why: String) -> FlintError {
    FlintError(
      .invalidArgument, "the property \(option.key) cannot be an option", why: why, remedy: "give it another name")
  }
}
