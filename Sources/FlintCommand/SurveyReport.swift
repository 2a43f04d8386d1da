internal import FlintCore
internal import FlintLibuv
internal import FlintWire

/// What a survey has found.
struct SurveyReport {
  /// One node's socket, and what is behind it.
  struct Node {
    let socket: FilePath
    let found: Result<Inspection, FlintError>
    /// What its process has open, by number.
    var descriptors: [Int: String]?
  }

  var nodes: [Node] = []
  var files: [(path: FilePath, size: Int64)] = []

  // MARK: For people

  /// A paragraph a node, then the files.
  var text: String {
    var lines: [String] = []
    for node in nodes {
      switch node.found {
      case .failure(let error): lines.append("\(node.socket): no answer, \(error)")
      case .success(let inspection):
        lines.append("\(inspection.role) \(inspection.name) at \(node.socket), process \(inspection.process)")
        lines.append("  stages \(inspection.stages.map(\.rawValue)), tries \(inspection.attempts)")
        lines.append(
          "  \(inspection.blocks.count) blocks, \(inspection.leases) leases, \(inspection.holders) tasks that hold something"
        )
        lines += inspection.blocks.map { "    \($0)" }
        lines.append(
          "  memory \(ByteCount(Int64(clamping: inspection.memoryUsed))), \(inspection.connections) connections,"
            + " \(node.descriptors?.count ?? 0) descriptors")
      }
    }
    lines += files.map { "\($0.path)  \(ByteCount($0.size))" }
    return lines.isEmpty ? "no node and no file\n" : lines.joined(separator: "\n") + "\n"
  }

  // MARK: For programs

  /// An object with `nodes` and `files`.
  var json: String {
    let nodes = nodes.map { node -> JSONValue in
      switch node.found {
      case .failure(let error):
        ["socket": .text(node.socket.string), "error": .text(error.code.rawValue), "words": .text("\(error)")]
      case .success(let inspection): Self.object(node, inspection)
      }
    }
    let files = files.map { file -> JSONValue in
      ["path": .text(file.path.string), "bytes": .integer(file.size)]
    }
    return JSONValue.object([.init("nodes", .array(nodes)), .init("files", .array(files))]).text
  }

  private static func object(_ node: Node, _ inspection: Inspection) -> JSONValue {
    let descriptors = (node.descriptors ?? [:]).sorted { $0.key < $1.key }
    return .object([
      .init("socket", .text(node.socket.string)),
      .init("role", .text(inspection.role.description)),
      .init("name", .text(inspection.name)),
      .init("process", .integer(Int64(inspection.process))),
      .init("stages", .array(inspection.stages.map { .integer(Int64(clamping: $0.rawValue)) })),
      .init("attempts", .array(inspection.attempts.map { .text("\($0)") })),
      .init("blocks", .array(inspection.blocks.map { .text("\($0)") })),
      .init("leases", .integer(Int64(inspection.leases))),
      .init("holders", .integer(Int64(inspection.holders))),
      .init("memoryBytes", .integer(Int64(clamping: inspection.memoryUsed))),
      .init("connections", .integer(Int64(inspection.connections))),
      .init("descriptors", .array(descriptors.map { .text("\($0.key) \($0.value)") })),
    ])
  }
}
