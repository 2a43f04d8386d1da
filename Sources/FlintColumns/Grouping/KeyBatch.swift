internal import FlintCore
internal import Glibc

/// The keys of some rows as up to two words each and a mask of nulls, side by side: what tables of words look for.
final class KeyBatch {
  let count: Int
  let isPair: Bool
  private let memory: ColumnMemory
  private let first: ColumnBuffer
  private let second: ColumnBuffer?
  private var nullMask: ColumnBuffer?
  /// Whether a column was written to each of the words; until then they hold anything.
  private var hasFirst = false
  private var hasSecond = false

  /// Keys of `count` rows without any column.
  init(_ count: Int, isPair: Bool, _ memory: ColumnMemory) throws(FlintError) {
    self.count = count
    self.isPair = isPair
    self.memory = memory
    first = try memory.buffer(count * 8)
    second = isPair ? try memory.buffer(count * 8) : nil
  }

  var low: UnsafeMutablePointer<UInt64> { first.pointer() }
  var high: UnsafeMutablePointer<UInt64>? { second?.pointer() }
  /// A bit for each column that is null; nil when none is.
  var nulls: UnsafeMutablePointer<UInt32>? { nullMask?.pointer() }

  /// Adds the bits of a column: values from bit `shift` on, null as zero and bit number `column` of the mask.
  func add(_ vector: Vector, at shift: Int, column: Int, rows: UnsafePointer<Int32>?) throws(FlintError) {
    try maskNulls(vector, column, rows)
    switch vector.type.physical {
    case .bit:
      let bits = vector.bits
      add(rows, shift, vector.validity) { bits[$0] ? 1 : 0 }
    case .int8: addWholes(vector, UInt8.self, shift, rows)
    case .int16: addWholes(vector, UInt16.self, shift, rows)
    case .int32: addWholes(vector, UInt32.self, shift, rows)
    case .int64: addWholes(vector, UInt64.self, shift, rows)
    case .float:
      let values = vector.pointer(to: Float.self)
      add(rows, shift, vector.validity) { UInt64(values[$0].keyBits) }
    case .double:
      let values = vector.pointer(to: Double.self)
      add(rows, shift, vector.validity) { values[$0].keyBits }
    case .int128:
      let values = vector.pointer(to: UInt128.self)
      add(rows, 0, vector.validity) { UInt64(truncatingIfNeeded: values[$0]) }
      add(rows, 64, vector.validity) { UInt64(truncatingIfNeeded: values[$0] &>> 64) }
    case .interval:
      let values = vector.pointer(to: Interval.self)
      add(rows, 0, vector.validity) { UInt64(truncatingIfNeeded: values[$0].span) }
      add(rows, 64, vector.validity) { UInt64(truncatingIfNeeded: values[$0].span &>> 64) }
    case .text, .list, .structure, .map: preconditionFailure("\(vector.type) has no bits of its own")
    }
  }

  /// Adds numbers that stand for values, -1 for null.
  func add(numbers: UnsafePointer<Int32>, at shift: Int) {
    add(nil, shift, nil) { UInt64(UInt32(bitPattern: numbers[$0])) }
  }

  private func addWholes<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ shift: Int, _ rows: UnsafePointer<Int32>?
  ) {
    let values = vector.pointer(to: Value.self)
    add(rows, shift, vector.validity) { UInt64(values[$0]) }
  }

  @inline(__always)
  private func add(
    _ rows: UnsafePointer<Int32>?, _ shift: Int, _ validity: Validity?, _ bits: (Int) -> UInt64
  ) {
    let target = shift < 64 ? low : high.unsafelyUnwrapped
    let place = UInt64(shift & 63)
    // The first column of a word is written, all others are added.
    let isFirst = shift < 64 ? !hasFirst : !hasSecond
    if shift < 64 { hasFirst = true } else { hasSecond = true }
    switch (rows, validity?.bits) {
    case (nil, nil):
      if isFirst {
        for row in 0..<count { target[row] = bits(row) &<< place }
      } else {
        for row in 0..<count { target[row] |= bits(row) &<< place }
      }
    case (let rows?, nil):
      if isFirst { zero(target) }
      for index in 0..<count { target[index] |= bits(Int(rows[index])) &<< place }
    case (nil, let there?):
      if isFirst {
        for row in 0..<count { target[row] = (there[row] ? bits(row) : 0) &<< place }
      } else {
        for row in 0..<count { target[row] |= (there[row] ? bits(row) : 0) &<< place }
      }
    case (let rows?, let there?):
      if isFirst { zero(target) }
      for index in 0..<count {
        let row = Int(rows[index])
        target[index] |= (there[row] ? bits(row) : 0) &<< place
      }
    }
  }

  private func zero(_ words: UnsafeMutablePointer<UInt64>) { memset(words, 0, count * 8) }

  /// Sets the bit of a column where it is null.
  func maskNulls(_ vector: Vector, _ column: Int, _ rows: UnsafePointer<Int32>?) throws(FlintError) {
    guard let there = vector.validity?.bits else { return }
    let isFirst = nullMask == nil
    if isFirst { nullMask = try memory.buffer(count * 4, isZeroed: rows != nil) }
    guard let nulls else { return }
    let bit = UInt32(1) << UInt32(column)
    if rows == nil, isFirst {
      for row in 0..<count { nulls[row] = there[row] ? 0 : bit }
    } else if let rows {
      for index in 0..<count { nulls[index] |= there[Int(truncatingIfNeeded: rows[index])] ? 0 : bit }
    } else {
      for row in 0..<count { nulls[row] |= there[row] ? 0 : bit }
    }
  }
}
