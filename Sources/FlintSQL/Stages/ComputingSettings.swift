internal import FlintColumns
internal import FlintCore

/// By which rules a query computes. It travels to the tasks.
struct ComputingSettings: Sendable {
  /// Whether what has no right result is an error, as the SQL standard has it.
  var isANSI = true
  /// The session's time zone.
  var zone = "UTC"
  /// Time zones that the query names.
  var zones: [String] = []
  /// Partitions behind an exchange; nil for as many as are good for the rows.
  var partitionCount: Int?
  /// Whether joins merge sorted sides where nobody knows a better way.
  var prefersMergeJoin = false

  /// Kernels whose results lie in `memory`, and the zones by their names.
  func load(_ memory: ColumnMemory, _ files: any FileSystem) async throws -> (Kernels, [String: ZoneRules]) {
    var rules: [String: ZoneRules] = [:]
    for name in zones { rules[name] = try await ZoneRules.named(name, files: files) }
    let own = zone == "UTC" ? ZoneRules.utc : try await ZoneRules.named(zone, files: files)
    return (Kernels(memory, rules: isANSI ? .ansi : .legacy, zone: own), rules)
  }
}
