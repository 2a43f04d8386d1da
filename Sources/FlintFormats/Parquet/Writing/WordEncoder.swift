internal import FlintColumns
internal import Glibc

/// Writes values that are stored in 32 or 64 bits.
final class WordEncoder: ValueEncoder {
  private let leaf: WrittenLeaf
  /// How values are written that are in no dictionary.
  private let encoding: ParquetEncoding
  private let memory: ColumnMemory
  private let width: Int
  private let dictionarySize: Int
  private var values: ByteSink
  private var dictionary: WordDictionary?

  /// - Parameter dictionarySize: bytes of a dictionary's values at most; 0 for none.
  init(
    _ leaf: WrittenLeaf, _ encoding: ParquetEncoding, dictionarySize: Int, _ memory: ColumnMemory
  ) throws(FormatFault) {
    self.leaf = leaf
    self.encoding = encoding
    self.memory = memory
    width = leaf.physical == .int64 || leaf.physical == .double ? 8 : 4
    self.dictionarySize = dictionarySize
    values = try ByteSink(memory)
    dictionary = dictionarySize > 0 ? try WordDictionary(width: width, limit: dictionarySize, memory) : nil
  }

  var count: Int { values.count / width }
  var size: Int { values.count }

  func append(_ vector: Vector, _ rows: UnsafePointer<Int32>?, start: Int, count: Int) throws(FormatFault) {
    guard vector.dictionary == nil else { return try appendCodes(vector, rows, start, count) }
    let target = try values.reserve(count * width)
    switch (vector.type.physical, leaf.physical) {
    case (.int8, _): Self.copy(vector.pointer(to: Int8.self), rows, start, count, target) { Int32($0) }
    case (.int16, _): Self.copy(vector.pointer(to: Int16.self), rows, start, count, target) { Int32($0) }
    case (.int32, _), (.float, _): Self.copy(vector.pointer(to: UInt32.self), rows, start, count, target) { $0 }
    // Decimals of few digits lie in 64 bits and are stored in 32.
    case (.int64, .int32):
      Self.copy(vector.pointer(to: Int64.self), rows, start, count, target) { Int32(truncatingIfNeeded: $0) }
    default: Self.copy(vector.pointer(to: UInt64.self), rows, start, count, target) { $0 }
    }
    values.add(count * width)
  }

  private func appendCodes(
    _ vector: Vector, _ rows: UnsafePointer<Int32>?, _ start: Int, _ count: Int
  ) throws(FormatFault) {
    guard let dictionary = vector.dictionary else { return }
    let codes = vector.codes
    let picked = (start..<start + count).map { place in codes[rows.map { Int($0[place]) } ?? place] }
    try picked.withUnsafeBufferPointer { (picked) throws(FormatFault) in
      guard let codes = picked.baseAddress else { return }
      try append(dictionary, codes, start: 0, count: count)
    }
  }

  @inline(__always)
  private static func copy<Source: BitwiseCopyable, Target: BitwiseCopyable>(
    _ source: UnsafePointer<Source>, _ rows: UnsafePointer<Int32>?, _ start: Int, _ count: Int,
    _ target: UnsafeMutableRawPointer, _ convert: (Source) -> Target
  ) {
    let target = target.assumingMemoryBound(to: Target.self)
    if let rows {
      let rows = rows + start
      for index in 0..<count { target[index] = convert(source[Int(rows[index])]) }
    } else {
      let source = source + start
      for index in 0..<count { target[index] = convert(source[index]) }
    }
  }

  func bounds() -> ValueBounds? {
    switch leaf.physical {
    case .int32: bounds(Int32.self)
    case .int64: bounds(Int64.self)
    case .float: floatBounds(Float.self, -0.0)
    case .double: floatBounds(Double.self, -0.0)
    case .boolean, .int96, .byteArray, .fixedLengthByteArray: nil
    }
  }

  private func bounds<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> ValueBounds? {
    guard count > 0 else { return nil }
    let values = values.start.assumingMemoryBound(to: Value.self)
    var (least, greatest) = (values[0], values[0])
    for index in 1..<max(1, count) {
      least = min(least, values[index])
      greatest = max(greatest, values[index])
    }
    return ValueBounds(least: Self.bytes(least), greatest: Self.bytes(greatest))
  }

  private func floatBounds<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _: Value.Type, _ negativeZero: Value
  ) -> ValueBounds? {
    let values = values.start.assumingMemoryBound(to: Value.self)
    var (least, greatest) = (Value.infinity, -Value.infinity)
    var isAny = false
    // NaN is neither, and there may be nothing but NaN.
    for index in 0..<count where !values[index].isNaN {
      least = values[index] < least ? values[index] : least
      greatest = values[index] > greatest ? values[index] : greatest
      isAny = true
    }
    guard isAny else { return nil }
    // Readers may tell the zeros apart.
    if least == 0 { least = negativeZero }
    if greatest == 0 { greatest = 0 }
    return ValueBounds(least: Self.bytes(least), greatest: Self.bytes(greatest))
  }

  private static func bytes(_ value: some BitwiseCopyable) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

  func appendHashes(to hashes: inout [UInt64]) {
    let bytes = values.bytes
    for index in 0..<count {
      hashes.append(ValueHash.hash(UnsafeRawBufferPointer(rebasing: bytes[index * width..<(index + 1) * width])))
    }
  }

  func finishPage(to sink: inout ByteSink) throws(FormatFault) -> ParquetEncoding {
    defer { values.removeAll() }
    if var dictionary, !dictionary.isFull {
      self.dictionary = nil
      let isCoded = try dictionary.encode(values.bytes, to: &sink)
      self.dictionary = dictionary
      if isCoded { return .rleDictionary }
    }
    let (bytes, count) = (values.start, count)
    switch encoding {
    case .deltaBinaryPacked:
      if width == 4 {
        try DeltaEncoder.encode(UnsafePointer(bytes.assumingMemoryBound(to: Int32.self)), count: count, to: &sink)
      } else {
        try DeltaEncoder.encode(UnsafePointer(bytes.assumingMemoryBound(to: Int64.self)), count: count, to: &sink)
      }
    case .byteStreamSplit:
      let target = try sink.reserve(values.count)
      StreamSplit.split(bytes, count: count, width: width, to: target.assumingMemoryBound(to: UInt8.self))
      sink.add(values.count)
    default:
      try sink.append(values.bytes)
      return .plain
    }
    return encoding
  }

  func finishDictionary(to sink: inout ByteSink) throws(FormatFault) -> Int? {
    guard let dictionary else { return nil }
    self.dictionary = try WordDictionary(width: width, limit: dictionarySize, memory)
    guard dictionary.isUsed else { return nil }
    try sink.append(dictionary.bytes)
    return dictionary.count
  }
}
