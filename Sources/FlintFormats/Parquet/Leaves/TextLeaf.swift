internal import FlintColumns

/// Makes vectors of texts and of bytes. As long as the pages of a batch use the dictionary, so does its vector.
final class TextLeaf: LeafDecoder {
  private let type: DataType
  /// Bytes of a value in the file, where all have the same.
  private let width: Int?
  private let memory: ColumnMemory
  private var page = TextPage.none
  private var dictionary: Vector?
  /// Numbers of dictionary values, as long as nothing but such was read.
  private var codes: ColumnBuffer?
  private var codeCount = 0
  private var capacity = 0
  private var texts: TextStore
  private var isText: Bool { type == .string }

  /// - Parameter width: bytes of a value in the file, where all have the same.
  init(_ type: DataType, width: Int?, _ memory: ColumnMemory) throws(FormatFault) {
    self.type = type
    self.width = width
    self.memory = memory
    texts = try TextStore(capacity: 0, size: 0, memory)
  }

  func start(capacity: Int) throws(FormatFault) {
    self.capacity = capacity
    codes = nil
    codeCount = 0
    if texts.count > 0 { texts = try TextStore(capacity: 0, size: 0, memory) }
  }

  func startChunk() {
    page = .none
    // Numbers that were read are of the old dictionary, so a batch ends with its chunk.
    dictionary = nil
  }

  func setDictionary(_ bytes: UnsafeRawBufferPointer, of _: ColumnBuffer?, count: Int) throws(FormatFault) {
    // Each takes its length, or its width, at least.
    guard count <= bytes.count / max(1, width ?? 4) else { throw .truncated("a dictionary page") }
    var page = try TextPage(.plain, bytes, count: count, width: width, memory)
    var store = try TextStore(capacity: count, size: bytes.count, memory)
    try store.read(&page, count)
    if isText && count > 0 { try store.requireText(from: 0) }
    dictionary = Vector(
      type, count: count, .text(offsets: store.offsets, start: 0, bytes: store.bytes))
  }

  func startPage(
    _ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int
  ) throws(FormatFault) {
    if encoding.isDictionary && dictionary == nil {
      throw .damaged("a page uses a dictionary that is not there")
    }
    page = try TextPage(encoding, bytes, count: count, width: width, memory)
  }

  func read(slots: Int, valid: Int, _ bits: UnsafeRawPointer?, start: Int) throws(FormatFault) {
    if case .codes(var pageCodes) = page, texts.count == 0, let dictionary {
      page = .none
      let place = try reserveCodes(slots)
      try pageCodes.read(place, count: valid, below: dictionary.count)
      page = .codes(pageCodes)
      if let bits {
        Spreading.spread(UnsafeMutableRawPointer(place), width: 4, slots: slots, valid: valid, bits, start: start)
      }
      codeCount += slots
      return
    }
    if codeCount > 0 { try spellOut() }
    let first = texts.count
    if texts.capacity < capacity { try texts.reserve(capacity - first) }
    if case .codes(var pageCodes) = page, let dictionary {
      page = .none
      try append(&pageCodes, valid, of: dictionary)
      page = .codes(pageCodes)
    } else {
      try texts.read(&page, valid)
      if isText && valid > 0 { try texts.requireText(from: first) }
    }
    if let bits { try texts.spread(slots: slots, valid: valid, bits, start: start) }
  }

  func skip(_ count: Int) throws(FormatFault) {
    if case .codes(var codes) = page {
      try codes.skip(count)
      page = .codes(codes)
      return
    }
    var (left, step) = (count, 0)
    while left > 0 {
      // What is stepped over is read all the same, but not kept.
      step = min(left, 4096)
      var skipped = try TextStore(capacity: step, size: 0, memory)
      try skipped.read(&page, step)
      left -= step
    }
  }

  func finish(_ validity: Validity?, nullCount: Int) throws(FormatFault) -> Vector {
    if codeCount > 0, dictionary?.count == 0 { try spellOut() }
    if let codes, codeCount > 0, let dictionary {
      return Vector(
        type, count: codeCount, validity: validity, nullCount: nullCount,
        .dictionary(codes: codes, start: 0, dictionary: dictionary))
    }
    return Vector(
      type, count: texts.count, validity: validity, nullCount: nullCount,
      .text(offsets: texts.offsets, start: 0, bytes: texts.bytes))
  }

  private func reserveCodes(_ more: Int) throws(FormatFault) -> UnsafeMutablePointer<Int32> {
    let buffer: ColumnBuffer
    if let codes {
      if (codeCount + more) * 4 > codes.count {
        buffer = try memory.bytes(max(codeCount + more, codeCount * 2) * 4, keeping: codeCount * 4, of: codes)
      } else {
        buffer = codes
      }
    } else {
      buffer = try memory.bytes(max(capacity, more) * 4)
    }
    codes = buffer
    return buffer.pointer(to: Int32.self) + codeCount
  }

  /// Turns the numbers so far into their texts, since texts follow that are in no dictionary.
  private func spellOut() throws(FormatFault) {
    guard let codes, let dictionary else { return }
    try texts.reserve(max(capacity, codeCount))
    let numbers = codes.pointer(to: Int32.self)
    for index in 0..<codeCount {
      // Null stands over some number of the dictionary, unless that has none.
      let text = dictionary.count == 0 ? nil : dictionary.text(Int(numbers[index]))
      try texts.append(UnsafeRawBufferPointer(text ?? UnsafeBufferPointer(start: nil, count: 0)))
    }
    self.codes = nil
    codeCount = 0
  }

  private func append(_ codes: inout PageCodes, _ count: Int, of dictionary: Vector) throws(FormatFault) {
    let scratch = try memory.bytes(count * 4)
    let numbers = scratch.pointer(to: Int32.self)
    try codes.read(numbers, count: count, below: dictionary.count)
    for index in 0..<count { try texts.append(UnsafeRawBufferPointer(dictionary.text(Int(numbers[index])))) }
    withExtendedLifetime(scratch) {}
  }
}
