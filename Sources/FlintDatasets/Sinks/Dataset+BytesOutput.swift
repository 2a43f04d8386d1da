internal import FlintCore
internal import FlintLineage
public import FlintTasks

extension Dataset {
  /// Writes the bytes that `write` adds for each row, one row behind another: a folder with a file for each partition, which
  /// appears as that of ``saveAsTextFile(_:compression:file:line:)`` does.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func save(_ keys: Dataset<UInt64>) async throws {
  ///   try await keys.saveAsBytes("keys") { key, bytes in
  ///     withUnsafeBytes(of: key.bigEndian) { bytes.append(contentsOf: $0) }
  ///   }
  /// }
  /// ```
  @inlinable
  public func saveAsBytes(
    _ path: String, file: String = #fileID, line: Int = #line,
    _ write: @escaping @Sendable (Row, inout [UInt8]) throws -> Void
  ) async throws {
    let site = OperatorSite("saveAsBytes", file, line)
    try await save(path, site) { staged in
      ResultFactory {
        BytesSink<Row>(staged, site) { rows, bytes in
          for row in rows { try write(row, &bytes) }
        }
      }
    }
  }

  /// Writes an output whose parts `sink` makes.
  @usableFromInline
  func save(
    _ path: String, _ site: OperatorSite, suffix: String = "", _ sink: (StagedOutput) -> ResultFactory
  ) async throws {
    let job = try OutputJob(
      path, suffix: suffix, partitionCount: partitionCount, site, context: session.runtime.context)
    _ = try await job.run(session, node, sink)
  }
}
