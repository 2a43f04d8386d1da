extension CRC32C {
  /// The checksum of some bytes and others behind them, from those of both: `count` is how many the second ones are.
  ///
  /// A checksum is the remainder of its bytes as a polynomial. Bytes that follow multiply it by a power of x, which is put
  /// together from powers that were squared one out of another.
  public static func joined(_ first: UInt32, _ second: UInt32, count: Int64) -> UInt32 {
    precondition(count >= 0, "\(count) bytes")
    var power = one
    var bytes = UInt64(count)
    var squared = byte
    while bytes != 0 {
      if bytes & 1 != 0 { power = product(squared, power) }
      squared = product(squared, squared)
      bytes >>= 1
    }
    return product(power, first) ^ second
  }

  /// Polynomials have their lowest coefficient in the highest bit.
  private static let one: UInt32 = 1 << 31
  /// x⁸: what one byte multiplies by.
  private static let byte: UInt32 = 1 << 23
  private static let divisor: UInt32 = 0x82F6_3B78

  /// The product of two polynomials, less what the divisor takes away.
  private static func product(_ left: UInt32, _ right: UInt32) -> UInt32 {
    var (left, right, product) = (left, right, UInt32(0))
    while left != 0 {
      if left & one != 0 { product ^= right }
      left <<= 1
      right = right & 1 != 0 ? right >> 1 ^ divisor : right >> 1
    }
    return product
  }
}
