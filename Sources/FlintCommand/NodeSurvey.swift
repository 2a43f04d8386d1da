internal import FlintCore
internal import FlintSystem
internal import FlintTransport
internal import FlintWire

/// Finds the nodes at a place, and asks each what it has.
struct NodeSurvey {
  /// The most of a folder that is looked at.
  private static let depth = 6
  /// How long a node may take for its answer.
  private static let patience = Duration.seconds(5)
  /// The beginning of the name of an application's folder.
  private static let folderPrefix = "flint-"
  private static let workPrefix = "application."

  private let context: NodeContext

  init(_ context: NodeContext) {
    self.context = context
  }

  /// What there is at `place`: a socket, `unix:` before it or not, or a folder. Throws `file-not-found` when nothing is.
  func survey(_ place: String) async throws -> SurveyReport {
    let path = FilePath(place.hasPrefix("unix:") ? String(place.dropFirst("unix:".count)) : place)
    guard let status = try await context.files.status(of: path) else {
      throw FlintError(.fileNotFound, "there is nothing at \(path)", remedy: "name a node's socket or a folder")
    }
    guard status.kind == .directory else {
      return SurveyReport(nodes: [await node(at: path)], files: [])
    }
    var report = SurveyReport()
    try await look(into: path, of: path, depth: 0, &report)
    return report
  }

  private func look(
    into folder: FilePath, of root: FilePath, depth: Int, _ report: inout SurveyReport
  ) async throws {
    // Folders beside those of applications are other people's.
    let isOurs = depth > 0 || folder.name.hasPrefix(Self.folderPrefix)
    for name in try await context.files.list(folder) {
      let path = folder / name
      guard let status = try await context.files.status(of: path) else { continue }
      switch status.kind {
      case .directory where isOurs || name.hasPrefix(Self.folderPrefix):
        guard depth < Self.depth else { continue }
        try await look(into: path, of: root, depth: depth + 1, &report)
      case .other where isOurs && name.hasSuffix(".sock"): report.nodes.append(await node(at: path))
      case .file where isOurs: report.files.append((path, status.size))
      case .directory, .file, .other, .symbolicLink: break
      }
    }
  }

  // MARK: One node

  private func node(at socket: FilePath) async -> SurveyReport.Node {
    do {
      let inspection = try await ask(socket)
      let descriptors = inspection.process == 0 ? nil : ProcessTable.descriptors(of: Int32(inspection.process))
      return SurveyReport.Node(socket: socket, found: .success(inspection), descriptors: descriptors)
    } catch {
      return SurveyReport.Node(socket: socket, found: .failure(error as? FlintError ?? RemoteError(error).error))
    }
  }

  private func ask(_ socket: FilePath) async throws -> Inspection {
    let role: PeerRole =
      switch socket.name.first {
      case "d": .driver
      case "n": .worker
      default: .executor
      }
    let transport = Transport(
      context: context,
      local: Introduction(
        cluster: try await cluster(of: socket), role: .observer, name: context.name,
        incarnation: context.randomness.next()),
      admission: Admission(localUsers: [SystemUser.number]))
    let connection = try await transport.connect(to: .unix(path: socket), expecting: role) { _, _ in
      ConnectionHandler { _, _, _ in }
    }
    guard case .inspected(let inspection) = try await connection.request(.inspect, within: Self.patience) else {
      throw FlintError(.corruptData, "\(socket) answered something else")
    }
    await transport.shutdown(within: .milliseconds(100))
    return inspection
  }

  /// What members of the application call their cluster: its name stands in the folders of its nodes.
  private func cluster(of socket: FilePath) async throws -> String {
    let folder = socket.parent
    for name in try await context.files.list(folder) where name.hasPrefix("n") && !name.hasSuffix(".sock") {
      for work in try await context.files.list(folder / name) where work.hasPrefix(Self.workPrefix) {
        guard let number = UInt64(work.dropFirst(Self.workPrefix.count)) else { continue }
        return "\(ApplicationID(rawValue: number))"
      }
    }
    throw FlintError(.fileNotFound, "\(folder) is no folder of an application", why: "no node has files in it")
  }
}
