public import FlintTasks

/// The rows of one partition, in their order, for a function that is given all of them. They can be gone through once.
///
/// It belongs to the task and cannot leave it.
public struct PartitionRows<Row: Sendable>: AsyncSequence {
  /// A row.
  public typealias Element = Row
  /// What a row's computation throws.
  public typealias Failure = any Error

  @usableFromInline let stream: any RowStream

  @usableFromInline
  init(_ stream: any RowStream) {
    self.stream = stream
  }

  /// Goes through the rows.
  @inlinable
  public func makeAsyncIterator() -> Iterator { Iterator(stream) }

  /// Goes through the rows, a batch at a time below.
  public struct Iterator: AsyncIteratorProtocol {
    @usableFromInline let stream: any RowStream
    @usableFromInline var rows: [Row] = []
    @usableFromInline var position = 0

    @inlinable
    init(_ stream: any RowStream) {
      self.stream = stream
    }

    /// The next row; nil after the last.
    @inlinable
    public mutating func next() async throws -> Row? {
      while position == rows.count {
        rows = []
        position = 0
        guard let batch = try await stream.next() else { return nil }
        rows = batch.of(Row.self).rows
      }
      defer { position &+= 1 }
      return rows[position]
    }
  }

  /// All rows that are left.
  @inlinable
  public func all() async throws -> [Row] {
    // The first batch is often the only one.
    guard var rows = try await stream.next()?.of(Row.self).rows else { return [] }
    while let batch = try await stream.next() {
      let more = batch.of(Row.self).rows
      let count = rows.count + more.count
      // What is reserved costs nothing until it is touched, but a move needs the old and the new memory at once. Of much
      // memory the system may refuse what is not needed.
      if count > rows.capacity {
        rows.reserveCapacity((count * MemoryLayout<Row>.stride < 64 << 20 ? 4 : 2) * count)
      }
      rows += more
    }
    return rows
  }

  /// The rows, a few thousand at a time. Of two that go through the same rows each gets a part of them.
  public var batches: PartitionBatches<Row> {
    let stream = stream
    return PartitionBatches { try await stream.next()?.of(Row.self).rows }
  }
}
