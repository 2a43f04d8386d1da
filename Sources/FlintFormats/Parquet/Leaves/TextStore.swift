internal import FlintColumns
internal import Glibc

/// Texts as a vector holds them: where each ends, and the bytes of all.
struct TextStore {
  private(set) var offsets: ColumnBuffer
  private(set) var bytes: ColumnBuffer
  private(set) var count = 0
  private(set) var capacity: Int
  private let memory: ColumnMemory

  /// No texts yet, with room for `capacity` texts of `size` bytes in all.
  init(capacity: Int, size: Int, _ memory: ColumnMemory) throws(FormatFault) {
    self.memory = memory
    self.capacity = capacity
    offsets = try memory.bytes((capacity + 1) * 4)
    bytes = try memory.bytes(size)
    offsets.pointer(to: Int32.self)[0] = 0
  }

  /// Where the texts end, the first at 0.
  var ends: UnsafeMutablePointer<Int32> { offsets.pointer(to: Int32.self) + 1 }
  /// Bytes of all texts.
  var size: Int { Int(ends[count - 1]) }

  /// Makes room for `more` texts.
  mutating func reserve(_ more: Int) throws(FormatFault) {
    guard count + more > capacity else { return }
    capacity = max(count + more, 2 * capacity)
    offsets = try memory.bytes((capacity + 1) * 4, keeping: (count + 1) * 4, of: offsets)
  }

  /// Makes room for `more` bytes of `texts` texts behind the first `size`.
  mutating func reserveBytes(_ more: Int, of texts: Int, behind size: Int) throws(FormatFault) {
    guard size + more > bytes.count else { return }
    guard size + more <= Int(Int32.max) else { throw .tooLarge("texts of one batch have more than 2 GiB") }
    // Guess what the texts that are still to come will need.
    let guess = more / max(1, texts) * max(0, capacity - count) / 8 * 9
    let wanted = max(size + more, min(size + max(guess, size / 2), Int(Int32.max)))
    bytes = try memory.bytes(wanted, keeping: size, of: bytes)
  }

  /// Forgets the texts behind the first `count`, and keeps the memory.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }
  mutating func removeAll() { count = 0 }

  /// Takes note of texts that were written behind the last one: their ends and their bytes.
  mutating func add(_ more: Int) { count += more }

  /// Adds a text.
  mutating func append(_ text: UnsafeRawBufferPointer) throws(FormatFault) {
    try reserve(1)
    let size = size
    try reserveBytes(text.count, of: 1, behind: size)
    if let source = text.baseAddress { memcpy(bytes.start + size, source, text.count) }
    ends[count] = Int32(size + text.count)
    count += 1
  }

  /// Reads `valid` texts of a page, and adds them.
  mutating func read(_ page: inout TextPage, _ valid: Int) throws(FormatFault) {
    guard valid > 0 else { return }
    try reserve(valid)
    switch page {
    case .none, .codes: throw .truncated("a page of texts")
    case .plain(let next, let end): page = .plain(try readPlain(next, end, valid), end: end)
    case .fixed(let next, let left, let width):
      guard valid <= left else { throw .truncated("a page of texts") }
      let size = size
      try fillEnds(size, width, valid)
      memcpy(bytes.start + size, next, valid * width)
      page = .fixed(next + valid * width, left: left - valid, width: width)
      count += valid
    case .lengths(let lengths, let read, let rest):
      page = .lengths(lengths, read: read + valid, try readLengths(lengths, read, rest, valid))
    case .shared(var texts):
      page = .none
      for _ in 0..<valid { try texts.next { (text) throws(FormatFault) in try append(text) } }
      page = .shared(texts)
    case .split(let source, let total, let first, let width):
      guard valid <= total - first else { throw .truncated("a page of texts") }
      let size = size
      try fillEnds(size, width, valid)
      StreamSplit.join(source, total: total, first: first, width: width, to: bytes.start + size, count: valid)
      page = .split(source, total: total, first: first + valid, width: width)
      count += valid
    }
  }

  /// Writes the ends of `valid` texts of one width behind the last, and makes room for them.
  private mutating func fillEnds(_ size: Int, _ width: Int, _ valid: Int) throws(FormatFault) {
    try reserveBytes(valid * width, of: valid, behind: size)
    let ends = ends + count
    for index in 0..<valid { ends[index] = Int32(truncatingIfNeeded: size &+ (index &+ 1) &* width) }
  }

