/// Unscaled decimals of either width, one at a time.
struct WideLane {
  private let narrow: UnsafePointer<Int64>?
  private let wide: UnsafePointer<Int128>?
  private let step: Int

  init(_ operand: Operand) {
    let isNarrow = operand.type.physical == .int64
    narrow = isNarrow ? operand.vector.pointer(to: Int64.self) : nil
    wide = isNarrow ? nil : operand.vector.pointer(to: Int128.self)
    step = operand.isConstant ? 0 : 1
  }

  @inline(__always)
  func value(_ row: Int) -> Int128 {
    if let narrow { return Int128(truncatingIfNeeded: narrow[row &* step]) }
    return wide.unsafelyUnwrapped[row &* step]
  }
}
