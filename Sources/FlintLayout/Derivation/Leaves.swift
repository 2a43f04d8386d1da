/// The types that stand for themselves in the table of column types.
enum Leaves {
  struct Leaf {
    let scalar: ColumnType.Scalar
    let kind: Step.Kind
  }

  /// The leaf of a type; nil for all others.
  static func leaf(_ type: Any.Type) -> Leaf? {
    table[ObjectIdentifier(type)]
  }

  /// Foundation's types of which the bytes are known, by name: this module does not import Foundation.
  static func foundationLeaf(_ descriptor: NominalDescriptor, _ witnesses: ValueWitnesses) -> Leaf? {
    guard ["Foundation", "FoundationEssentials"].contains(descriptor.module), witnesses.isTrivial else { return nil }
    switch (descriptor.name, witnesses.size) {
    case ("Date", 8): return Leaf(scalar: .date, kind: .bits)
    case ("UUID", 16): return Leaf(scalar: .uuid, kind: .bits)
    default: return nil
    }
  }

  /// The scalar and the number of lanes of a SIMD vector of the standard library.
  static func vector(_ type: Any.Type) -> (scalar: ColumnType.Scalar, count: Int)? {
    func parts<Vector: SIMD>(_: Vector.Type) -> (scalar: ColumnType.Scalar, count: Int)? {
      let size = MemoryLayout<Vector.Scalar>.size * Vector.scalarCount
      guard let leaf = leaf(Vector.Scalar.self), MemoryLayout<Vector>.size == size else { return nil }
      return (leaf.scalar, Vector.scalarCount)
    }
    guard let vector = type as? any SIMD.Type else { return nil }
    return parts(vector)
  }

  private static let table: [ObjectIdentifier: Leaf] = {
    var table: [ObjectIdentifier: Leaf] = [:]
    func add(_ type: Any.Type, _ scalar: ColumnType.Scalar, _ kind: Step.Kind = .bits) {
      table[ObjectIdentifier(type)] = Leaf(scalar: scalar, kind: kind)
    }
    add(Int8.self, .int8)
    add(Int16.self, .int16)
    add(Int32.self, .int32)
    add(Int64.self, .int64)
    add(Int.self, .int64)
    add(Int128.self, .int128)
    add(UInt8.self, .uint8)
    add(UInt16.self, .uint16)
    add(UInt32.self, .uint32)
    add(UInt64.self, .uint64)
    add(UInt.self, .uint64)
    add(UInt128.self, .uint128)
    add(Float.self, .float32)
    add(Double.self, .float64)
    #if !(os(macOS) && arch(x86_64))
      add(Float16.self, .float16)
    #endif
    add(Duration.self, .duration)
    add(Day.self, .day)
    add(Timestamp.self, .timestamp)
    add(UUID.self, .uuid)
    add(Bool.self, .bool, .bool)
    add(Unicode.Scalar.self, .unicodeScalar, .scalar)
    add(String.self, .string, .string)
    return table
  }()
}
