public import FlintLineage
public import FlintShuffle

extension Dataset {
  /// For each key all pairs of a value of this dataset and one of `other`. Keys that only one of them has give nothing.
  ///
  /// `other` is held in memory where it fits, so it should be the smaller one. Datasets whose keys are in the same partitions
  /// already, after ``partitionBy(_:file:line:)`` or an aggregation, are joined without an exchange.
  @inlinable
  @inline(__always)
  public func join<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, (Value, Other))> where Row == (Key, Value) {
    joined(other, OperatorSite("join", file, line), partitions) {
      JoinKernel(pair: { ($0, ($1, $2)) })
    }
  }

  /// As ``join(_:partitions:file:line:)``, and a pair with nil for each value whose key `other` does not have.
  @inlinable
  @inline(__always)
  public func leftOuterJoin<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, (Value, Other?))> where Row == (Key, Value) {
    joined(other, OperatorSite("leftOuterJoin", file, line), partitions) {
      JoinKernel(pair: { ($0, ($1, $2)) }, left: { ($0, ($1, nil)) })
    }
  }

  /// As ``join(_:partitions:file:line:)``, and a pair with nil for each value of `other` whose key this dataset does not have.
  @inlinable
  @inline(__always)
  public func rightOuterJoin<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, (Value?, Other))> where Row == (Key, Value) {
    joined(other, OperatorSite("rightOuterJoin", file, line), partitions) {
      JoinKernel(pair: { ($0, ($1, $2)) }, right: { ($0, (nil, $1)) })
    }
  }

  /// As ``join(_:partitions:file:line:)``, and a pair with nil for each value of either whose key the other does not have.
  @inlinable
  @inline(__always)
  public func fullOuterJoin<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, (Value?, Other?))> where Row == (Key, Value) {
    joined(other, OperatorSite("fullOuterJoin", file, line), partitions) {
      JoinKernel(pair: { ($0, ($1, $2)) }, left: { ($0, ($1, nil)) }, right: { ($0, (nil, $1)) })
    }
  }

  /// The rows whose key `other` does not have.
  @inlinable
  @inline(__always)
  public func subtractByKey<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, Value)> where Row == (Key, Value) {
    joined(other, OperatorSite("subtractByKey", file, line), partitions) {
      JoinKernel<Key, Value, Other, (Key, Value)>(pair: nil, left: { ($0, $1) })
    }
  }

  /// A join by the kernel that `make` makes.
  @inlinable
  @inline(__always)
  func joined<Key: Hashable & Sendable, Value: Sendable, Other: Sendable, Output: Sendable>(
    _ other: Dataset<(Key, Other)>, _ site: OperatorSite, _ partitions: Int?,
    _ make: @escaping @Sendable () -> JoinKernel<Key, Value, Other, Output>
  ) -> Dataset<Output> where Row == (Key, Value) {
    let partitioner = hashPartitioner(of: Key.self, into: partitions, beside: [other.node])
    let left = keyExchange(site, to: partitioner)
    let right = other.keyExchange(site, to: partitioner, narrow: left.isWide ? 0 : 1)
    let (leftInput, rightInput) = (left.input, right.input)
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [left.dependency, right.dependency],
      partitioner: partitioner
    ) { JoinOperator(make(), left: leftInput, right: rightInput) }
  }

  /// For each key of either dataset all values of both.
  ///
  /// All values of a key must fit into a task's memory at once; see ``groupByKey(partitions:file:line:)``.
  @inlinable
  @inline(__always)
  public func cogroup<Key: Hashable & Sendable, Value: Sendable, Other: Sendable>(
    _ other: Dataset<(Key, Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, ([Value], [Other]))> where Row == (Key, Value) {
    let site = OperatorSite("cogroup", file, line)
    let partitioner = hashPartitioner(of: Key.self, into: partitions, beside: [other.node])
    let left = keyExchange(site, to: partitioner)
    let right = other.keyExchange(site, to: partitioner, narrow: left.isWide ? 0 : 1)
    let (leftInput, rightInput) = (left.input, right.input)
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [left.dependency, right.dependency],
      partitioner: partitioner
    ) {
      let kernel = AggregationKernel<Key, ([Value], [Other])> { group, more in
        group.0.append(contentsOf: more.0)
        group.1.append(contentsOf: more.1)
      }
      let plan = AggregationPlan<Key, ([Value], [Other]), (Key, ([Value], [Other]))>(
        site.name, kernel, retainsRows: true,
        output: { table, range, rows in table.append(range, to: &rows) { ($0, $1) } },
        code: site.code)
      let leftFeed = RowFeed<(Key, Value), Key, ([Value], [Other])>(leftInput) { table, rows in
        table.merge(rows, key: { $0.0 }, insert: { ([$0.1], []) }, update: { $0.0.append($1.1) })
      }
      let rightFeed = RowFeed<(Key, Other), Key, ([Value], [Other])>(rightInput) { table, rows in
        table.merge(rows, key: { $0.0 }, insert: { ([], [$0.1]) }, update: { $0.1.append($1.1) })
      }
      return AggregationOperator(plan, [leftFeed, rightFeed])
    }
  }
}
