internal import FlintColumns
internal import FlintCore

/// Columns of which a row has more than one value, or whose nulls lie at different depths.
extension ColumnReader {
  nonisolated(nonsending) func readLevels(_ count: Int) async throws -> LeafResult {
    var levels = try LevelStore(capacity: count, hasRepetition: column.repetition > 0, memory)
    var validity = ValidityStore(capacity: count, memory)
    try leaf.start(capacity: count)
    try await takeRows(count) { (page, range) throws(FormatFault) in
      try levels.append(page, range)
      try readEntries(page, range, &validity)
    }
    row += count
    return LeafResult(
      vector: try leaf.finish(validity.validity, nullCount: validity.nullCount), levels: levels)
  }

  nonisolated(nonsending) func skipLevels(_ count: Int) async throws {
    var todo = count
    if levelPage.left == 0, let jumped = try await jump(todo) { todo -= jumped }
    while levelPage.left == 0, todo > 0, case .dataV2(let page) = try await nextPage().kind, page.rowCount <= todo {
      // Pages of the second kind end with a row.
      skipPage()
      todo -= page.rowCount
      row += page.rowCount
    }
    guard todo > 0 else { return }
    try await takeRows(todo) { (page, range) throws(FormatFault) in
      guard let definitions = page.definitions else { return }
      var valid = 0
      for index in range { valid += definitions[index] == UInt8(column.definition) ? 1 : 0 }
      try leaf.skip(valid)
    }
    row += todo
  }

  /// Gives the entries of the next `count` rows to `body`, those of one page after another.
  nonisolated(nonsending) private func takeRows(
    _ count: Int, _ body: (LevelPage, Range<Int>) throws(FormatFault) -> Void
  ) async throws {
    var begun = 0
    while true {
      if levelPage.left == 0 {
        // Without repetition every entry is a row; else the last row may go on in the next page.
        if begun == count && column.repetition == 0 { return }
        guard try await openPageIfAny() else { break }
      }
      let first = levelPage.position
      let end = try rowsEnd(&begun, count)
      if end > first { try body(levelPage, first..<end) }
      levelPage.position = end
      if levelPage.left > 0 { return }
    }
    guard begun == count else { throw FormatFault.damaged("it ends after \(row + begun) of \(rowCount) rows") }
  }

  /// Where in the page the entries of the rows end, of which `begun` have begun before.
  private func rowsEnd(_ begun: inout Int, _ count: Int) throws(FormatFault) -> Int {
    guard let repetitions = levelPage.repetitions else {
      let step = min(levelPage.left, count - begun)
      begun += step
      return levelPage.position + step
    }
    var index = levelPage.position
    guard begun > 0 || repetitions[index] == 0 else { throw .damaged("a row begins within another one") }
    while index < levelPage.count {
      if repetitions[index] == 0 {
        if begun == count { break }
        begun += 1
      }
      index += 1
    }
    return index
  }

  /// Reads the values of some entries of the page.
  private func readEntries(
    _ page: LevelPage, _ range: Range<Int>, _ validity: inout ValidityStore
  ) throws(FormatFault) {
    guard let definitions = page.definitions else { return }
    let (bits, start) = (try validity.reserve(range.count), validity.count)
    let (slotLevel, valueLevel) = (UInt8(column.slotLevel), UInt8(column.definition))
    var (slots, valid) = (0, 0)
    for index in range {
      let level = definitions[index]
      guard level >= slotLevel else { continue }
      let isThere = level == valueLevel
      BitRuns.fill(bits, start: start + slots, count: 1, isThere)
      slots += 1
      valid += isThere ? 1 : 0
    }
    validity.add(slots, valid: valid)
    try leaf.read(slots: slots, valid: valid, valid == slots ? nil : UnsafeRawPointer(bits), start: start)
  }
}
