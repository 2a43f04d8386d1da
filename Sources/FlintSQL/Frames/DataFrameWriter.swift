internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintTasks

/// Writes a frame's rows to files: all of them appear in one step, or none.
public struct DataFrameWriter: Sendable {
  let frame: DataFrame
  private var saveMode = SaveMode.errorIfExists

  init(_ frame: DataFrame) {
    self.frame = frame
  }

  /// The same with another answer to a folder that is there already.
  public func mode(_ mode: SaveMode) -> DataFrameWriter {
    var writer = self
    writer.saveMode = mode
    return writer
  }

  /// Writes a folder with a Parquet file for each partition, `part-00000.snappy.parquet` first, and `_SUCCESS`.
  ///
  /// Throws `file-exists`, `file-not-found` when executors do not see the path, and what the query throws.
  public func parquet(_ path: String, file: String = #fileID, line: Int = #line) async throws {
    let site = OperatorSite("write.parquet", file, line)
    guard let execution = try await frame.clusterExecution(site) else {
      throw FlintError(
        .invalidArgument, "rows are written by a session", remedy: "begin with read or sql of a session")
    }
    let (cluster, plan) = execution
    let job = try OutputJob(
      path, suffix: ".snappy.parquet", partitionCount: 1, replaces: saveMode == .overwrite, site,
      context: cluster.session.runtime.context)
    if saveMode == .ignore, try await job.isThere { return }
    let schema = plan.output.schema
    let node = try await cluster.dataset(plan)
    _ = try await job.run(cluster.session, node) { staged in
      ResultFactory { ParquetSink(staged, schema.fields) }
    }
  }
}

extension DataFrame {
  /// Writes the rows to files.
  public var write: DataFrameWriter { DataFrameWriter(self) }
}
