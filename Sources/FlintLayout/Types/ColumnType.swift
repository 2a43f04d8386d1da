/// What a column holds: the fixed table between the types that users write and the bytes that travel.
///
/// | Swift type | column |
/// |---|---|
/// | `Int8` … `Int128`, `UInt8` … `UInt128`, `Float`, `Double` | a number of that width; `Int` is `int64` |
/// | `Bool` | one bit |
/// | `String`, `Substring` | UTF-8 |
/// | ``Decimal`` | a 128-bit number and its scale |
/// | ``Day`` | days since 1970-01-01 |
/// | ``Timestamp`` | microseconds since 1970-01-01 UTC |
/// | ``UUID`` | 16 bytes |
/// | `T?` | validity and `T` |
/// | `[T]`, `Set<T>` | list |
/// | `[K: V]` | map |
/// | structs, tuples | structure |
/// | enums | union |
public indirect enum ColumnType: Hashable, Sendable {
  /// A leaf without structure, by its name in the table.
  case scalar(Scalar)
  /// `count` numbers side by side: `SIMD` vectors.
  case vector(Scalar, count: Int)
  /// A value or nothing.
  case optional(ColumnType)
  /// Any number of values in their order.
  case list(ColumnType)
  /// Different values without an order.
  case set(ColumnType)
  /// Different keys, each with a value.
  case map(key: ColumnType, value: ColumnType)
  /// A lower and an upper bound.
  case range(ColumnType)
  /// Named fields: a struct or a tuple.
  case structure([Field])
  /// One of several cases: an enum.
  case union([Case])
  /// A value that wrote itself by its `Codable` conformance.
  case coded
  /// The type that was met as the `index`-th before: types that contain themselves, and large ones that come again.
  case recursive(index: Int)

  /// A field of a structure.
  public struct Field: Hashable, Sendable {
    /// As the user wrote it; empty for elements of tuples without a label.
    public let name: String
    /// What the field holds.
    public let type: ColumnType
  }

  /// A case of a union.
  public struct Case: Hashable, Sendable {
    /// As the user wrote it.
    public let name: String
    /// What the case carries; nil for nothing.
    public let payload: ColumnType?
  }

  /// Leaves of the table.
  public enum Scalar: String, Hashable, Sendable {
    case int8, int16, int32, int64, int128
    case uint8, uint16, uint32, uint64, uint128
    case float16, float32, float64
    case bool, string, character
    case unicodeScalar = "unicode-scalar"
    case decimal, day, timestamp, uuid, duration
    /// Foundation's `Date`: seconds since 2001 as a `float64`; data frames see a timestamp.
    case date
  }
}

extension ColumnType: CustomStringConvertible {
  /// One line without names of types, the same in every process and build: `{zone: int32, tags: [string]}`.
  public var description: String {
    switch self {
    case .scalar(let scalar): scalar.rawValue
    case .vector(let scalar, let count): "\(scalar.rawValue)x\(count)"
    case .optional(let wrapped): "\(wrapped)?"
    case .list(let element): "[\(element)]"
    case .set(let element): "set<\(element)>"
    case .map(let key, let value): "[\(key): \(value)]"
    case .range(let bound): "range<\(bound)>"
    case .structure(let fields): "{" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "}"
    case .union(let cases):
      "(" + cases.map { $0.name + ($0.payload.map { " \($0)" } ?? "") }.joined(separator: " | ") + ")"
    case .coded: "coded"
    case .recursive(let index): "#\(index)"
    }
  }

  /// How many types it is made of, itself included; not counted further than `limit`.
  func partCount(upTo limit: Int) -> Int {
    let parts: [ColumnType] =
      switch self {
      case .scalar, .vector, .coded, .recursive: []
      case .optional(let part), .list(let part), .set(let part), .range(let part): [part]
      case .map(let key, let value): [key, value]
      case .structure(let fields): fields.map(\.type)
      case .union(let cases): cases.compactMap(\.payload)
      }
    var count = 1
    for part in parts where count < limit { count += part.partCount(upTo: limit - count) }
    return count
  }

  /// A number that differs between types that differ: FNV-1a over ``description``.
  var fingerprint: UInt64 {
    description.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
