internal import FlintCore
internal import FlintLaunch
internal import FlintLibuv

/// `flint inspect PLACE`: what nodes of this machine have at this moment.
enum InspectNodes {
  private struct Options: Decodable {
    var json = false
  }

  /// The nodes at `PLACE`, as text or as JSON. Throws `file-not-found` when there is nothing, and what connections throw.
  static func run(_ arguments: [String], _ files: any FileSystem) async throws -> String {
    let isNamed = arguments.first.map { !$0.hasPrefix("-") } ?? false
    let line = try CommandLineOptions<Options>(
      Array(arguments.dropFirst(isNamed ? 1 : 0)), program: "flint inspect PLACE", summary: summary,
      takesSettings: false)
    guard case .run(let options, _) = line else {
      if case .help(let page) = line { return page }
      return ""
    }
    guard isNamed, let argument = arguments.first else {
      throw FlintError(
        .invalidArgument, "it is not said what to inspect", remedy: "name a socket or a folder: flint inspect /tmp")
    }
    let machine = try LibuvNode(name: "flint inspect", taskThreadCount: 1)
    do {
      let found = try await NodeSurvey(machine.context).survey(argument)
      await machine.shutdown()
      return options.json ? found.json + "\n" : found.text
    } catch {
      await machine.shutdown()
      throw error
    }
  }

  private static let summary = """
    Prints what nodes have at this moment: stages, tries at tasks, blocks and who reads them,
    memory, connections, descriptors, and files. PLACE is the socket of a node, the folder of
    an application, or a folder that holds such folders (flint.local.dir). --json prints JSON.
    """
}
