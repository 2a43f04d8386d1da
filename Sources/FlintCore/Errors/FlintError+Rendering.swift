extension FlintError: CustomStringConvertible {
  /// The whole error in one line, for logs: `[code] what (why), at file:line, caused by …`.
  public var description: String {
    var line = "[\(code.rawValue)] \(what)"
    if let why { line += " (\(why))" }
    if let location { line += ", at \(location)" }
    for cause in causes {
      line += ", caused by \(Self.summary(of: cause))"
    }
    return line.visible
  }

  /// The error as a person at a terminal should see it, several lines without a line break at the end:
  ///
  /// ```
  /// error[file-not-found] nothing matches trips/*.csv
  ///   at Jobs/Taxi.swift:12
  ///   because trips holds 2020, 2021
  ///   caused by [input-output] cannot list trips
  ///   try: trips/*/*.csv
  /// ```
  ///
  /// Characters that could steer the terminal are spelled out, wherever the texts came from.
  public func rendered(inColour: Bool = false) -> String {
    let paint = Paint(isOn: inColour)
    var lines = [paint.alarm("error[\(code.rawValue)]") + " " + paint.strong(Self.indented(what))]
    if let location { lines.append("  " + paint.faint("at") + " \(location.description.visible)") }
    if let why { lines.append("  " + paint.faint("because") + " \(Self.indented(why))") }
    for cause in causes {
      lines.append("  " + paint.faint("caused by") + " \(Self.indented(Self.summary(of: cause)))")
    }
    for remedy in remedies {
      lines.append("  " + paint.advice("try:") + " \(Self.indented(remedy))")
    }
    return lines.joined(separator: "\n")
  }

  /// What lies below this error, the nearest first. A chain is cut after 16 links.
  private var causes: [any Error] {
    var chain: [any Error] = []
    var next = cause
    while let cause = next, chain.count < 16 {
      chain.append(cause)
      next = (cause as? FlintError)?.cause
    }
    return chain
  }

  /// What to try, the advice of this error before that of its causes, each once.
  private var remedies: [String] {
    var advice: [String] = []
    for remedy in [remedy] + causes.map({ ($0 as? FlintError)?.remedy }) {
      if let remedy, !advice.contains(remedy) { advice.append(remedy) }
    }
    return advice
  }

  private static func summary(of error: any Error) -> String {
    guard let error = error as? FlintError else { return String(describing: error) }
    let place = error.location.map { ", at \($0)" } ?? ""
    return "[\(error.code.rawValue)] \(error.what)" + (error.why.map { " (\($0))" } ?? "") + place
  }

  /// The text with its own line breaks kept and every further line set in below the first.
  private static func indented(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { String($0).visible }
      .joined(separator: "\n      ")
  }

  /// Colours for a terminal, or none.
  private struct Paint {
    let isOn: Bool

    func alarm(_ text: String) -> String { painted(text, "1;31") }
    func strong(_ text: String) -> String { painted(text, "1") }
    func faint(_ text: String) -> String { painted(text, "2") }
    func advice(_ text: String) -> String { painted(text, "32") }

    private func painted(_ text: String, _ code: String) -> String {
      isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
  }
}
