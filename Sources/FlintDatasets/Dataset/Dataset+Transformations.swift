public import FlintLineage
public import FlintTasks

extension Dataset {
  /// One row for each, made by `transform`.
  @inlinable
  public func map<New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Row) throws -> New
  ) -> Dataset<New> {
    mapped(OperatorSite("map", file, line), transform)
  }

  /// The rows for which `isIncluded` is true.
  @inlinable
  public func filter(
    file: String = #fileID, line: Int = #line, _ isIncluded: @escaping @Sendable (Row) throws -> Bool
  ) -> Dataset<Row> {
    let site = OperatorSite("filter", file, line)
    let loop = loop.filtered(isIncluded)
    let (steps, fill) = loop.folded
    return derived(site, partitioner: node.partitioner, loop: loop) {
      FilterOperator(
        site, { input, chosen in try input.choose(into: &chosen, where: isIncluded) },
        copy: { input, output in
          input.fill(&output, from: 0) { $0 }
        }, fusedSteps: steps, fusedFill: fill)
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
    transformed(OperatorSite("compactMap", file, line), loop: loop.compacted(transform)) { input, start, output, _ in
      output.removeAll(keepingCapacity: true)
      try input.each(from: start) { if let row = try transform($0) { output.append(row) } }
      return input.count
    }
  }

  /// A row for each.
  @inlinable
  @inline(__always)
  func mapped<New: Sendable>(
    _ site: OperatorSite, keepsKeys: Bool = false, _ transform: @escaping @Sendable (Row) throws -> New
  ) -> Dataset<New> {
    transformed(site, keepsKeys: keepsKeys, loop: loop.mapped(transform)) { input, start, output, _ in
      try input.fill(&output, from: start, transform)
      return input.count
    }
  }

  /// A dataset by a loop over batches, which is specialised where the user's function is. `loop` is the same together with
  /// the transformations before it; where there is none, the next one begins.
  @inlinable
  @inline(__always)
  func transformed<New: Sendable>(
    _ site: OperatorSite, keepsKeys: Bool = false, loop: FusedLoop<New> = FusedLoop(),
    _ body: @escaping BatchBody<Row, New>
  ) -> Dataset<New> {
    let (steps, fill) = loop.folded
    return derived(site, partitioner: keepsKeys ? node.partitioner : nil, loop: loop) {
      TransformOperator(site, body, fusedSteps: steps, fusedFill: fill)
    }
  }
}
