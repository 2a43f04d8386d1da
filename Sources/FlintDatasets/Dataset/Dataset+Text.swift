internal import FlintTasks

extension Dataset where Row == String {
  /// The words of the lines: the runs of characters between ASCII white space, which are space, tab, line feed, carriage
  /// return, form feed and vertical tab. None is empty.
  ///
  /// Straight after ``Session/textFile(_:partitions:lines:file:line:)`` no lines are made: the words come from the file's bytes.
  @inlinable
  public func words(file: String = #fileID, line: Int = #line) -> Dataset<String> {
    scannedWords(OperatorSite("words", file, line)).begun
  }

  @usableFromInline
  func scannedWords(_ site: OperatorSite) -> Dataset<String> {
    derived(site) { ScanOperator(site, { WordScanner() }, codec: { try? RowCodec<String>() }) }
  }

  /// The fields of each line: what stands between separators, as it stands there. Quotes mean nothing.
  ///
  /// - Parameters:
  ///   - separator: one ASCII character.
  ///   - columns: the fields that the row gets, counted from 0, in this order; nil for all. A line that has too few fails
  ///     the job with `corrupt-data`.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func fares(_ flint: Session) async throws -> [Double] {
  ///   try await flint.textFile("trips.csv.gz").fields(",", columns: [16]).compactMap { Double($0[0]) }.take(10)
  /// }
  /// ```
  @inlinable
  public func fields(
    _ separator: Character = ",", columns: [Int]? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<[String]> {
    scannedFields(separator, columns, OperatorSite("fields", file, line)).begun
  }

  @usableFromInline
  func scannedFields(_ separator: Character, _ columns: [Int]?, _ site: OperatorSite) -> Dataset<[String]> {
    guard let byte = separator.asciiValue else {
      preconditionFailure("fields are separated by an ASCII character, not by \(separator)")
    }
    precondition(columns?.allSatisfy { $0 >= 0 } ?? true, "fields are counted from 0")
    return derived(site) {
      ScanOperator(
        site, { FieldScanner(separator: byte, columns: columns) }, codec: { try? RowCodec<[String]>() })
    }
  }
}
