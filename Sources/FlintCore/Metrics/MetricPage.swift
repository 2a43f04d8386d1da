/// A page in Prometheus' text format 0.0.4 that is being written.
struct MetricPage {
  private(set) var text = ""

  /// The two comment lines before the samples of a metric.
  mutating func header(_ name: String, help: String, kind: MetricKind) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// One line; `le` is a histogram's bound and comes last.
  mutating func sample(_ name: String, _ labels: MetricLabels, le: String? = nil, _ value: String) {
    var parts = labels.pairs.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
    if let le { parts.append("le=\"\(le)\"") }
    text += name + (parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}") + " \(value)\n"
  }

  /// A number as the format writes it.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    // 2⁵³: up to here every whole number is exact.
    if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return "\(Int64(value))" }
    return "\(value)"
  }

  /// Backslashes and line feeds are escaped everywhere, quotation marks only inside of labels.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
