internal import FlintColumns
internal import FlintCore

/// Reads the rows of one leaf, page by page: flat ones here, others with their levels in an extension.
///
/// One reader serves the chunks of its column one after another, one user at a time.
final class ColumnReader {
  /// Which values of a flat page are there.
  private enum Presence {
    case all
    case runs(HybridDecoder)
  }

  let column: LeafColumn
  let memory: ColumnMemory
  let leaf: any LeafDecoder
  private let source: PageSource
  /// Rows of the chunk that are read or stepped over, and those that it has.
  var row = 0
  private(set) var rowCount = 0
  private var chunkStart: Int64 = 0
  private var offsets: OffsetIndex?
  private var hasDictionary = false
  private var hasData = false
  /// A data page whose body is still in the file.
  private var pending: PageHeader?
  private var presence = Presence.all
  /// Entries of a flat page that are not read yet.
  private var left = 0
  /// The levels of the page, where the column is not flat.
  var levelPage = LevelPage()

  init(_ column: LeafColumn, _ source: PageSource, _ memory: ColumnMemory) throws(FormatFault) {
    self.column = column
    self.source = source
    self.memory = memory
    leaf = try column.plan.decoder(column.type, memory)
  }

  /// Whether it is of use to know which chunk follows.
  var looksAhead: Bool { source.looksAhead }

  /// Begins a chunk of `rowCount` rows. `offsets` lead to its pages, where they are known; `following` is likely to be the
  /// next one.
  func startChunk(_ chunk: ColumnChunk, rowCount: Int, offsets: OffsetIndex?, following: ColumnChunk?) throws {
    let following = following.flatMap { $0.codec == chunk.codec ? $0.place : nil }
    try source.start(chunk.codec, at: chunk.place, following: following)
    self.rowCount = rowCount
    chunkStart = chunk.start
    self.offsets = offsets
    row = 0
    left = 0
    pending = nil
    (hasDictionary, hasData) = (false, false)
    levelPage = LevelPage()
    leaf.startChunk()
  }

  /// The next `count` rows.
  nonisolated(nonsending) func read(_ count: Int) async throws -> LeafResult {
    guard column.isFlat else { return try await readLevels(count) }
    var validity = ValidityStore(capacity: count, memory)
    try leaf.start(capacity: count)
    var done = 0
    while done < count {
      if left == 0 { try await openPage() }
      let step = min(left, count - done)
      try readFlat(step, &validity)
      left -= step
      done += step
    }
    row += count
    return LeafResult(
      vector: try leaf.finish(validity.validity, nullCount: validity.nullCount), levels: nil)
  }

  /// Steps over `count` rows.
  nonisolated(nonsending) func skip(_ count: Int) async throws {
    guard count > 0 else { return }
    guard column.isFlat else { return try await skipLevels(count) }
    var todo = count
    while todo > 0 {
      if left == 0 {
        if let jumped = try await jump(todo) { todo -= jumped }
        let header = try await nextPage()
        let entries = header.entryCount
        if entries <= todo {
          skipPage()
          todo -= entries
          row += entries
          continue
        }
        try await openPage()
      }
      let step = min(left, todo)
      try skipFlat(step)
      left -= step
      todo -= step
      row += step
    }
  }

  private func readFlat(_ count: Int, _ validity: inout ValidityStore) throws(FormatFault) {
    guard case .runs(var runs) = presence else {
      try validity.addValid(count)
      return try leaf.read(slots: count, valid: count, nil, start: 0)
    }
    // Most pages of most columns have no nulls, and say so in one run.
    if try runs.repeats(of: 1, upTo: count) == count {
      try runs.skip(count)
      presence = .runs(runs)
      try validity.addValid(count)
      return try leaf.read(slots: count, valid: count, nil, start: 0)
    }
    let (bits, start) = (try validity.reserve(count), validity.count)
    let valid = try runs.readBits(bits, start: start, count: count)
    presence = .runs(runs)
    validity.add(count, valid: valid)
    try leaf.read(slots: count, valid: valid, bits, start: start)
  }

