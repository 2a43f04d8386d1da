internal import FlintColumns

/// Makes vectors of values that have a fixed width in the file and in memory.
final class FixedLeaf: LeafDecoder {
  /// The values of the page that are not read yet.
  private enum Page {
    case none
    case plain(UnsafeRawPointer, left: Int)
    case codes(PageCodes)
    case delta(DeltaDecoder)
    case split(UnsafePointer<UInt8>, total: Int, first: Int)
    case shared(SharedTexts)
  }

  private let type: DataType
  private let conversion: ValueConversion
  /// Bytes of a value in the file.
  private let sourceWidth: Int
  /// Bytes of a value in memory.
  private let width: Int
  private let memory: ColumnMemory
  private var page = Page.none
  private var values: ColumnBuffer
  private var capacity = 0
  private var count = 0
  private var dictionary: ColumnBuffer?
  private var dictionaryCount = 0
  /// Values before their conversion, or numbers of dictionary values.
  private var scratch: ColumnBuffer

  /// Values that are converted, or looked up, at once: few enough to stay near the processor.
  private static let chunk = 4096

  init(
    _ type: DataType, _ conversion: ValueConversion, sourceWidth: Int, _ memory: ColumnMemory
  ) throws(FormatFault) {
    self.type = type
    self.conversion = conversion
    self.sourceWidth = sourceWidth
    self.memory = memory
    guard let width = type.physical.width else { preconditionFailure("\(type) has no fixed width") }
    precondition(conversion != .none || width == sourceWidth, "\(type) does not have \(sourceWidth) bytes")
    self.width = width
    values = try memory.bytes(0)
    scratch = try memory.bytes(Self.chunk * max(4, conversion == .none ? 0 : sourceWidth))
  }

  func start(capacity: Int) throws(FormatFault) {
    values = try memory.bytes(capacity * width)
    self.capacity = capacity
    count = 0
  }

  func startChunk() {
    dictionary = nil
    dictionaryCount = 0
    page = .none
  }

  func setDictionary(_ bytes: UnsafeRawBufferPointer, of owner: ColumnBuffer?, count: Int) throws(FormatFault) {
    guard bytes.count / sourceWidth >= count else { throw .truncated("a dictionary page") }
    dictionaryCount = count
    if conversion == .none, let owner, let first = bytes.baseAddress, first == UnsafeRawPointer(owner.start) {
      dictionary = owner
      return
    }
    let dictionary = try memory.bytes(count * width)
    if count > 0, let source = bytes.baseAddress {
      if conversion == .none {
        dictionary.start.copyMemory(from: source, byteCount: count * width)
      } else {
        try conversion.convert(source, count, to: dictionary.start)
      }
    }
    self.dictionary = dictionary
  }

  func startPage(
    _ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int
  ) throws(FormatFault) {
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    switch encoding {
    case .plain: page = .plain(start, left: bytes.count / sourceWidth)
    case .rleDictionary, .plainDictionary:
      guard dictionary != nil else { throw .damaged("a page uses a dictionary that is not there") }
      page = .codes(try PageCodes(bytes))
    case .deltaBinaryPacked:
      guard sourceWidth == 4 || sourceWidth == 8 else { throw Self.unfit(encoding) }
      page = .delta(try DeltaDecoder(bytes))
    case .byteStreamSplit:
      guard bytes.count.isMultiple(of: sourceWidth) else { throw .truncated("a page") }
      page = .split(start.assumingMemoryBound(to: UInt8.self), total: bytes.count / sourceWidth, first: 0)
    case .deltaByteArray: page = .shared(try SharedTexts(bytes, memory))
    case .rle, .bitPacked, .deltaLengthByteArray: throw Self.unfit(encoding)
    }
  }

  func read(slots: Int, valid: Int, _ bits: UnsafeRawPointer?, start: Int) throws(FormatFault) {
    if count + slots > capacity {
      capacity = max(count + slots, capacity * 2)
      values = try memory.bytes(capacity * width, keeping: count * width, of: values)
    }
    let target = values.start + count * width
    if case .codes = page {
      try readCodes(target, valid)
    } else if conversion == .none {
      try readPlain(target, valid)
    } else {
      var done = 0
      while done < valid {
        let step = min(valid - done, Self.chunk)
        try readPlain(scratch.start, step)
        try conversion.convert(scratch.start, step, to: target + done * width)
        done += step
      }
    }
    if let bits { Spreading.spread(target, width: width, slots: slots, valid: valid, bits, start: start) }
    count += slots
  }

