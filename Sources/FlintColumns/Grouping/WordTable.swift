internal import FlintCore

/// Numbers keys of one word by their first appearance.
///
/// Numbers that name things, and days, lie close together, and then a ``KeySpan`` takes less memory than a table with free
/// slots, and a fraction of the time. So whenever the table had to grow, its keys are looked at. What lies apart from the
/// others, or has a null, stays in the table.
struct WordTable {
  private var table: KeyTable<OneWordKey>
  private var span: KeySpan?
  /// Which keys there are, of a table that is only looked in.
  private var sieve: KeySieve?
  /// Whether too many keys came that lay apart: then it is a table for good.
  private var isScattered = false
  /// Whether all keys of a batch may still be looked at for what a span must hold: once a batch, since it takes a while.
  private var looksFar = true
  private let memory: ColumnMemory

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    table = try KeyTable(memory)
  }

  var heldBytes: Int { table.heldBytes + (span?.heldBytes ?? 0) + (sieve?.heldBytes ?? 0) }

  /// The same keys, to be looked in many times and never changed.
  func finished() throws(FlintError) -> WordTable {
    guard span == nil else { return self }
    var finished = self
    do throws(FlintError) {
      finished.sieve = try KeySieve(table, memory)
    } catch {
      // Without memory for it all keys are looked for in the table.
      guard error.code == .memoryBudgetExceeded else { throw error }
    }
    return finished
  }

  /// Writes the number of each key; new ones are added, and the rows in which they came are written to `fresh`. Returns how
  /// many those are.
  mutating func insert(
    _ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    var start = 0
    var freshCount = 0
    looksFar = true
    while start < keys.count {
      let rows = start..<min(start + HashStep.rows, keys.count)
      if span == nil, !isScattered, table.mustGrow(rows.count) { try gather(keys, start..<keys.count) }
      if let span {
        freshCount += try insert(keys, rows, into: span, numbers, fresh: fresh + freshCount)
      } else {
        freshCount += try table.insert(keys, rows, numbers, fresh: fresh + freshCount)
      }
      start = rows.upperBound
    }
    return freshCount
  }

  /// Writes the number of each key, -1 for one that is not there.
  func find(_ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>) {
    guard let span else { return findApart(keys, numbers) }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: HashStep.rows) { room in
      guard let missing = room.baseAddress else { return }
      for start in stride(from: 0, to: keys.count, by: HashStep.rows) {
        let words = KeyWords(keys, from: start)
        let count = min(HashStep.rows, keys.count - start)
        let missingCount = span.find(words, count, numbers + start, missing: missing)
        if table.used == 0 { continue }
        for index in 0..<missingCount {
          let row = Int(missing[index])
          numbers[start + row] = table.find(OneWordKey(words, row))
        }
      }
    }
  }

  /// Finds keys in the table, without those that the sieve knows not to be there.
  private func findApart(_ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>) {
    guard let sieve, keys.nulls == nil else { return table.find(keys, numbers) }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * HashStep.rows) { room in
      guard let words = room.baseAddress else { return }
      let rows = UnsafeMutableRawPointer(words + HashStep.rows).assumingMemoryBound(to: Int32.self)
      let found = rows + HashStep.rows
      for start in stride(from: 0, to: keys.count, by: HashStep.rows) {
        let count = min(HashStep.rows, keys.count - start)
        let all = keys.low + start
        let wanted = sieve.rows(all, count, rows)
        for index in 0..<wanted { words[index] = all[Int(truncatingIfNeeded: rows[index])] }
        table.find(KeyWords(low: words, high: nil, nulls: nil), wanted, found)
        for row in 0..<count { numbers[start + row] = -1 }
        for index in 0..<wanted { numbers[start + Int(truncatingIfNeeded: rows[index])] = found[index] }
      }
    }
  }

  // MARK: Keys that lie close together.

  private mutating func insert(
    _ keys: KeyBatch, _ rows: Range<Int>, into narrow: KeySpan, _ numbers: UnsafeMutablePointer<Int32>,
    fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    let start = rows.lowerBound
    let words = KeyWords(keys, from: start)
    let missing = try memory.buffer(rows.count * 4)
    let missingRows = missing.pointer(to: Int32.self)
    let missingCount = narrow.find(words, rows.count, numbers + start, missing: missingRows)
    var freshCount = 0
    var span = narrow
    var isWide = false
    for index in 0..<missingCount {
      let row = Int(missingRows[index])
      let key = OneWordKey(words, row)
      if !isWide, !key.hasNull, !span.contains(key.word) {
        isWide = true
        span = try widen(span, keys, start..<keys.count)
        self.span = span
      }
      let isInside = !key.hasNull && span.contains(key.word)
      var number = isInside ? span[key.word] : table.find(key)
      if number < 0 {
        number = Int32(truncatingIfNeeded: table.next)
        if isInside {
          span[key.word] = number
        } else {
          try table.add(key, number: number)
        }
        table.next += 1
        fresh[freshCount] = Int32(truncatingIfNeeded: start + row)
        freshCount += 1
      }
      numbers[start + row] = number
    }
    // What lies apart costs more than it would alone.
    if table.used * 8 > table.next + 8 * HashStep.rows { try scatter(span) }
    withExtendedLifetime(missing) {}
    return freshCount
  }

  /// How many words a span for some keys may have: as many as take the place of a table for them.
  private static func limit(_ count: Int) -> Int {
    KeyTable<OneWordKey>.slotCount(count) * MemoryLayout<KeyTable<OneWordKey>.Slot>.stride / 4
  }

  /// Makes a span of all keys if they lie close enough, also together with those in `rows`.
  private mutating func gather(_ keys: KeyBatch, _ rows: Range<Int>) throws(FlintError) {
    var words: KeySpan.Words?
    try table.forEach { (key, _) throws(FlintError) in
      if !key.hasNull { words = Self.union(words, Int64(bitPattern: key.word)...Int64(bitPattern: key.word)) }
    }
    guard let words, let count = KeySpan.count(words), count <= Self.limit(table.used + HashStep.rows) else { return }
    span = try moved(into: try widen(try KeySpan(words, memory), keys, rows))
  }

  /// A span that holds what comes next too, if that is close enough; otherwise the same.
  private mutating func widen(
    _ span: KeySpan, _ keys: KeyBatch, _ rows: Range<Int>
  ) throws(FlintError) -> KeySpan {
    // All that is known to come, or if that is too far apart, at least the next rows.
    let next = rows.lowerBound..<min(rows.lowerBound + HashStep.rows, rows.upperBound)
    for rows in looksFar ? [rows, next] : [next] {
      looksFar = rows.count == next.count
      guard let words = Self.union(span.words, KeySpan.words(of: keys, rows)), let count = KeySpan.count(words) else {
        continue
      }
      let limit = Self.limit(table.next + rows.count)
      guard count <= limit else { continue }
      return try moved(into: try span.widened(to: Self.spared(words, limit - count, from: span.words), memory))
    }
    return span
  }

  /// Up to `most` words more on the side where the old ones ended: keys that rise or fall should not make each batch move
  /// all numbers.
  private static func spared(_ words: KeySpan.Words, _ most: Int, from old: KeySpan.Words) -> KeySpan.Words {
    let spare = Int64(min(most, KeySpan.count(old) ?? 0))
    if words.upperBound > old.upperBound {
      let (end, overflow) = words.upperBound.addingReportingOverflow(spare)
      return words.lowerBound...(overflow ? .max : end)
    }
    let (start, overflow) = words.lowerBound.subtractingReportingOverflow(spare)
    return (overflow ? .min : start)...words.upperBound
  }

  /// Moves the table's keys into a span, as far as it holds them.
  private mutating func moved(into span: KeySpan) throws(FlintError) -> KeySpan {
    var rest = try KeyTable<OneWordKey>(memory)
    rest.next = table.next
    try table.forEach { (key, number) throws(FlintError) in
      if !key.hasNull, span.contains(key.word) {
        span[key.word] = number
      } else {
        try rest.add(key, number: number)
      }
    }
    table = rest
    return span
  }

  /// Moves all keys into the table, for good.
  private mutating func scatter(_ span: KeySpan) throws(FlintError) {
    try span.forEach { (word, number) throws(FlintError) in try table.add(OneWordKey(word), number: number) }
    self.span = nil
    isScattered = true
  }

  static func union(_ one: KeySpan.Words?, _ other: KeySpan.Words?) -> KeySpan.Words? {
    guard let one, let other else { return one ?? other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }
}