  private func skipFlat(_ count: Int) throws(FormatFault) {
    guard case .runs(var runs) = presence else { return try leaf.skip(count) }
    let scratch = try memory.bytes((count + 63) / 64 * 8)
    let valid = try runs.readBits(scratch.start, start: 0, count: count)
    presence = .runs(runs)
    try leaf.skip(valid)
  }
}

extension ColumnReader {
  /// Opens the next data page. The chunk must have one.
  nonisolated(nonsending) func openPage() async throws {
    guard try await openPageIfAny() else { throw FormatFault.damaged("it ends after \(row) of \(rowCount) rows") }
  }

  /// Opens the next data page, or returns false when there is none.
  nonisolated(nonsending) func openPageIfAny() async throws -> Bool {
    guard let header = try await nextPageIfAny() else { return false }
    pending = nil
    var bytes = try await source.body()
    let levels: PageLevels
    let encoding: ParquetEncoding
    switch header.kind {
    case .data(let page):
      levels = try PageLevels(page, &bytes, column)
      encoding = page.encoding
    case .dataV2(let page):
      levels = try PageLevels(page, &bytes, column)
      encoding = page.encoding
    case .dictionary, .other: preconditionFailure("no data page")
    }
    let count = header.entryCount
    if column.isFlat {
      switch levels.definitions {
      case .constant(let level):
        guard level == column.definition else { throw FormatFault.damaged("a page has no levels") }
        presence = .all
      case .runs(let runs): presence = .runs(runs)
      }
      left = count
    } else {
      levelPage = try LevelPage(
        levels, count: count, definition: column.definition, repetition: column.repetition, memory)
    }
    try leaf.startPage(encoding, bytes, count: count)
    return true
  }

  /// The header of the next data page, whose body is still in the file. The chunk must have one.
  nonisolated(nonsending) func nextPage() async throws -> PageHeader {
    guard let header = try await nextPageIfAny() else {
      throw FormatFault.damaged("it ends after \(row) of \(rowCount) rows")
    }
    return header
  }

  /// Steps over the data page whose header ``nextPage()`` gave.
  func skipPage() {
    pending = nil
    source.skipBody()
  }

  nonisolated(nonsending) private func nextPageIfAny() async throws -> PageHeader? {
    if let pending { return pending }
    while let header = try await source.next() {
      switch header.kind {
      case .data, .dataV2:
        hasData = true
        // Pages without entries are of no use, and there might be any number of them.
        if header.entryCount == 0 {
          source.skipBody()
          continue
        }
        pending = header
        return header
      case .dictionary(let count, let encoding):
        guard !hasDictionary, !hasData else { throw FormatFault.damaged("it has a second or a late dictionary") }
        guard encoding == .plain || encoding == .plainDictionary else {
          throw FormatFault.damaged("its dictionary is written in the encoding \(encoding)")
        }
        hasDictionary = true
        let bytes = try await source.body()
        try leaf.setDictionary(bytes, of: source.owner, count: count)
      case .other: source.skipBody()
      }
    }
    return nil
  }

  /// Goes to the page that holds the row `count` rows on, if the page index leads there and it is not the next one.
  /// Returns how many rows it stepped over.
  nonisolated(nonsending) func jump(_ count: Int) async throws -> Int? {
    guard let pages = offsets?.pages, !pages.isEmpty else { return nil }
    let target = Int64(row + count)
    // The last page that begins at the row or before it.
    var (low, high) = (0, pages.count)
    while low < high {
      let middle = (low + high) / 2
      if pages[middle].firstRow <= target { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let page = pages[low - 1]
    let first = Int(page.firstRow)
    guard first > row else { return nil }
    // The dictionary stands before all of them.
    if !hasData { _ = try await nextPageIfAny() }
    guard page.offset >= chunkStart, page.offset < source.end else {
      throw FormatFault.damaged("its page index leads out of it")
    }
    pending = nil
    source.jump(to: page.offset)
    defer { row = first }
    return first - row
  }
}

extension PageHeader {
  /// Values and nulls of a data page.
  var entryCount: Int {
    switch kind {
    case .data(let page): page.valueCount
    case .dataV2(let page): page.valueCount
    case .dictionary, .other: 0
    }
  }
}
