internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintSimulation

/// Where the rows of a random lineage come from.
enum SwarmSource: String, CaseIterable, Sendable {
  case parallelize, range, textFile, binaryFiles, records

  /// Puts what it reads onto the shared disk.
  func prepare(_ rows: [Pair], _ disk: SimulatedDisk) {
    switch self {
    case .parallelize, .range: break
    case .textFile:
      // Two files, the second without a line's end at its end.
      let half = rows.count / 2
      disk.add("/shared/input/a.txt", Array(rows[..<half].map { "\($0.0) \($0.1)\n" }.joined().utf8))
      disk.add("/shared/input/b.txt", Array(rows[half...].map { "\($0.0) \($0.1)" }.joined(separator: "\n").utf8))
    case .binaryFiles:
      for (index, row) in rows.enumerated() {
        disk.add(FilePath("/shared/input/\(index)"), Array("\(row.0) \(row.1)".utf8))
      }
    case .records:
      let bytes = rows.flatMap { row in
        [row.0, row.1].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
      }
      disk.add("/shared/input/records", bytes)
    }
  }

  /// The rows that it has to give; those of a range are its own.
  func rows(_ count: Int, _ chance: () -> Pair) -> [Pair] {
    switch self {
    case .range: (0..<count).map { ($0 % 13, $0) }
    case .binaryFiles: (0..<max(1, min(count, 12))).map { _ in chance() }
    case .parallelize, .textFile, .records: (0..<count).map { _ in chance() }
    }
  }

  func dataset(_ rows: [Pair], partitions: Int, _ session: Session, _ ground: ScenarioJob.Ground) async throws
    -> Dataset<Pair>
  {
    switch self {
    case .parallelize: return session.parallelize(rows, partitions: partitions)
    case .range: return session.range(0..<rows.count, partitions: partitions).map { ($0 % 13, $0) }
    case .textFile:
      return try await session.textFile(ground.path("input/*.txt"), partitions: partitions).compactMap(Self.parse)
    case .binaryFiles:
      return try await session.binaryFiles(ground.path("input/*")).compactMap {
        Self.parse(String(decoding: $0.1, as: UTF8.self))
      }
    case .records:
      return try await session.records(ground.path("input/records"), length: 4, partitions: partitions) { bytes in
        (Int(bytes[0]) | Int(bytes[1]) << 8, Int(bytes[2]) | Int(bytes[3]) << 8)
      }
    }
  }

  static func parse(_ line: String) -> Pair? {
    let parts = line.split(separator: " ")
    guard parts.count == 2, let key = Int(parts[0]), let value = Int(parts[1]) else { return nil }
    return (key, value)
  }
}
