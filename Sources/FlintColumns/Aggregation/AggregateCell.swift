internal import FlintCore

/// What one function remembers of one key. Zeros are a cell that has seen nothing.
protocol AggregateCell: BitwiseCopyable {
  associatedtype Value: BitwiseCopyable

  /// Whether values may be added in any order, with the same result to the last bit.
  static var isCommutative: Bool { get }
  mutating func add(_ value: Value)
  mutating func merge(_ other: Self)
  /// What ``add(_:of:)`` takes in; nil for cells that must see each value.
  static func totals(_ rows: RowsByKey, _ input: Vector) throws(FlintError) -> KeyTotals?
  /// Takes in the sum of some values.
  mutating func add(_ total: Int64, of count: Int64)
}

extension AggregateCell {
  static func totals(_: RowsByKey, _: Vector) throws(FlintError) -> KeyTotals? { nil }
  mutating func add(_: Int64, of _: Int64) {}
}

/// A sum in 64 bits, which remembers that it overflowed.
struct SumCell<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>: AggregateCell {
  static var isCommutative: Bool { true }
  private(set) var sum: Int64
  /// Bit 0: there was a value. Bit 1: there was an overflow.
  private var marks: Int64

  var hasValue: Bool { marks & 1 != 0 }
  var hasOverflow: Bool { marks & 2 != 0 }

  @inline(__always)
  mutating func add(_ value: Value) { add(Int64(value), 1) }

  mutating func merge(_ other: SumCell) { add(other.sum, other.marks) }

  static func totals(_ rows: RowsByKey, _ input: Vector) throws(FlintError) -> KeyTotals? {
    try rows.totals(input, Value.self)
  }

  mutating func add(_ total: Int64, of count: Int64) { add(total, count > 0 ? 1 : 0) }

  @inline(__always)
  private mutating func add(_ value: Int64, _ mark: Int64) {
    let total = sum &+ value
    marks |= mark | (((sum ^ total) & (value ^ total)) &>> 63 & 2)
    sum = total
  }
}

/// A sum in 128 bits, and how many values it is of. Of decimals with 38 digits more than one can overflow it, which it
/// remembers by a negative count.
struct WideSumCell<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>: AggregateCell {
  static var isCommutative: Bool { true }
  private var low: UInt64
  private var high: Int64
  private(set) var count: Int64

  var sum: Int128 { Int128(high) << 64 | Int128(low) }
  var hasOverflow: Bool { count < 0 }

  @inline(__always)
  mutating func add(_ value: Value) {
    if Value.bitWidth <= 64 {
      let word = Int64(truncatingIfNeeded: value)
      let (total, carry) = low.addingReportingOverflow(UInt64(bitPattern: word))
      low = total
      high = high &+ (word &>> 63) &+ (carry ? 1 : 0)
      count &+= 1
    } else {
      add(Int128(value), 1)
    }
  }

  mutating func merge(_ other: WideSumCell) { add(other.sum, other.count) }

  static func totals(_ rows: RowsByKey, _ input: Vector) throws(FlintError) -> KeyTotals? {
    try rows.totals(input, Value.self)
  }

  mutating func add(_ total: Int64, of count: Int64) { add(Int128(total), count) }

  private mutating func add(_ value: Int128, _ more: Int64) {
    let (total, overflow) = sum.addingReportingOverflow(value)
    low = UInt64(truncatingIfNeeded: total)
    high = Int64(truncatingIfNeeded: total >> 64)
    count = overflow || count < 0 || more < 0 ? .min : count &+ more
  }
}

/// A sum of floating-point numbers, and how many values it is of.
struct FloatSumCell<Value: BinaryFloatingPoint & BitwiseCopyable>: AggregateCell {
  static var isCommutative: Bool { false }
  private(set) var sum: Double
  private(set) var count: Int64

  @inline(__always)
  mutating func add(_ value: Value) {
    sum += Double(value)
    count &+= 1
  }

  mutating func merge(_ other: FloatSumCell) {
    sum += other.sum
    count &+= other.count
  }
}

/// How many there are.
struct CountCell: AggregateCell {
  static var isCommutative: Bool { true }
  private(set) var count: Int64

  @inline(__always)
  mutating func add(_: UInt8) { count &+= 1 }
  mutating func add(rows: Int64) { count &+= rows }
  mutating func merge(_ other: CountCell) { count &+= other.count }
}

/// The least or the greatest of some values, or the first or the last: which of two is kept, `Choice` says.
struct ChosenCell<Choice: CellChoice>: AggregateCell {
  static var isCommutative: Bool { false }
  private(set) var value: Choice.Value
  private(set) var hasValue: Bool

  @inline(__always)
  mutating func add(_ value: Choice.Value) {
    let isTaken = !hasValue || Choice.prefers(value, to: self.value)
    self.value = isTaken ? value : self.value
    hasValue = true
  }

  mutating func merge(_ other: ChosenCell) {
    if other.hasValue { add(other.value) }
  }
}

/// Which of two values is kept.
protocol CellChoice {
  associatedtype Value: BitwiseCopyable
  static func prefers(_ new: Value, to old: Value) -> Bool
}

enum LeastChoice<Value: OrderedValue>: CellChoice {
  @inline(__always)
  static func prefers(_ new: Value, to old: Value) -> Bool { Value.isLess(new, old) == 1 }
}

enum GreatestChoice<Value: OrderedValue>: CellChoice {
  @inline(__always)
  static func prefers(_ new: Value, to old: Value) -> Bool { Value.isLess(old, new) == 1 }
}

enum FirstChoice<Value: BitwiseCopyable>: CellChoice {
  @inline(__always)
  static func prefers(_: Value, to _: Value) -> Bool { false }
}

enum LastChoice<Value: BitwiseCopyable>: CellChoice {
  @inline(__always)
  static func prefers(_: Value, to _: Value) -> Bool { true }
}

/// Mean and squared distance from it, without subtracting large numbers from each other.
struct MomentCell: AggregateCell {
  static var isCommutative: Bool { false }
  private(set) var count: Double
  private var mean: Double
  private(set) var squares: Double

  @inline(__always)
  mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    // The quotient does not wait for the mean before it.
    mean += distance * (1 / count)
    squares += distance * (value - mean)
  }

  mutating func merge(_ other: MomentCell) {
    if other.count == 0 { return }
    let total = count + other.count
    let distance = other.mean - mean
    squares += other.squares + distance * distance * count * other.count / total
    mean += distance * other.count / total
    count = total
  }
}
