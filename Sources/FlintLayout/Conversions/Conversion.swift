/// A type whose values travel as values of another type.
///
/// The functions work on memory, so that the codec need not be generic.
protocol Conversion {
  /// What travels.
  static var wireType: Any.Type { get }
  /// What columns of the type are, when that of the wire type is `wire`.
  static func columnType(wire: ColumnType) -> ColumnType
  /// Initialises `wire` with what the value at `place` travels as.
  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) throws
  /// Initialises `place` with the value that `wire` stands for; `wire` stays as it is.
  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws
  /// Bytes of memory that reading `wire` will take.
  static func cost(_ wire: UnsafeRawPointer) -> Int
  /// What travels is arrays of one length, whose order says nothing.
  static var isUnordered: Bool { get }
}

extension Conversion {
  static var isUnordered: Bool { false }
  static func columnType(wire: ColumnType) -> ColumnType { wire }
  static func cost(_ wire: UnsafeRawPointer) -> Int { 0 }
}

/// Why a conversion of the library's own types refuses what came.
enum ConversionRefusal: String, Error, CustomStringConvertible {
  case duplicateKey = "a key came twice"
  case unequalCounts = "keys and values differ in number"
  case reversedRange = "the upper bound of a range is below its lower bound"
  case notOneCharacter = "a text is not exactly one character"
  case scale = "a decimal has a scale above 38"

  var description: String { rawValue }
}
