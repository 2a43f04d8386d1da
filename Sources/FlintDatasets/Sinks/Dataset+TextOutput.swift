internal import FlintCompression
internal import FlintTasks

extension Dataset where Row == String {
  /// Writes the rows as lines of text: a folder with a file `part-NNNNN` for each partition, and `_SUCCESS`, which names
  /// them all with their lengths.
  ///
  /// The folder appears in one step when everything in it is written, whatever was lost and run again on the way. A job that
  /// fails or is cancelled leaves nothing. The folders above it are made where they are missing. Every executor must see the
  /// path as the driver does.
  ///
  /// Throws `file-exists` before anything runs when something stands at `path`.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func copy(_ flint: Session) async throws {
  ///   try await flint.textFile("in").filter { !$0.isEmpty }.saveAsTextFile("out", compression: .zstd)
  /// }
  /// ```
  public func saveAsTextFile(
    _ path: String, compression: TextCompression = .none, file: String = #fileID, line: Int = #line
  ) async throws {
    let site = OperatorSite("saveAsTextFile", file, line)
    let suffix = compression.codec?.fileExtension.map { "." + $0 } ?? ""
    try await save(path, site, suffix: suffix) { staged in ResultFactory { TextSink(staged, compression) } }
  }
}
