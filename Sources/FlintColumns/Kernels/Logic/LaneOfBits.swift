/// The bits of a boolean vector, or of one value for all rows, 64 at a time.
struct LaneOfBits {
  private let bits: BitPointer
  private let constant: UInt64?

  init(_ vector: Vector) {
    bits = vector.bits
    constant = nil
  }

  /// Of an operand whose value may stand for all rows.
  init(_ operand: Operand) {
    bits = operand.vector.bits
    constant = operand.isConstant ? (operand.vector.bits[0] ? ~0 : 0) : nil
  }

  /// Which values are there, of any operand.
  init(validityOf operand: Operand) {
    let validity = operand.vector.validity
    bits = validity?.bits ?? BitPointer(UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped)
    constant = operand.isConstant ? (operand.vector.nullCount == 0 ? ~0 : 0) : validity == nil ? ~0 : nil
  }

  @inline(__always)
  func word(_ index: Int) -> UInt64 { constant ?? bits.word(index) }
}
