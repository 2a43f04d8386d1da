internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// Rows that a task has no memory for, in some parts, in a file of its own.
final class SpilledRows {
  private let file: any SpillFile
  private let schema: Schema
  private let kernels: Kernels
  private let blockSize: Int
  private var places: [[Range<Int64>]]
  private var pending: [PendingRows]

  /// No rows yet, in `parts` parts.
  init(_ parts: Int, _ schema: Schema, _ memory: StageMemory, _ kernels: Kernels) async throws {
    file = try await memory.makeSpillFile()
    self.schema = schema
    self.kernels = kernels
    blockSize = memory.blockSize
    places = Array(repeating: [], count: parts)
    pending = Array(repeating: PendingRows(), count: parts)
  }

  /// Adds a part behind the others; returns its number.
  func addPart() -> Int {
    places.append([])
    pending.append(PendingRows())
    return places.count - 1
  }

  /// Adds rows to a part. They are written when there are enough.
  func append(_ rows: Batch, to part: Int) async throws {
    guard rows.rowCount > 0 else { return }
    pending[part].append(rows)
    if pending[part].isFull || pending[part].byteCount >= blockSize { try await write(part) }
  }

  /// Deals rows to the parts by a hash of these values of each.
  func deal(_ rows: Batch, by keys: [Vector], level: Int) async throws {
    let fields = keys.enumerated().map { Field("key\($0)", $1.type) }
    let marked = Batch(
      Schema(rows.schema.fields + fields), rows.columns + keys, length: rows.length, selection: rows.selection)
    let whole = try kernels.compact(marked)
    let count = rows.columns.count
    let plain = Batch(rows.schema, Array(whole.columns[..<count]), length: whole.length)
    let dealt = try kernels.deal(
      Array(whole.columns[count...]), count: whole.length, parts: places.count, level: level)
    for (part, numbers) in dealt.enumerated() where numbers.count > 0 {
      try await append(try kernels.take(plain, numbers), to: part)
    }
  }

  /// Writes what is left. Nothing is added any more.
  func finish() async throws {
    for part in pending.indices { try await write(part) }
  }

  /// The rows of a part, in the order in which they came.
  func rows(of part: Int) -> SpilledStream {
    SpilledStream(file, places[part], schema, kernels.memory)
  }

  /// Whether a part has more than half of what was written.
  func isMost(_ part: Int) -> Bool {
    func size(_ places: [Range<Int64>]) -> Int64 { places.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }
    return 2 * size(places[part]) > places.reduce(0) { $0 + size($1) }
  }

  /// Removes the file. What ends before does so with its task.
  func remove() async { await file.remove() }

  private func write(_ part: Int) async throws {
    guard let rows = try pending[part].take(kernels) else { return }
    let worth = max(1, blockSize * rows.length / max(1, rows.byteCount))
    let step = min(BatchesStream.size, worth)
    for start in stride(from: 0, to: rows.length, by: step) {
      let piece = rows.slice(start..<min(start + step, rows.length))
      places[part].append(try await file.append(try BatchBlock.encode(piece, kernels)))
    }
  }
}

/// Rows that were spilled.
final class SpilledStream: BatchStream {
  private let file: any SpillFile
  private let schema: Schema
  private let memory: ColumnMemory
  private var places: ArraySlice<Range<Int64>>

  init(_ file: any SpillFile, _ places: [Range<Int64>], _ schema: Schema, _ memory: ColumnMemory) {
    self.file = file
    self.places = places[...]
    self.schema = schema
    self.memory = memory
  }

  func next() async throws -> Batch? {
    guard let place = places.popFirst() else { return nil }
    return try BatchBlock.decode(try await file.read(place), schema, memory)
  }
}