  func skip(_ skipped: Int) throws(FormatFault) {
    switch page {
    case .codes(var codes):
      try codes.skip(skipped)
      page = .codes(codes)
    case .plain(let next, let left):
      guard skipped <= left else { throw .truncated("a page") }
      page = .plain(next + skipped * sourceWidth, left: left - skipped)
    case .split(let bytes, let total, let first):
      guard skipped <= total - first else { throw .truncated("a page") }
      page = .split(bytes, total: total, first: first + skipped)
    case .none, .delta, .shared:
      var left = skipped
      let room = scratch.count / sourceWidth
      while left > 0 {
        let step = min(left, room)
        try readPlain(scratch.start, step)
        left -= step
      }
    }
  }

  func finish(_ validity: Validity?, nullCount: Int) throws(FormatFault) -> Vector {
    Vector(type, count: count, validity: validity, nullCount: nullCount, .values(values, start: 0))
  }

  private static func unfit(_ encoding: ParquetEncoding) -> FormatFault {
    .damaged("numbers are not written in the encoding \(encoding)")
  }

  private func readCodes(_ target: UnsafeMutableRawPointer, _ valid: Int) throws(FormatFault) {
    guard case .codes(var codes) = page, let dictionary else { return }
    page = .none
    defer { page = .codes(codes) }
    let numbers = scratch.pointer(to: Int32.self)
    var done = 0
    while done < valid {
      let step = min(valid - done, Self.chunk)
      try codes.read(numbers, count: step, below: dictionaryCount)
      let place = target + done * width
      switch width {
      case 1: Self.gather(dictionary.pointer(to: UInt8.self), numbers, step, place)
      case 2: Self.gather(dictionary.pointer(to: UInt16.self), numbers, step, place)
      case 4: Self.gather(dictionary.pointer(to: UInt32.self), numbers, step, place)
      case 8: Self.gather(dictionary.pointer(to: UInt64.self), numbers, step, place)
      default: Self.gather(dictionary.pointer(to: UInt128.self), numbers, step, place)
      }
      done += step
    }
  }

  @inline(__always)
  private static func gather<Value: BitwiseCopyable>(
    _ dictionary: UnsafeMutablePointer<Value>, _ numbers: UnsafeMutablePointer<Int32>, _ count: Int,
    _ target: UnsafeMutableRawPointer
  ) {
    let target = target.assumingMemoryBound(to: Value.self)
    for index in 0..<count { target[index] = dictionary[Int(truncatingIfNeeded: numbers[index])] }
  }

  /// Reads values as they are in the file.
  private func readPlain(_ target: UnsafeMutableRawPointer, _ valid: Int) throws(FormatFault) {
    switch page {
    case .none, .codes: if valid > 0 { throw .truncated("a page") }
    case .plain(let next, let left):
      guard valid <= left else { throw .truncated("a page") }
      target.copyMemory(from: next, byteCount: valid * sourceWidth)
      page = .plain(next + valid * sourceWidth, left: left - valid)
    case .delta(var delta):
      if sourceWidth == 4 {
        try delta.read(target.assumingMemoryBound(to: Int32.self), count: valid)
      } else {
        try delta.read(target.assumingMemoryBound(to: Int64.self), count: valid)
      }
      page = .delta(delta)
    case .split(let bytes, let total, let first):
      guard valid <= total - first else { throw .truncated("a page") }
      StreamSplit.join(bytes, total: total, first: first, width: sourceWidth, to: target, count: valid)
      page = .split(bytes, total: total, first: first + valid)
    case .shared(var texts):
      page = .none
      defer { page = .shared(texts) }
      for index in 0..<valid {
        try texts.next { (text) throws(FormatFault) in
          guard text.count == sourceWidth, let start = text.baseAddress else {
            throw .damaged("a value does not have \(sourceWidth) bytes")
          }
          (target + index * sourceWidth).copyMemory(from: start, byteCount: sourceWidth)
        }
      }
    }
  }
}
