internal import FlintCore
public import FlintTasks

/// Sorts more rows than fit into memory: sorted runs go to disk, and are merged as they are read.
public final class ExternalSort<Row> {
  private let kernel: SortKernel<Row>
  private let code: UserCode?
  private let context: any TaskContext
  private let memory: TaskMemory
  private var rows: [Row] = []
  private var order: [UInt32] = []
  private var position = 0
  private var rowBytes = RowWeight(of: Row.self).bytes
  private var runs: SortedRuns<Row>?
  private var merge: RunMerge<Row>?

  /// Keeps what it is given in the order of `kernel`, which calls the functions of `code`.
  public init(
    _ kernel: SortKernel<Row>, code: UserCode?, context: any TaskContext
  ) {
    self.kernel = kernel
    self.code = code
    self.context = context
    memory = TaskMemory(context)
  }

  /// Takes rows in, of about `rowBytes` bytes each: in pieces of a block's size, so that an executor with hardly any memory
  /// has room for one of them after a spill.
  public func add(_ more: [Row], rowBytes: Int) async throws {
    self.rowBytes = rowBytes
    let length = max(1, BlockSize.bytes / bytesPerRow)
    guard more.count > length else { return try await add(more[...]) }
    for start in stride(from: 0, to: more.count, by: length) {
      try await add(more[start..<min(start + length, more.count)])
    }
  }

  private func add(_ piece: ArraySlice<Row>) async throws {
    if try await !memory.grow(to: needed(piece.count), spillable: rows.isEmpty ? 0 : memory.held) {
      try await spill()
      _ = try await memory.grow(to: needed(piece.count), spillable: 0)
    }
    rows.append(contentsOf: piece)
  }

  /// No more rows follow.
  public func finish() async throws {
    guard let runs else {
      order = try sorted()
      return
    }
    if !rows.isEmpty { try await spill() }
    merge = try await runs.merge(kernel)
  }

  /// Adds the next rows to `output`, until it has `limit`; none after the last.
  public func next(_ output: inout [Row], limit: Int) async throws {
    if let merge {
      code?.enter(context)
      do { try await merge.next(&output, limit: limit) } catch { throw code?.failure(error) ?? error }
      if output.isEmpty {
        await runs?.remove()
        runs = nil
      }
      return
    }
    let end = min(position + limit, order.count)
    kernel.gather(rows, order[position..<end], &output)
    position = end
    if output.isEmpty {
      // Who has heard of the end may ask again.
      (rows, order, position) = ([], [], 0)
      await memory.shrink()
    }
  }

  /// A row, in an array that doubles, and what sorts it.
  private var bytesPerRow: Int { rowBytes + MemoryLayout<Row>.stride / 2 + 2 * MemoryLayout<SortItem>.stride }

  /// What is needed with `more` rows.
  private func needed(_ more: Int) -> Int { (rows.count + more) * bytesPerRow }

  private func sorted() throws -> [UInt32] {
    code?.enter(context)
    do { return try kernel.order(rows) } catch { throw code?.failure(error) ?? error }
  }

  private func spill() async throws {
    let runs: SortedRuns<Row>
    if let open = self.runs { runs = open } else { runs = try SortedRuns(try await context.makeSpillFile(), context) }
    self.runs = runs
    let order = try sorted()
    var position = 0
    var block: [Row] = []
    runs.begin()
    while position < order.count {
      let end = min(position + runs.rowsPerBlock, order.count)
      block.removeAll(keepingCapacity: true)
      kernel.gather(rows, order[position..<end], &block)
      try await runs.append(block)
      position = end
    }
    rows = []
    await memory.shrink()
  }
}
