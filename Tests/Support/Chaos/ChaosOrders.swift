import FlintCore

/// What the command line asks for.
struct ChaosOrders: Sendable {
  enum Work: Sendable {
    case list
    case all
    case some([String])
    /// This process is the one in which a scenario runs.
    case inside(String)
  }

  var work: Work
  /// How often each scenario must pass.
  var times = 1
  /// A file that gets a line for each run, and says what need not run again.
  var results: FilePath?

  /// Throws `invalid-argument`.
  init(_ arguments: [String]) throws(FlintError) {
    var names: [String] = []
    var rest = arguments[...]
    var work: Work?
    while let argument = rest.popFirst() {
      switch argument {
      case "--list": work = .list
      case "--inside": work = .inside(rest.popFirst() ?? "")
      case "--times":
        guard let text = rest.popFirst(), let number = Int(text), number > 0 else { throw Self.usage }
        times = number
      case "--results":
        guard let text = rest.popFirst() else { throw Self.usage }
        results = FilePath(text)
      case "all": work = .all
      default:
        guard !argument.hasPrefix("-") else { throw Self.usage }
        names.append(argument)
      }
    }
    guard work != nil || !names.isEmpty else { throw Self.usage }
    self.work = work ?? .some(names)
  }

  /// The scenario of this name. Throws `invalid-argument` with the nearest one.
  func scenario(_ name: String) throws(FlintError) -> ProcessScenario {
    if let scenario = ProcessScenario.all.first(where: { $0.name == name }) { return scenario }
    let nearest = NearestName.find(for: name, in: ProcessScenario.all.map(\.name))
    throw FlintError(
      .invalidArgument, "there is no scenario \(name)", remedy: nearest.map { "did you mean \($0)?" } ?? "see --list")
  }

  private static let usage = FlintError(
    .invalidArgument, "chaos SCENARIO… | all [--times N] [--results FILE], or chaos --list")
}
