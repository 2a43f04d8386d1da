public import FlintLineage
public import FlintTasks

extension Dataset {
  /// One row for each, made by `transform`.
  @inlinable
  public func map<New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Row) throws -> New
  ) -> Dataset<New> {
    transformed(OperatorSite("map", file, line)) { input, start, output, _ in
      try input.fill(&output, from: start, transform)
      return input.count
    }
  }

  /// The rows for which `isIncluded` is true.
  @inlinable
  public func filter(
    file: String = #fileID, line: Int = #line, _ isIncluded: @escaping @Sendable (Row) throws -> Bool
  ) -> Dataset<Row> {
    let site = OperatorSite("filter", file, line)
    return derived(site, partitioner: node.partitioner) {
      FilterOperator(
        site, { input, chosen in try input.choose(into: &chosen, where: isIncluded) },
        copy: { input, output in
          input.fill(&output, from: 0) { $0 }
        })
    }
  }

  /// All rows of what `transform` makes of each, in order.
  @inlinable
  public func flatMap<New: Sendable, Rows: Sequence & SendableMetatype>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Row) throws -> Rows
  ) -> Dataset<New> where Rows.Element == New, Rows.Iterator: SendableMetatype {
    transformed(OperatorSite("flatMap", file, line)) { input, start, output, limit in
      output.removeAll(keepingCapacity: true)
      var index = start
      // One row may become many: the batch ends when there are enough of them.
      while index < input.count, output.count < limit {
        for row in try transform(input[index]) { output.append(row) }
        index &+= 1
      }
      return index
    }
  }

  /// The rows that `transform` makes something of.
  @inlinable
  public func compactMap<New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Row) throws -> New?
  ) -> Dataset<New> {
    transformed(OperatorSite("compactMap", file, line)) { input, start, output, _ in
      output.removeAll(keepingCapacity: true)
      try input.each(from: start) { if let row = try transform($0) { output.append(row) } }
      return input.count
    }
  }

  /// A dataset by a loop over batches, which is specialised where the user's function is.
  @inlinable
  func transformed<New: Sendable>(
    _ site: OperatorSite, keepsKeys: Bool = false, _ body: @escaping BatchBody<Row, New>
  ) -> Dataset<New> {
    derived(site, partitioner: keepsKeys ? node.partitioner : nil) { TransformOperator(site, body) }
  }
}
