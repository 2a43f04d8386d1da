internal import CFlint
internal import FlintColumns
internal import FlintCore
internal import Glibc

/// Makes vectors of one column of separated texts: values straight from the bytes.
final class CSVColumn {
  let field: Field
  /// The number of the field in a record.
  let column: Int
  /// Rows of the last vector whose field could not be read, rising.
  private(set) var faulty: [Int32] = []
  /// What was wrong with the first of them.
  private(set) var fault: CSVFault?

  private let rules: CSVRules
  private let memory: ColumnMemory
  private let content: CSVContent
  private var clocks: Clocks
  private let isUTC: Bool
  /// Whether nothing but a look at every field tells its value: where blanks are left out, lengths bounded, or null
  /// is a number.
  private let needsLook: Bool

  /// Throws `unsupported-type` for columns that no text holds.
  init(_ field: Field, _ column: Int, _ rules: CSVRules, _ zone: ZoneRules, _ memory: ColumnMemory) throws(FlintError) {
    switch field.type {
    case .boolean, .int8, .int16, .int32, .int64, .float, .double, .decimal, .date, .timestamp, .string, .binary: break
    case .interval, .list, .structure, .map:
      throw FlintError(
        .unsupportedType, "the column \(field.name) of type \(field.type) cannot be read from CSV",
        remedy: "read it as a string")
    }
    (self.field, self.column, self.rules, self.memory) = (field, column, rules, memory)
    content = try CSVContent(rules, memory)
    clocks = Clocks(zone)
    isUTC = zone === ZoneRules.utc
    let options = rules.options
    let nullIsValue = rules.null.first.map { $0 < 0x3A && $0 != UInt8(ascii: "\\") } ?? false
    needsLook =
      options.ignoreLeadingWhiteSpace || options.ignoreTrailingWhiteSpace || options.maxCharsPerColumn != nil
      || nullIsValue
  }

  /// The values of some rows. `isUTF8` says whether all of their bytes are known to be that. What could not be read
  /// is null, and noted.
  func vector(_ cells: CSVCells, isUTF8: Bool) throws(FlintError) -> Vector {
    faulty.removeAll(keepingCapacity: true)
    fault = nil
    switch field.type {
    case .boolean: return try booleans(cells)
    case .int8: return try wholes(Int8.self, cells)
    case .int16: return try wholes(Int16.self, cells)
    case .int32: return try wholes(Int32.self, cells)
    case .int64: return try wholes(Int64.self, cells)
    case .float: return try values(cells, { _, _ in nil }, { NumberText.float($0) }) as Vector
    case .double: return try doubles(cells)
    case .decimal(let precision, let scale): return try decimals(cells, precision, scale)
    case .date: return try dates(cells)
    case .timestamp: return try timestamps(cells)
    case .string: return try texts(cells, isChecked: isUTF8)
    case .binary: return try texts(cells, isChecked: true)
    case .interval, .list, .structure, .map: preconditionFailure("\(field) was refused")
    }
  }

  // MARK: Values of a fixed width.

  /// Reads each field by `fast` or, where that gives nothing, as its content by `slow`.
  @inline(__always)
  private func values<Value: BitwiseCopyable & Sendable>(
    _ cells: CSVCells, _ fast: (UnsafePointer<UInt8>, Int) -> Value?,
    _ slow: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(FlintError) -> Vector {
    let builder = try ValueBuilder<Value>(field.type, capacity: cells.count, memory)
    let target = builder.values
    let bytes = cells.bytes
    let looks = needsLook
    for row in 0..<cells.count {
      let (start, count) = cells.place(row)
      if !looks, let value = fast(bytes + start, count) {
        target[row] = value
        continue
      }
      if count == 0, !looks, rules.null.isEmpty {
        memset(target + row, 0, MemoryLayout<Value>.size)
        try builder.validity.setNull(row, capacity: cells.count)
        continue
      }
      switch try content.value(bytes + start, count, isText: false) {
      case .text(let text, let length):
        if let value = fast(text, length) ?? slow(UnsafeBufferPointer(start: text, count: length)) {
          target[row] = value
          continue
        }
        note(row, .field(start, reason(text, length)))
      case .broken(let why): note(row, .field(start, why))
      case .null: break
      }
      memset(target + row, 0, MemoryLayout<Value>.size)
      try builder.validity.setNull(row, capacity: cells.count)
    }
    builder.count = cells.count
    return try builder.finish()
  }

  private func wholes<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _: Value.Type, _ cells: CSVCells
  ) throws(FlintError) -> Vector {
    try values(
      cells, { FastText.whole($0, $1).flatMap { Value(exactly: $0) } },
      { NumberText.whole($0, isLenient: false).flatMap { Value(exactly: $0) } })
  }

  private func doubles(_ cells: CSVCells) throws(FlintError) -> Vector {
    let powers = try memory.buffer(FastText.powers.count * 8)
    let table = powers.pointer(to: Double.self)
    for (index, power) in FastText.powers.enumerated() { table[index] = power }
    return try withExtendedLifetime(powers) { () throws(FlintError) in
      try values(cells, { FastText.double($0, $1, table) }, { NumberText.double($0) })
    }
  }

