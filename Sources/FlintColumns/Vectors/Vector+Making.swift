internal import FlintCore
internal import Glibc

extension Vector {
  /// A vector of numbers that is being written.
  struct Making {
    let type: DataType
    let count: Int
    let validity: Validity?
    let buffer: ColumnBuffer

    init(_ type: DataType, _ count: Int, _ validity: Validity?, _ buffer: ColumnBuffer) {
      self.type = type
      self.count = count
      self.validity = validity
      self.buffer = buffer
    }

    /// Stores an unscaled decimal, or a whole number of 64 or 128 bits.
    func store(_ value: Int128, _ row: Int) {
      if type.physical == .int64 {
        buffer.pointer(to: Int64.self)[row] = Int64(truncatingIfNeeded: value)
      } else {
        buffer.pointer(to: Int128.self)[row] = value
      }
    }

    func vector() -> Vector { Vector(type, count: count, validity: validity, .values(buffer, start: 0)) }

    /// The vector with null in some more rows.
    func vector(without rows: [Int32], _ memory: ColumnMemory) throws(FlintError) -> Vector {
      Vector(
        type, count: count, validity: try Validity.without(rows, validity, count: count, memory),
        .values(buffer, start: 0))
    }
  }
}

extension Validity {
  /// A copy that has null in some more rows.
  static func without(
    _ rows: [Int32], _ validity: Validity?, count: Int, _ memory: ColumnMemory
  ) throws(FlintError) -> Validity? {
    if rows.isEmpty { return validity }
    let bits = validity?.bits
    let copy = try Kernels(memory).words(count) { bits?.word($0) ?? ~0 }
    let bytes = copy.pointer(to: UInt8.self)
    for row in rows { Bits.clear(bytes, Int(row)) }
    return Validity(copy)
  }
}
