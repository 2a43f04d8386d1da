internal import FlintColumns
internal import FlintCompression
internal import FlintCore

/// Makes the body of a message of vectors: their buffers one behind another, each at a multiple of 64 bytes, and the lists of
/// what lies where.
struct ArrowEncoder {
  private(set) var body: ByteSink
  /// Of each column and part of one: how many values, and how many of them are null.
  private(set) var nodes: [Int64] = []
  /// Of each buffer: where it begins, and its length.
  private(set) var buffers: [Int64] = []
  private var plain: ByteSink
  private let compressor: BlockCompressor?
  private let memory: ColumnMemory

  static let alignment = 64

  init(_ compressor: BlockCompressor?, _ memory: ColumnMemory) throws(FormatFault) {
    self.compressor = compressor
    self.memory = memory
    body = try ByteSink(memory)
    plain = try ByteSink(memory)
  }

  /// Forgets what was added.
  mutating func removeAll() {
    body.removeAll()
    nodes.removeAll(keepingCapacity: true)
    buffers.removeAll(keepingCapacity: true)
  }

  /// Adds a column, or the values of a dictionary when `isDictionary`.
  mutating func add(_ vector: Vector, _ column: ArrowColumn, isDictionary: Bool = false) throws(FormatFault) {
    nodes += [Int64(vector.count), Int64(vector.nullCount)]
    try addValidity(vector)
    if let dictionary = column.dictionary, !isDictionary {
      let codes = try dictionary.codes(vector, memory)
      return try addBuffer { (sink) throws(FormatFault) in
        try sink.append(UnsafeRawBufferPointer(start: codes.start, count: vector.count * 4))
      }
    }
    let flat: Vector
    do throws(FlintError) { flat = try vector.flat(memory) } catch { throw .other(error) }
    defer { withExtendedLifetime(flat) {} }
    switch flat.form {
    case .bits: try addBuffer { (sink) throws(FormatFault) in try Self.append(flat.bits, flat.count, to: &sink) }
    case .values(let buffer, let start): try addValues(flat, buffer, start)
    case .text: try addTexts(flat)
    case .list(_, _, let elements):
      let range = try addOffsets(flat)
      try add(elements.slice(range), column.parts[0])
    case .structure(let parts): for (part, inner) in zip(parts, column.parts) { try add(part, inner) }
    case .map(_, _, let keys, let values):
      let range = try addOffsets(flat)
      // The entries are a structure that is never null.
      nodes += [Int64(range.count), 0]
      try addBuffer { (_) throws(FormatFault) in }
      try add(keys.slice(range), column.parts[0])
      try add(values.slice(range), column.parts[1])
    case .dictionary: preconditionFailure("a flat vector has no dictionary")
    }
  }

  // MARK: Buffers.

  private mutating func addBuffer(_ write: (inout ByteSink) throws(FormatFault) -> Void) throws(FormatFault) {
    let start = body.count
    if let compressor {
      plain.removeAll()
      try write(&plain)
      if plain.count > 0 { try compress(compressor) }
    } else {
      try write(&body)
    }
    buffers += [Int64(start), Int64(body.count - start)]
    let surplus = body.count % Self.alignment
    if surplus > 0 { try body.append([UInt8](repeating: 0, count: Self.alignment - surplus)) }
  }

  private mutating func compress(_ compressor: BlockCompressor) throws(FormatFault) {
    let start = body.count
    try body.append(Int64(plain.count))
    let size: Int
    do throws(FlintError) {
      let bound = try compressor.bound(plain.count)
      do throws(FormatFault) {
        let target = UnsafeMutableRawBufferPointer(start: try body.reserve(bound), count: bound)
        size = try Self.compressed(plain.bytes, target, compressor)
      } catch { throw error.writingError("a buffer") }
    } catch { throw .other(error) }
    if size < plain.count { return body.add(size) }
    // What does not become smaller is kept as it is.
    body.truncate(to: start)
    try body.append(Int64(-1))
    try body.append(plain.bytes)
  }