  private func decimals(_ cells: CSVCells, _ precision: Int, _ scale: Int) throws(FlintError) -> Vector {
    let limit = (0..<precision).reduce(Int128(1)) { power, _ in power * 10 }
    func exact(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
      NumberText.decimal(text, scale: scale).flatMap { $0.magnitude < limit.magnitude ? $0 : nil }
    }
    if field.type.physical == .int128 {
      return try values(cells, { _, _ -> Int128? in nil }, exact)
    }
    let most = UInt64(limit)
    let powers = try memory.buffer(20 * 8)
    let table = powers.pointer(to: UInt64.self)
    table[0] = 1
    for power in 1..<20 { table[power] = table[power - 1] &* 10 }
    return try withExtendedLifetime(powers) { () throws(FlintError) in
      try values(
        cells,
        { (start: UnsafePointer<UInt8>, count: Int) -> Int64? in
          guard let digits = FastText.digits(start, count), digits.fraction <= scale else { return nil }
          let (value, overflow) = digits.value.multipliedReportingOverflow(by: table[scale &- digits.fraction])
          guard !overflow, value < most else { return nil }
          return digits.isNegative ? 0 &- Int64(bitPattern: value) : Int64(bitPattern: value)
        }, { exact($0).map { Int64(truncatingIfNeeded: $0) } })
    }
  }

  private func dates(_ cells: CSVCells) throws(FlintError) -> Vector {
    if let pattern = rules.date { return try values(cells, { _, _ in nil }, { pattern.day($0) }) as Vector }
    return try values(cells, { FastText.date($0, $1) }, { TimeText.date($0) })
  }

  private func timestamps(_ cells: CSVCells) throws(FlintError) -> Vector {
    var clocks = self.clocks
    if let pattern = rules.timestamp {
      return try values(cells, { _, _ in nil }, { pattern.moment($0, &clocks) }) as Vector
    }
    if isUTC {
      return try values(cells, { FastText.timestamp($0, $1) }, { TimeText.timestamp($0, &clocks) })
    }
    return try values(
      cells, { FastText.timestamp($0, $1).map { clocks.moment($0) } }, { TimeText.timestamp($0, &clocks) })
  }

  // MARK: Booleans and texts.

  private func booleans(_ cells: CSVCells) throws(FlintError) -> Vector {
    let builder = try BitBuilder(capacity: cells.count, memory)
    for row in 0..<cells.count {
      let (start, count) = cells.place(row)
      switch try content.value(cells.bytes + start, count, isText: false) {
      case .text(let text, let length):
        if let value = Self.boolean(text, length) {
          try builder.append(value)
          continue
        }
        note(row, .field(start, reason(text, length)))
      case .broken(let why): note(row, .field(start, why))
      case .null: break
      }
      try builder.appendNull()
    }
    return try builder.finish()
  }

  /// `true` and `false` in upper or lower case.
  static func boolean(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    func says(_ word: StaticString) -> Bool {
      count == word.utf8CodeUnitCount && (0..<count).allSatisfy { text[$0] | 32 == word.utf8Start[$0] }
    }
    return says("true") ? true : says("false") ? false : nil
  }

  private func texts(_ cells: CSVCells, isChecked: Bool) throws(FlintError) -> Vector {
    var total = cells.count * rules.empty.count
    for row in 0..<cells.count { total &+= max(0, cells.place(row).count) }
    let builder = try TextBuilder(field.type, capacity: cells.count, bytes: total, memory)
    let offsets = builder.offsets
    var target = UnsafeMutableRawPointer(builder.bytes)
    let (bytes, quote) = (cells.bytes, rules.quote ?? 0)
    let looks = needsLook || !isChecked || !rules.null.isEmpty
    var written = 0
    for row in 0..<cells.count {
      let (start, count) = cells.place(row)
      let text = UnsafeRawPointer(bytes + start)
      if !looks, count > 0, bytes[start] != quote {
        // Behind the end of memory for texts there is room for as much.
        if count <= 32 {
          target.copyMemory(from: text, byteCount: 32)
        } else {
          memcpy(target, text, count)
        }
        written &+= count
        target += count
        offsets[row &+ 1] = Int32(truncatingIfNeeded: written)
        continue
      }
      let added = try slowly(row, start, count, isChecked, cells, builder, at: written)
      written += added
      target = UnsafeMutableRawPointer(builder.bytes) + written
      offsets[row &+ 1] = Int32(truncatingIfNeeded: written)
    }
    builder.count = cells.count
    builder.byteCount = written
    return try builder.finish()
  }

  /// Adds the bytes of one field, and returns how many they are.
  private func slowly(
    _ row: Int, _ start: Int, _ count: Int, _ isChecked: Bool, _ cells: CSVCells, _ builder: TextBuilder,
    at written: Int
  ) throws(FlintError) -> Int {
    switch try content.value(cells.bytes + start, count, isText: true) {
    case .text(let text, let length):
      guard isChecked || flint_is_utf8(text, length) else {
        note(row, .encoding(start))
        break
      }
      builder.byteCount = written
      try builder.reserveBytes(max(length, 1))
      memcpy(builder.bytes + written, text, length)
      return length
    case .broken(let why): note(row, .field(start, why))
    case .null: break
    }
    try builder.validity.setNull(row, capacity: cells.count)
    return 0
  }

  // MARK: Faults.

  private func note(_ row: Int, _ fault: CSVFault) {
    faulty.append(Int32(row))
    // What is not UTF-8 is an error in every mode, so it counts before anything else.
    if case .encoding? = self.fault { return }
    if case .encoding = fault { self.fault = fault } else if self.fault == nil { self.fault = fault }
  }

  private func reason(_ text: UnsafePointer<UInt8>, _ count: Int) -> String {
    let shown = String(decoding: UnsafeBufferPointer(start: text, count: min(count, 100)), as: UTF8.self)
    return "'\(shown)' is no \(field.type), which the column \(field.name) is"
  }
}
