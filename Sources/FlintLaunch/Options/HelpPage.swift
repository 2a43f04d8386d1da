internal import FlintCore

/// What `--help` prints.
struct HelpPage {
  let program: String
  let summary: String
  let table: OptionTable

  /// The page, with a line break at its end.
  var text: String {
    var lines = ["usage: \(program) [options]", ""]
    if !summary.isEmpty { lines += [summary, ""] }
    let own = table.specifications.map { (usage($0), remark($0)) }
    if !own.isEmpty { lines += ["options:"] + aligned(own) + [""] }
    let settings = ("--conf key=value", "one of Flint's settings; may be repeated")
    let help = ("--help", "prints this page")
    lines += ["options of Flint:"] + aligned(table.takesSettings ? [settings, help] : [help])
    return lines.joined(separator: "\n") + "\n"
  }

  private func usage(_ option: OptionSpecification) -> String {
    option.isFlag ? "--\(option.name)" : "--\(option.name) \(option.form.placeholder)"
  }

  private func remark(_ option: OptionSpecification) -> String {
    if option.isRequired { return "required" }
    let repeats = option.isList ? "several with commas, or repeated" : nil
    return [standard(option), repeats].compactMap { $0 }.joined(separator: "; ")
  }

  private func standard(_ option: OptionSpecification) -> String? {
    guard option.isFlag else { return option.standard.map { "default \($0)" } }
    return option.standard == "true" ? "default true; --no-\(option.name) switches it off" : nil
  }

  private func aligned(_ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { usage, remark in
      remark.isEmpty ? "  \(usage)" : "  \(usage.padded(to: width))  \(remark)"
    }
  }
}
