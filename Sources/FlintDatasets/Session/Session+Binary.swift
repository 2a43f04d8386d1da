internal import FlintCore
internal import FlintTasks

extension Session {
  /// Whole files, each as its path and its bytes, in a partition of its own. Paths, patterns and compression are as with
  /// ``textFile(_:partitions:lines:file:line:)``.
  ///
  /// A file must fit into memory and has at most ``FlintCore/Limits/inputRow`` bytes, decompressed.
  public func binaryFiles(
    _ path: String, file: String = #fileID, line: Int = #line
  ) async throws -> Dataset<(String, [UInt8])> {
    let site = OperatorSite("binaryFiles", file, line)
    return Dataset(session: self, node: try await files(path, whole: true, site) { BinaryFileOperator($0) })
  }

  /// Files of records that are `length` bytes each, and what `parse` makes of each. Paths, patterns and compression are as
  /// with ``textFile(_:partitions:lines:file:line:)``; a file that ends within a record fails the job with `corrupt-data`.
  ///
  /// The bytes are valid only while `parse` runs.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func keys(_ flint: Session) async throws -> Dataset<UInt64> {
  ///   try await flint.records("pairs.bin", length: 16) { bytes in bytes.loadUnaligned(as: UInt64.self).littleEndian }
  /// }
  /// ```
  @inlinable
  public func records<Row: Sendable>(
    _ path: String, length: Int, partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    _ parse: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Row
  ) async throws -> Dataset<Row> {
    precondition(length >= 1, "records of \(length) bytes")
    let site = OperatorSite("records", file, line)
    let node = try await files(path, partitions, site, unit: length) { dataset in
      RecordOperator<Row>(dataset, site, length: length) { bytes, rows in
        rows.removeAll(keepingCapacity: true)
        var start = 0
        while start < bytes.count {
          rows.append(try parse(UnsafeRawBufferPointer(rebasing: bytes[start..<start &+ length])))
          start &+= length
        }
      }
    }
    return Dataset(session: self, node: node)
  }
}
