internal import FlintColumns
internal import Glibc

/// Writes texts, and values of a fixed number of bytes.
final class TextEncoder: ValueEncoder {
  private let leaf: WrittenLeaf
  private let encoding: ParquetEncoding
  private let dictionarySize: Int
  private let memory: ColumnMemory
  /// The texts of the page, unless they have numbers.
  private var texts: TextStore
  private var coded: CodedTexts?
  /// Whether the dictionary takes no more texts: they would be too many to be worth it.
  private var isFull: Bool
  /// Bytes of each value, where all have the same.
  private var width: Int? { leaf.physical == .fixedLengthByteArray ? leaf.typeLength : nil }

  /// Longer bounds are not noted, or shortened where they can be.
  private static let longestBound = 128

  init(
    _ leaf: WrittenLeaf, _ encoding: ParquetEncoding, dictionarySize: Int, _ memory: ColumnMemory
  ) throws(FormatFault) {
    self.leaf = leaf
    self.encoding = encoding
    self.dictionarySize = dictionarySize
    self.memory = memory
    texts = try TextStore(capacity: 1024, size: 4096, memory)
    coded = dictionarySize > 0 ? try CodedTexts(limit: dictionarySize, memory) : nil
    isFull = dictionarySize == 0
  }

  var count: Int { texts.count + (coded?.count ?? 0) }
  var size: Int { texts.size + (width == nil ? 4 * texts.count : 0) + 4 * (coded?.count ?? 0) }

  func append(_ vector: Vector, _ rows: UnsafePointer<Int32>?, start: Int, count: Int) throws(FormatFault) {
    if leaf.physical == .fixedLengthByteArray { return try appendFixed(vector, rows, start, count) }
    var taken = 0
    if !isFull, var coded {
      self.coded = nil
      taken = try coded.append(vector, rows, start: start, count: count)
      self.coded = coded
      if taken == count { return }
      try spellOut()
    }
    if vector.dictionary == nil, rows == nil {
      return try texts.append(vector.offsets + (start + taken), vector.bytes, count: count - taken)
    }
    for place in start + taken..<start + count {
      try texts.append(UnsafeRawBufferPointer(vector.text(rows.map { Int($0[place]) } ?? place)))
    }
  }

  /// Goes on without the dictionary, which is kept for the pages that use it.
  private func spellOut() throws(FormatFault) {
    isFull = true
    guard var coded else { return }
    self.coded = nil
    try coded.spellOut(to: &texts)
    self.coded = coded
  }

  /// Appends decimals as big-endian numbers, and intervals.
  private func appendFixed(
    _ vector: Vector, _ rows: UnsafePointer<Int32>?, _ start: Int, _ count: Int
  ) throws(FormatFault) {
    for place in start..<start + count {
      let row = rows.map { Int($0[place]) } ?? place
      if leaf.type == .interval {
        let bytes = try Self.stored(vector.pointer(to: Interval.self)[row])
        try bytes.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
          try append(UnsafeRawBufferPointer(bytes))
        }
      } else {
        let number = vector.pointer(to: Int128.self)[row].bigEndian
        try append(number)
      }
    }
  }

  private func append(_ text: UnsafeRawBufferPointer) throws(FormatFault) {
    if !isFull, var coded {
      self.coded = nil
      let isTaken = try coded.append(text)
      self.coded = coded
      if isTaken { return }
      try spellOut()
    }
    try texts.append(text)
  }

  private func append(_ number: Int128) throws(FormatFault) {
    var number = number
    let size = leaf.typeLength
    var fault: FormatFault?
    withUnsafeBytes(of: &number) { bytes in
      do throws(FormatFault) {
        try append(UnsafeRawBufferPointer(rebasing: bytes[(16 - size)...]))
      } catch { fault = error }
    }
    if let fault { throw fault }
  }

  private static func stored(_ interval: Interval) throws(FormatFault) -> [UInt8] {
    let (millis, rest) = interval.microseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest == 0, let stored = UInt32(exactly: millis) else {
      throw .unsupported("an interval of \(interval.microseconds) microseconds is no whole number of milliseconds")
    }
    return withUnsafeBytes(of: interval.months.littleEndian) { Array($0) }
      + withUnsafeBytes(of: interval.days.littleEndian) { Array($0) }
      + withUnsafeBytes(of: stored.littleEndian) { Array($0) }
  }

  func bounds() -> ValueBounds? {
    guard count > 0, leaf.order != .none else { return nil }
    let store = texts.count > 0 ? texts : coded?.dictionary.texts ?? texts
    let order = TextOrder(store, isSigned: leaf.order == .bigEndian)
    var (least, greatest) = (0, 0)
    if texts.count > 0 {
      for index in 1..<max(1, count) {
        if order.isLess(index, least) { least = index }
        if order.isLess(greatest, index) { greatest = index }
      }
    } else if let different = coded?.different, let first = different.first {
      (least, greatest) = (first, first)
      for index in different {
        if order.isLess(index, least) { least = index }
        if order.isLess(greatest, index) { greatest = index }
      }
    }
    return Self.bounds(store.text(least), store.text(greatest))
  }

  private static func bounds(
    _ least: UnsafeBufferPointer<UInt8>, _ greatest: UnsafeBufferPointer<UInt8>
  ) -> ValueBounds? {
    guard greatest.count <= longestBound else { return nil }
    var first = Array(least.prefix(longestBound))
    // What is cut off makes the bound less, which is no harm; a character is not cut.
    if first.count == longestBound && least.count > longestBound {
      while let byte = first.last, byte & 0xC0 == 0x80 { first.removeLast() }
      if let byte = first.last, byte >= 0xC0 { first.removeLast() }
    }
    return ValueBounds(least: first, greatest: Array(greatest))
  }

  func appendHashes(to hashes: inout [UInt64]) {
    for index in 0..<texts.count { hashes.append(ValueHash.hash(UnsafeRawBufferPointer(texts.text(index)))) }
    guard let coded, coded.count > 0 else { return }
    for number in coded.different {
      hashes.append(ValueHash.hash(UnsafeRawBufferPointer(coded.dictionary.texts.text(number))))
    }
  }

  func finishPage(to sink: inout ByteSink) throws(FormatFault) -> ParquetEncoding {
    defer { texts.removeAll() }
    if coded?.isUseless == true && !isFull { try spellOut() }
    if !isFull, var coded {
      self.coded = nil
      try coded.finishPage(to: &sink)
      self.coded = coded
      return .rleDictionary
    }
    switch (encoding, width) {
    case (.deltaLengthByteArray, nil):
      try texts.writeLengths(to: &sink)
      try sink.append(texts.all)
    case (.deltaByteArray, _): try texts.writeShared(to: &sink)
    case (.byteStreamSplit, let width?):
      let target = try sink.reserve(texts.size)
      StreamSplit.split(
        texts.bytes.start, count: count, width: width, to: target.assumingMemoryBound(to: UInt8.self))
      sink.add(texts.size)
    default:
      try texts.writePlain(hasLengths: width == nil, to: &sink)
      return .plain
    }
    return encoding
  }

  func finishDictionary(to sink: inout ByteSink) throws(FormatFault) -> Int? {
    guard let coded else { return nil }
    self.coded = try CodedTexts(limit: dictionarySize, memory)
    isFull = false
    guard coded.isUsed else { return nil }
    try coded.dictionary.texts.writePlain(hasLengths: width == nil, to: &sink)
    return coded.dictionary.texts.count
  }
}
