public import FlintCore

extension Kernels {
  /// A number of 64 bits for each row of some columns of equal length, the same in every process. Values that are the same
  /// have the same number: also NaN and NaN, -0.0 and 0.0, null and null; and decimals of one type.
  public func hash(_ columns: [Vector], count: Int) throws(FlintError) -> ColumnBuffer {
    let buffer = try memory.buffer(count * 8)
    let hashes = buffer.pointer(to: UInt64.self)
    for row in 0..<count { hashes[row] = 0 }
    for column in columns {
      precondition(column.count == count, "columns of different lengths have no rows")
      try hash(column, into: hashes)
      withExtendedLifetime(column) {}
    }
    return buffer
  }

  private func hash(_ vector: Vector, into hashes: UnsafeMutablePointer<UInt64>) throws(FlintError) {
    switch vector.form {
    case .dictionary(_, _, let dictionary):
      let each = try hash([dictionary], count: dictionary.count)
      let words = each.pointer(to: UInt64.self)
      let codes = vector.codes
      add(vector, hashes) { words[Int(codes[$0])] }
      withExtendedLifetime(each) {}
    case .bits:
      let bits = vector.bits
      add(vector, hashes) { bits[$0] ? 1 : 0 }
    case .values: hashValues(vector, hashes)
    case .text:
      let offsets = vector.offsets
      let bytes = UnsafeRawPointer(vector.bytes)
      add(vector, hashes) { row in
        let start = Int(offsets[row])
        return Mixer.hash(bytes + start, count: Int(offsets[row &+ 1]) &- start)
      }
    case .structure(let parts):
      let each = try hash(parts, count: vector.count)
      let words = each.pointer(to: UInt64.self)
      add(vector, hashes) { words[$0] }
      withExtendedLifetime(each) {}
    case .list(_, _, let elements): try hashRanges(vector, [elements], hashes)
    case .map(_, _, let keys, let values): try hashRanges(vector, [keys, values], hashes)
    }
  }

  private func hashValues(_ vector: Vector, _ hashes: UnsafeMutablePointer<UInt64>) {
    switch vector.type.physical {
    case .int8: hashWholes(vector, Int8.self, hashes)
    case .int16: hashWholes(vector, Int16.self, hashes)
    case .int32: hashWholes(vector, Int32.self, hashes)
    case .int64: hashWholes(vector, Int64.self, hashes)
    case .float:
      let values = vector.pointer(to: Float.self)
      add(vector, hashes) { UInt64(values[$0].keyBits) }
    case .double:
      let values = vector.pointer(to: Double.self)
      add(vector, hashes) { values[$0].keyBits }
    case .int128:
      let values = vector.pointer(to: Int128.self)
      add(vector, hashes) { Self.folded(values[$0]) }
    case .interval:
      let values = vector.pointer(to: Interval.self)
      add(vector, hashes) { Self.folded(values[$0].span) }
    case .bit, .text, .list, .structure, .map: break
    }
  }

  private static func folded(_ value: Int128) -> UInt64 {
    UInt64(truncatingIfNeeded: value) ^ Mixer.hash(UInt64(truncatingIfNeeded: value >> 64))
  }

  @inline(__always)
  private func hashWholes<Value: FixedWidthInteger & BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ hashes: UnsafeMutablePointer<UInt64>
  ) {
    let values = vector.pointer(to: Value.self)
    add(vector, hashes) { UInt64(truncatingIfNeeded: values[$0]) }
  }

  /// Takes a word of each row into its hash.
  @inline(__always)
  private func add(_ vector: Vector, _ hashes: UnsafeMutablePointer<UInt64>, _ word: (Int) -> UInt64) {
    guard let there = vector.validity?.bits else {
      for row in 0..<vector.count { hashes[row] = Mixer.hash(word(row), after: hashes[row]) }
      return
    }
    for row in 0..<vector.count {
      hashes[row] = Mixer.hash(there[row] ? word(row) : Self.nullWord, after: hashes[row])
    }
  }

  private static let nullWord: UInt64 = 0x6E75_6C6C

  private func hashRanges(
    _ vector: Vector, _ parts: [Vector], _ hashes: UnsafeMutablePointer<UInt64>
  ) throws(FlintError) {
    let each = try hash(parts, count: parts[0].count)
    let words = each.pointer(to: UInt64.self)
    let offsets = vector.offsets
    add(vector, hashes) { row in
      var hash = UInt64(truncatingIfNeeded: offsets[row &+ 1] &- offsets[row])
      for index in offsets[row]..<offsets[row &+ 1] { hash = Mixer.hash(words[Int(index)], after: hash) }
      return hash
    }
    withExtendedLifetime(each) {}
  }
}

extension Double {
  /// Bits that are equal for equal values: one NaN, one zero.
  @inline(__always)
  var keyBits: UInt64 { self == 0 ? 0 : self == self ? bitPattern : Double.nan.bitPattern }
}

extension Float {
  /// Bits that are equal for equal values: one NaN, one zero.
  @inline(__always)
  var keyBits: UInt32 { self == 0 ? 0 : self == self ? bitPattern : Float.nan.bitPattern }
}
