internal import FlintColumns

/// By which order bounds are taken.
enum BoundsOrder {
  case boolean, int32, int64, float, double
  /// Bytes as they come.
  case bytes
  /// Big-endian numbers of one length.
  case bigEndian
  /// There is none.
  case none

  /// Whether the first value is less than the second.
  func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    switch self {
    case .boolean, .bytes: left.lexicographicallyPrecedes(right)
    case .int32: Self.load(left, Int32.self) < Self.load(right, Int32.self)
    case .int64: Self.load(left, Int64.self) < Self.load(right, Int64.self)
    case .float: Self.load(left, Float.self) < Self.load(right, Float.self)
    case .double: Self.load(left, Double.self) < Self.load(right, Double.self)
    case .bigEndian: Self.flipped(left).lexicographicallyPrecedes(Self.flipped(right))
    case .none: false
    }
  }

  /// The bounds of both.
  func union(_ left: ValueBounds?, _ right: ValueBounds?) -> ValueBounds? {
    guard let left, let right else { return left ?? right }
    return ValueBounds(
      least: isLess(right.least, left.least) ? right.least : left.least,
      greatest: isLess(left.greatest, right.greatest) ? right.greatest : left.greatest)
  }

  private static func load<Value: BitwiseCopyable>(_ bytes: [UInt8], _: Value.Type) -> Value {
    bytes.withUnsafeBytes { $0.loadUnaligned(as: Value.self) }
  }

  /// Bytes whose order is that of the signed numbers.
  private static func flipped(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if !bytes.isEmpty { bytes[0] ^= 0x80 }
    return bytes
  }
}

extension WrittenLeaf {
  var order: BoundsOrder {
    switch physical {
    case .boolean: .boolean
    case .int32: .int32
    case .int64: .int64
    case .float: .float
    case .double: .double
    case .byteArray: .bytes
    case .fixedLengthByteArray: type == .interval ? .none : .bigEndian
    case .int96: .none
    }
  }
}
