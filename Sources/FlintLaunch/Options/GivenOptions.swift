internal import FlintCore

/// The texts that somebody gave on a command line, by the options they belong to.
struct GivenOptions {
  /// Texts by coding key, in their order.
  var texts: [String: [String]] = [:]
  /// What stands after each `--conf`.
  var settings: [String] = []
  var wantsHelp = false

  /// Reads a command line. Throws `invalid-argument` for whatever it does not understand.
  init(_ arguments: [String], _ table: OptionTable) throws(FlintError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument != "-h" else {
        wantsHelp = true
        return
      }
      guard argument.hasPrefix("--"), argument.count > 2 else { throw Self.stray(argument, table) }
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, text) = (parts[0], parts.count > 1 ? String(parts[1]) : nil)
      if name == "help" && text == nil {
        wantsHelp = true
        return
      }
      if name == "conf" && table.takesSettings {
        settings.append(try Self.value(text, &rest, "conf", "key=value"))
        continue
      }
      guard let (option, isNegated) = table.find(name) else { throw Self.unknown(name, table) }
      texts[option.key, default: []] += try Self.values(option, isNegated, text, &rest)
    }
  }

  private static func values(
    _ option: OptionSpecification, _ isNegated: Bool, _ text: String?, _ rest: inout ArraySlice<String>
  ) throws(FlintError) -> [String] {
    if isNegated {
      guard text == nil else {
        throw FlintError(
          .invalidArgument, "--no-\(option.name) takes no value", remedy: "write --\(option.name)=false or =true")
      }
      return ["false"]
    }
    if option.isFlag { return [text ?? "true"] }
    let text = try value(text, &rest, option.name, option.form.placeholder)
    guard option.isList else { return [text] }
    return text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
  }

  /// What stands after the equals sign, or the next argument. One that looks like an option itself was surely not meant.
  private static func value(
    _ text: String?, _ rest: inout ArraySlice<String>, _ name: String, _ placeholder: String
  ) throws(FlintError) -> String {
    if let text { return text }
    guard let text = rest.popFirst() else {
      throw FlintError(
        .invalidArgument, "--\(name) has no value", remedy: "write --\(name) \(placeholder)")
    }
    guard !text.hasPrefix("--") else {
      throw FlintError(
        .invalidArgument, "--\(name) has no value", why: "\(text) follows, which looks like another option",
        remedy: "write --\(name)=\(text) if that is the value")
    }
    return text
  }

  private static func unknown(_ name: Substring, _ table: OptionTable) -> FlintError {
    let nearest = NearestName.find(for: OptionName.shown(String(name)), in: table.names)
    return FlintError(
      .invalidArgument, "there is no option --\(name)",
      remedy: nearest.map { "write --\($0), the nearest name, or --help for all" } ?? "--help lists all options")
  }

  private static func stray(_ argument: String, _ table: OptionTable) -> FlintError {
    let flag = argument == "true" || argument == "false"
    return FlintError(
      .invalidArgument, "the argument \"\(argument)\" belongs to no option",
      why: flag ? "a flag takes its value after an equals sign" : nil,
      remedy: flag ? "write --name=\(argument)" : "write --name value; --help lists all options")
  }
}
