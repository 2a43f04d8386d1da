public import FlintCore
internal import FlintFiles
public import FlintLineage
public import FlintTasks

extension Session {
  /// The lines of text files, without what ends them.
  ///
  /// - Parameters:
  ///   - path: a file, a directory, of which all files below are read whose names begin with neither `.` nor `_`, or a
  ///     pattern with `*`, `?`, `[…]` and `{…}`. With a slash at its end it is directories only. Files whose names end in
  ///     `.gz`, `.zst`, `.lz4` or `.br` are decompressed; each of them is one partition.
  ///   - partitions: into about how many parts the files are cut, each file in one at least. By default large files are
  ///     cut into parts of up to 32 MiB.
  ///   - lines: what ends a line.
  ///
  /// What is not UTF-8 in a line is repaired: U+FFFD stands in its place.
  ///
  /// Throws at once `file-not-found` for a missing path and for a pattern that nothing matches, and what looking at the files
  /// throws. They are read, and must still be as long, when a job needs them.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func longLines(_ flint: Session) async throws -> Int {
  ///   try await flint.textFile("logs/*.gz").filter { $0.utf8.count > 1_000 }.count()
  /// }
  /// ```
  @inlinable
  public func textFile(
    _ path: String, partitions: Int? = nil, lines: LineEnding = .any, file: String = #fileID, line: Int = #line
  ) async throws -> Dataset<String> {
    let node = try await textNode(path, partitions, lines, OperatorSite("textFile", file, line))
    return Dataset(session: self, node: node)
  }

  @usableFromInline
  func textNode(
    _ path: String, _ partitions: Int?, _ lines: LineEnding, _ site: OperatorSite
  ) async throws -> LineageNode {
    try await files(path, partitions, site) { TextFileOperator($0, lines) }
  }

  /// A node over the parts of the files that `path` leads to, which are multiples of `unit`, or over `whole` files.
  @usableFromInline
  func files(
    _ path: String, _ partitions: Int? = nil, whole: Bool = false, _ site: OperatorSite, unit: Int = 1,
    make: @escaping @Sendable (DatasetID) throws -> any NodeOperator
  ) async throws -> LineageNode {
    precondition(partitions ?? 1 >= 1, "files in \(partitions ?? 0) partitions")
    let found = try await InputFiles(files: runtime.context.files).find(path, at: site.location)
    let splits =
      whole
      ? found.map { FileSplit($0) }
      : SplitPlan.splits(of: found, wanted: partitions, parallelism: defaultParallelism, unit: Int64(unit))
    let id = runtime.nextDataset()
    let operation = SplitOperation(splits: splits, factory: NodeFactory { try make(id) })
    return node(site, partitionCount: splits.count, id: id, operation: operation)
  }
}
