public import FlintCore

extension Kernels {
  /// SQL's AND: false if either is false, else null if either is null.
  public func and(_ left: Operand, _ right: Operand) throws(FlintError) -> Vector {
    try logic(left, right) { first, firstThere, second, secondThere in
      let isFalse = (firstThere & ~first) | (secondThere & ~second)
      return (first & second & ~isFalse, isFalse | (firstThere & secondThere))
    }
  }

  /// SQL's OR: true if either is true, else null if either is null.
  public func or(_ left: Operand, _ right: Operand) throws(FlintError) -> Vector {
    try logic(left, right) { first, firstThere, second, secondThere in
      let isTrue = (firstThere & first) | (secondThere & second)
      return (isTrue, isTrue | (firstThere & secondThere))
    }
  }

  /// SQL's NOT.
  public func not(_ operand: Operand) throws(FlintError) -> Vector {
    let count = Operand.count(operand)
    let bits = LaneOfBits(operand)
    let result = try words(count) { ~bits.word($0) }
    return Vector(.boolean, count: count, validity: operand.vector.validity, .bits(result, start: 0))
  }

  /// Whether each value is null; never null itself.
  public func isNull(_ operand: Operand) throws(FlintError) -> Vector {
    let there = LaneOfBits(validityOf: operand)
    let count = Operand.count(operand)
    return Vector(.boolean, count: count, .bits(try words(count) { ~there.word($0) }, start: 0))
  }

  /// Whether each value is there; never null itself.
  public func isNotNull(_ operand: Operand) throws(FlintError) -> Vector {
    let there = LaneOfBits(validityOf: operand)
    let count = Operand.count(operand)
    return Vector(.boolean, count: count, .bits(try words(count) { there.word($0) }, start: 0))
  }

  /// The rows of `selection`, or of all, for which a condition is true: neither false nor null.
  public func selection(of condition: Vector, within selection: Selection? = nil) throws(FlintError) -> Selection {
    precondition(condition.type == .boolean, "a condition is boolean, not \(condition.type)")
    let bits = condition.bits
    let there = condition.validity?.bits
    if let selection { return try narrowed(selection, bits, there) }
    let count = condition.count
    var total = 0
    var index = 0
    while index < count {
      total &+= Self.trueWord(bits, there, index, count).nonzeroBitCount
      index &+= 64
    }
    // A full word is written as one run of 64, whatever the total is.
    let buffer = try memory.buffer(total * 4 + 256)
    let rows = buffer.pointer(to: Int32.self)
    var filled = 0
    index = 0
    while index < count {
      var word = Self.trueWord(bits, there, index, count)
      let base = Int32(truncatingIfNeeded: index)
      if word == ~0 {
        for offset in 0..<64 as Range<Int32> { rows[filled &+ Int(offset)] = base &+ offset }
        filled &+= 64
      } else {
        while word != 0 {
          rows[filled] = base &+ Int32(truncatingIfNeeded: word.trailingZeroBitCount)
          filled &+= 1
          word &= word &- 1
        }
      }
      index &+= 64
    }
    return Selection(buffer, count: total)
  }

  private func narrowed(
    _ selection: Selection, _ bits: BitPointer, _ there: BitPointer?
  ) throws(FlintError) -> Selection {
    let buffer = try memory.buffer(selection.count * 4)
    let rows = buffer.pointer(to: Int32.self)
    let old = selection.rows
    var filled = 0
    for index in 0..<selection.count {
      let row = Int(truncatingIfNeeded: old[index])
      rows[filled] = old[index]
      filled &+= (bits[row] ? 1 : 0) & ((there?[row] ?? true) ? 1 : 0)
    }
    return Selection(buffer, count: filled)
  }

  @inline(__always)
  private static func trueWord(_ bits: BitPointer, _ there: BitPointer?, _ index: Int, _ count: Int) -> UInt64 {
    var word = bits.word(index)
    if let there { word &= there.word(index) }
    if index &+ 64 > count { word &= Bits.low(count &- index) }
    return word
  }

  @inline(__always)
  private func logic(
    _ left: Operand, _ right: Operand, _ combine: (UInt64, UInt64, UInt64, UInt64) -> (value: UInt64, there: UInt64)
  ) throws(FlintError) -> Vector {
    let count = Operand.count(left, right)
    let first = LaneOfBits(left)
    let second = LaneOfBits(right)
    let firstThere = LaneOfBits(validityOf: left)
    let secondThere = LaneOfBits(validityOf: right)
    let result = try words(count) {
      combine(first.word($0), firstThere.word($0), second.word($0), secondThere.word($0)).value
    }
    if left.vector.nullCount == 0, right.vector.nullCount == 0 {
      return Vector(.boolean, count: count, .bits(result, start: 0))
    }
    let there = try words(count) {
      combine(first.word($0), firstThere.word($0), second.word($0), secondThere.word($0)).there
    }
    return Vector(.boolean, count: count, validity: Validity(there), .bits(result, start: 0))
  }
}
