internal import FlintCore

/// What the `flint` program can do.
enum Verb: String, CaseIterable {
  case new
  case config
  case inspect
  case help = "--help"
  case version = "--version"

  /// The verb that somebody wrote. Throws `invalid-argument` with the nearest one.
  init(_ text: String?) throws(FlintError) {
    guard let text else {
      throw FlintError(.invalidArgument, "flint does nothing without a verb", remedy: "flint --help lists all verbs")
    }
    if let verb = Verb(rawValue: ["help": "--help", "-h": "--help", "version": "--version"][text] ?? text) {
      self = verb
      return
    }
    let nearest = NearestName.find(for: text, in: Verb.allCases.map(\.rawValue))
    throw FlintError(
      .invalidArgument, "there is no verb \(text)",
      remedy: nearest.map { "write flint \($0), the nearest one" } ?? "flint --help lists all verbs")
  }

  /// What `flint --help` prints.
  static let page = """
    usage: flint VERB

    Flint runs jobs over large data on many processes: see its README.

    verbs:
      new NAME     makes a package with one job and one test; flint new --help tells more
      config show  prints every setting in effect and where it comes from
      inspect PLACE  prints what the nodes at a socket or below a folder have
      --version    prints the version
      --help       prints this page

    """
}