  private static func compressed(
    _ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer, _ compressor: BlockCompressor
  ) throws(FormatFault) -> Int {
    do throws(FlintError) { return try compressor.compress(bytes, into: target) } catch { throw .other(error) }
  }

  private mutating func addValidity(_ vector: Vector) throws(FormatFault) {
    try addBuffer { (sink) throws(FormatFault) in
      if let validity = vector.validity { try Self.append(validity.bits, vector.count, to: &sink) }
    }
  }

  private static func append(_ bits: BitPointer, _ count: Int, to sink: inout ByteSink) throws(FormatFault) {
    let place = try sink.reserve((count + 63) / 64 * 8)
    for index in stride(from: 0, to: count, by: 64) {
      place.storeBytes(of: bits.word(index), toByteOffset: index / 8, as: UInt64.self)
    }
    // Behind the last bit of its byte lies nothing.
    if count % 8 > 0 {
      let last = place.load(fromByteOffset: count / 8, as: UInt8.self)
      place.storeBytes(of: last & (1 << UInt8(count % 8) - 1), toByteOffset: count / 8, as: UInt8.self)
    }
    sink.add((count + 7) / 8)
  }

  private mutating func addValues(_ vector: Vector, _ buffer: ColumnBuffer, _ start: Int) throws(FormatFault) {
    switch vector.type {
    case .decimal where vector.type.physical == .int64:
      // Every reader knows decimals of 128 bits.
      let values = vector.pointer(to: Int64.self)
      try addConverted(vector.count) { Int128(values[$0]) }
    case .interval: try addIntervals(vector)
    default:
      let width = vector.type.physical.width ?? 0
      let bytes = UnsafeRawBufferPointer(start: buffer.start + start * width, count: vector.count * width)
      try addBuffer { (sink) throws(FormatFault) in try sink.append(bytes) }
    }
  }

  private mutating func addIntervals(_ vector: Vector) throws(FormatFault) {
    let values = vector.pointer(to: Interval.self)
    for row in 0..<vector.count where !vector.isNull(row) {
      guard !values[row].microseconds.multipliedReportingOverflow(by: 1000).overflow else {
        throw .unsupported("an interval is longer than 292 years of nanoseconds")
      }
    }
    try addConverted(vector.count) { row in
      let value = values[row]
      let nanoseconds = UInt128(truncatingIfNeeded: value.microseconds &* 1000) << 64
      let days = UInt128(UInt32(bitPattern: value.days)) << 32
      return nanoseconds | days | UInt128(UInt32(bitPattern: value.months))
    }
  }

  private mutating func addConverted<Value: BitwiseCopyable>(
    _ count: Int, _ body: (Int) -> Value
  ) throws(FormatFault) {
    let width = MemoryLayout<Value>.size
    try addBuffer { (sink) throws(FormatFault) in
      let place = try sink.reserve(count * width)
      for row in 0..<count { place.storeBytes(of: body(row), toByteOffset: row * width, as: Value.self) }
      sink.add(count * width)
    }
  }

  // MARK: Offsets.

  private mutating func addTexts(_ vector: Vector) throws(FormatFault) {
    let range = try addOffsets(vector)
    try addBuffer { (sink) throws(FormatFault) in
      try sink.append(UnsafeRawBufferPointer(start: vector.bytes + range.lowerBound, count: range.count))
    }
  }

  /// Adds offsets from 0 on, and returns where the values lie that they lead to.
  private mutating func addOffsets(_ vector: Vector) throws(FormatFault) -> Range<Int> {
    guard vector.count > 0 else {
      try addBuffer { (sink) throws(FormatFault) in try sink.append(Int32(0)) }
      return 0..<0
    }
    let offsets = vector.offsets
    let first = offsets[0]
    try addConverted(vector.count + 1) { offsets[$0] &- first }
    return Int(first)..<Int(offsets[vector.count])
  }
}
