extension ConfigurationEntry {
  /// The entries of a configuration file.
  ///
  /// A line is `key value` or `key=value`, with white space wherever one likes. A line that starts with `#` is a comment;
  /// a `#` further on belongs to the value. Throws `invalid-setting` for a line without a value and for a key that the
  /// file sets twice.
  public static func entries(ofFile path: FilePath, text: String) throws(FlintError) -> [ConfigurationEntry] {
    var entries: [ConfigurationEntry] = []
    var firstLines: [String: Int] = [:]
    let content = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    let lines = content.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let origin = ConfigurationOrigin.file(path, line: index + 1)
      let entry = try Self.entry(line, separator: { $0 == "=" || $0.isWhitespace }, form: "key value", origin: origin)
      if let first = firstLines.updateValue(index + 1, forKey: entry.key) {
        throw FlintError(
          .invalidSetting, "\(entry.key) is set twice in \(path)", why: "line \(first) sets it too",
          remedy: "remove one of the lines", at: origin.location)
      }
      entries.append(entry)
    }
    return entries
  }

  /// The entries of the command line, from the texts after each `--conf`: `key=value`. Of two with one key the later
  /// one wins. Throws `invalid-setting` for a text without `=`.
  public static func entries(ofCommandLine texts: [String]) throws(FlintError) -> [ConfigurationEntry] {
    var entries: [ConfigurationEntry] = []
    for text in texts {
      let entry = try Self.entry(text.trimmed, separator: { $0 == "=" }, form: "key=value", origin: .commandLine)
      entries.removeAll { $0.key == entry.key }
      entries.append(entry)
    }
    return entries
  }

  /// The entries of the environment: those in `FLINT_CONF`, which is `key=value` with semicolons between them, and every
  /// other variable that starts with `FLINT_`, except `FLINT_MASTER` where it is no setting. Of two with one key
  /// that in `FLINT_CONF` wins.
  ///
  /// Throws `unknown-setting` with the nearest variable for one that no setting has.
  public static func entries(
    ofEnvironment variables: [String: String], registry: ConfigurationRegistry
  ) throws(FlintError) -> [ConfigurationEntry] {
    var entries: [ConfigurationEntry] = []
    for (variable, text) in variables.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix("FLINT_") {
      if ConfigurationRegistry.otherVariables.contains(variable), !registry.hasSetting(forVariable: variable) {
        continue
      }
      let setting = try registry.setting(forVariable: variable)
      entries.append(
        ConfigurationEntry(key: setting.name, text: text.trimmed, origin: .environment(variable: variable)))
    }
    let variable = ConfigurationRegistry.settingsVariable
    for text in (variables[variable] ?? "").split(separator: ";").map(\.trimmed) where !text.isEmpty {
      let origin = ConfigurationOrigin.environment(variable: variable)
      entries.append(try Self.entry(text, separator: { $0 == "=" }, form: "key=value;key=value", origin: origin))
    }
    return entries
  }

  private static func entry(
    _ line: String, separator: (Character) -> Bool, form: String, origin: ConfigurationOrigin
  ) throws(FlintError) -> ConfigurationEntry {
    guard let end = line.firstIndex(where: separator), end > line.startIndex else {
      // The text is not repeated: it may be a secret that was pasted into the wrong place.
      throw FlintError(
        .invalidSetting, "a setting has no value or no name", why: "it comes from \(origin)",
        remedy: "write it as \(form)", at: origin.location)
    }
    var value = line[end...].trimmed
    if value.hasPrefix("=") { value = value.dropFirst().trimmed }
    return ConfigurationEntry(key: line[..<end].trimmed, text: value, origin: origin)
  }
}
