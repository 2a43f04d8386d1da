import FlintCore
import FlintSupervisor
import Foundation

/// What `flint inspect` prints as JSON.
struct NodeReport: Decodable {
  struct Node: Decodable {
    var socket: String
    var error: String?
    var words: String?
    var role: String?
    var stages: [Int]?
    var attempts: [String]?
    var blocks: [String]?
    var leases: Int?
    var holders: Int?
    var memoryBytes: Int?
    var connections: Int?
    var descriptors: [String]?
  }

  struct File: Decodable {
    var path: String
    var bytes: Int
  }

  var nodes: [Node]
  var files: [File]
}

extension Arena {
  /// What the nodes below `path` have, as the product's own `flint inspect` says.
  func inspect(_ path: FilePath) async throws -> NodeReport {
    let text = try await shell("\"$1\" inspect \"$2\" --json", [program("flint").string, path.string])
    return try JSONDecoder().decode(NodeReport.self, from: Data(text.utf8))
  }

  /// After a job, when nobody can ask for its data any more, no node of its application may have anything of it.
  func requireNothingHeld() async throws {
    var found: [String] = []
    try await waitQuietly {
      found = Self.holdings(of: try await self.inspect(self.nodes))
      return found.isEmpty
    }
    require(found.isEmpty, .clean, "after the job nodes have: \(found)")
  }

  /// What is removed goes in a moment, and not at once.
  private func waitQuietly(_ condition: () async throws -> Bool) async throws {
    let deadline = context.time.now.advanced(by: .seconds(5))
    while try await !condition(), context.time.now < deadline { try await context.time.sleep(for: .milliseconds(20)) }
  }

  private static func holdings(of report: NodeReport) -> [String] {
    var found: [String] = []
    if !report.nodes.contains(where: { $0.role == "driver" }) { found.append("no driver answers") }
    for node in report.nodes {
      if let error = node.error {
        // A socket of a life that was killed stays until its application ends; a node whose directory was taken has nothing.
        let isGone = [FlintError.Code.connectionRefused, .fileNotFound].contains { $0.rawValue == error }
        if !isGone {
          found.append("\(node.socket): \(node.words ?? error)")
        }
        continue
      }
      if node.stages?.isEmpty == false { found.append("\(node.socket): stages \(node.stages ?? [])") }
      if node.attempts?.isEmpty == false { found.append("\(node.socket): tries \(node.attempts ?? [])") }
      if node.blocks?.isEmpty == false { found.append("\(node.socket): blocks \(node.blocks ?? [])") }
      if node.leases != 0 || node.holders != 0 || node.memoryBytes != 0 {
        found.append(
          "\(node.socket): \(node.leases ?? 0) leases, \(node.holders ?? 0) holders, \(node.memoryBytes ?? 0) bytes")
      }
      let files = node.descriptors?.filter { $0.contains("application.") || $0.contains("part-") } ?? []
      if !files.isEmpty { found.append("\(node.socket): descriptors \(files)") }
    }
    return found + report.files.map { "\($0.path): \($0.bytes) bytes" }
  }
}
