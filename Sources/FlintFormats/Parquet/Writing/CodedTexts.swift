internal import FlintColumns

/// The texts of a page as numbers of a chunk's dictionary.
struct CodedTexts {
  private(set) var dictionary: TextDictionary
  private var codes: ByteSink
  /// The numbers of the texts of the last vector that had a dictionary of its own; -1 for those that were not needed.
  private var known: (dictionary: Vector, numbers: [Int32])?
  /// Texts of the dictionary before the page.
  private var before = 0
  /// Whether a page was written.
  private(set) var isUsed = false

  init(limit: Int, _ memory: ColumnMemory) throws(FormatFault) {
    dictionary = try TextDictionary(limit: limit, memory)
    codes = try ByteSink(memory)
  }

  var count: Int { codes.count / 4 }
  private var numbers: UnsafePointer<UInt32> { UnsafePointer(codes.start.assumingMemoryBound(to: UInt32.self)) }

  /// Adds the texts with the numbers `rows`, or those from number `start` on. Returns how many it took: fewer when the
  /// dictionary would become too large.
  mutating func append(
    _ vector: Vector, _ rows: UnsafePointer<Int32>?, start: Int, count: Int
  ) throws(FormatFault) -> Int {
    let target = try codes.reserve(count * 4).assumingMemoryBound(to: UInt32.self)
    if let texts = vector.dictionary { return try append(vector, texts, rows, start, count, target) }
    let (offsets, bytes) = (vector.offsets, UnsafeRawPointer(vector.bytes))
    for index in 0..<count {
      let row = rows.map { Int($0[start + index]) } ?? start + index
      let first = Int(offsets[row])
      let text = UnsafeRawBufferPointer(start: bytes + first, count: Int(offsets[row + 1]) - first)
      guard let number = try dictionary.number(text) else {
        codes.add(index * 4)
        return index
      }
      target[index] = number
    }
    codes.add(count * 4)
    return count
  }

  /// Adds a text; false, and nothing, when the dictionary would become too large.
  mutating func append(_ text: UnsafeRawBufferPointer) throws(FormatFault) -> Bool {
    guard let number = try dictionary.number(text) else { return false }
    try codes.append(number)
    return true
  }

  private mutating func append(
    _ vector: Vector, _ texts: Vector, _ rows: UnsafePointer<Int32>?, _ start: Int, _ count: Int,
    _ target: UnsafeMutablePointer<UInt32>
  ) throws(FormatFault) -> Int {
    var numbers =
      known?.dictionary === texts ? known?.numbers ?? [] : [Int32](repeating: -1, count: texts.count)
    known = nil
    let codes = vector.codes
    var taken = 0
    while taken < count {
      let code = Int(codes[rows.map { Int($0[start + taken]) } ?? start + taken])
      if numbers[code] < 0 {
        guard let number = try dictionary.number(UnsafeRawBufferPointer(texts.text(code))) else { break }
        numbers[code] = Int32(number)
      }
      target[taken] = UInt32(truncatingIfNeeded: numbers[code])
      taken += 1
    }
    known = (texts, numbers)
    self.codes.add(taken * 4)
    return taken
  }

  /// Whether the page hardly has a text twice, so that a dictionary is of no use. Asked before the first page is written.
  var isUseless: Bool { !isUsed && count >= 1024 && (dictionary.texts.count - before) * 4 >= count * 3 }

  /// The numbers of the page, each once.
  var different: [Int] {
    var isSeen = [Bool](repeating: false, count: dictionary.texts.count)
    var different: [Int] = []
    let numbers = numbers
    for index in 0..<count where !isSeen[Int(numbers[index])] {
      isSeen[Int(numbers[index])] = true
      different.append(Int(numbers[index]))
    }
    return different
  }

  /// Writes the page, and begins the next.
  mutating func finishPage(to sink: inout ByteSink) throws(FormatFault) {
    isUsed = true
    try CodePage.write(numbers, count: count, of: dictionary.texts.count, to: &sink)
    codes.removeAll()
    before = dictionary.texts.count
  }

  /// Gives the texts of the page to a store, and takes those out of the dictionary that no page needs.
  mutating func spellOut(to store: inout TextStore) throws(FormatFault) {
    let numbers = numbers
    for index in 0..<count {
      try store.append(UnsafeRawBufferPointer(dictionary.texts.text(Int(numbers[index]))))
    }
    codes.removeAll()
    dictionary.forget(behind: before)
  }
}