  private mutating func readPlain(
    _ next: UnsafeRawPointer, _ end: UnsafeRawPointer, _ valid: Int
  ) throws(FormatFault) -> UnsafeRawPointer {
    // Once over the lengths, which tell how much memory is needed, and then over the bytes.
    let ends = ends + count
    let first = size
    var (place, total) = (next, first)
    for index in 0..<valid {
      guard end - place >= 4 else { throw .truncated("a page of texts") }
      let length = Int(place.loadUnaligned(as: UInt32.self))
      guard length <= end - place - 4 else { throw .truncated("a page of texts") }
      place += 4 + length
      total += length
      ends[index] = Int32(truncatingIfNeeded: total)
    }
    try reserveBytes(total - first, of: valid, behind: first)
    let target = bytes.start
    // Short texts are copied as 16 or 32 bytes, of which what is too much is overwritten by the next.
    let safe = end - 32
    var (source, from) = (next + 4, first)
    for index in 0..<valid {
      let to = Int(ends[index])
      let length = to &- from
      if length <= 32 && source <= safe {
        let (low, high) = (
          source.loadUnaligned(as: UInt128.self), source.loadUnaligned(fromByteOffset: 16, as: UInt128.self)
        )
        (target + from).storeBytes(of: low, as: UInt128.self)
        (target + (from &+ 16)).storeBytes(of: high, as: UInt128.self)
      } else {
        memcpy(target + from, source, length)
      }
      source += length &+ 4
      from = to
    }
    count += valid
    return place
  }

  private mutating func readLengths(
    _ lengths: TextLengths, _ read: Int, _ rest: UnsafeRawBufferPointer, _ valid: Int
  ) throws(FormatFault) -> UnsafeRawBufferPointer {
    guard valid <= lengths.count - read else { throw .truncated("a page of texts") }
    let first = size
    var total = first
    let (ends, source) = (ends + count, lengths.lengths + read)
    for index in 0..<valid {
      total &+= Int(source[index])
      ends[index] = Int32(truncatingIfNeeded: total)
    }
    guard total - first <= rest.count else { throw .truncated("a page of texts") }
    try reserveBytes(total - first, of: valid, behind: first)
    if let bytes = rest.baseAddress { memcpy(self.bytes.start + first, bytes, total - first) }
    count += valid
    return UnsafeRawBufferPointer(rebasing: rest[(total - first)...])
  }

  /// Moves the last `valid` texts to their places among `slots`, of which the others become empty.
  mutating func spread(slots: Int, valid: Int, _ bits: UnsafeRawPointer, start: Int) throws(FormatFault) {
    try reserve(slots - valid)
    Spreading.spread(ends: ends + (count - valid), slots: slots, valid: valid, bits, start: start)
    count += slots - valid
  }

  /// Demands that the texts from number `first` on are UTF-8.
  func requireText(from first: Int) throws(FormatFault) {
    let (start, end) = (Int((ends + first)[-1]), size)
    guard !Self.isASCII(bytes.start + start, end - start) else { return }
    let text = bytes.pointer(to: UInt8.self)
    let span = UnsafeBufferPointer(start: text + start, count: end - start).span
    guard (try? UTF8Span(validating: span)) != nil else { throw .damaged("a text is not UTF-8") }
    // Whole texts one behind another are UTF-8 too when the border between two of them cuts a character.
    for index in first..<count where index > first {
      let from = Int(ends[index - 1])
      guard from == end || text[from] & 0xC0 != 0x80 else { throw .damaged("a text is not UTF-8") }
    }
  }

  private static func isASCII(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    var (index, all) = (0, UInt64(0))
    while index &+ 32 <= count {
      let (a, b) = (
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
      )
      let (c, d) = (
        bytes.loadUnaligned(fromByteOffset: index &+ 16, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: index &+ 24, as: UInt64.self)
      )
      all |= a | b | c | d
      index &+= 32
    }
    while index < count {
      all |= UInt64(bytes.load(fromByteOffset: index, as: UInt8.self))
      index &+= 1
    }
    return all & 0x8080_8080_8080_8080 == 0
  }
}
