internal import FoundationEssentials

/// The part of `swift package dump-package` that the rules read.
package struct PackageDump: Decodable, Sendable {
  /// A target with what it may import.
  struct Target: Decodable, Sendable {
    let name: String
    let type: String
    let path: String?
    let dependencies: [Dependency]
    let settings: [Setting]

    /// The folder of its sources.
    var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
  }

  /// One entry of a target's `dependencies`, whichever way it was written.
  struct Dependency: Decodable, Sendable {
    /// The name of the target; nil for a product of another package.
    let target: String?

    private enum CodingKeys: String, CodingKey { case byName, target }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let key: CodingKeys = container.contains(.byName) ? .byName : .target
      target = try container.decodeIfPresent([String?].self, forKey: key)?.first ?? nil
    }
  }

  /// A build setting: whose it is, and what it says, such as `enableUpcomingFeature(ExistentialAny)`.
  struct Setting: Decodable, Sendable {
    let tool: String
    let text: String

    private enum CodingKeys: CodingKey { case tool, kind }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      tool = try container.decode(String.self, forKey: .tool)
      // Settings with one text or a list are those that are compared; others are told apart by their names alone.
      let single = try? container.decode([String: [String: String]].self, forKey: .kind)
      let lists = try? container.decode([String: [String: [String]]].self, forKey: .kind)
      let kinds = single ?? lists?.mapValues { $0.mapValues { $0.joined(separator: " ") } } ?? [:]
      text = kinds.map { "\($0.key)(\($0.value.values.sorted().joined()))" }.sorted().joined()
    }
  }

  let targets: [Target]

  /// Reads the JSON text that SwiftPM prints. Throws when it is something else.
  package init(json: String) throws {
    self = try JSONDecoder().decode(PackageDump.self, from: Data(json.utf8))
  }
}
