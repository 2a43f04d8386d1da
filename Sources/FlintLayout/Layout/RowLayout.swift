public import FlintCore

/// How values of one type become bytes and bytes become such values again: a program that was derived once from the
/// runtime's metadata of the type and runs over whole batches.
///
/// Two builds agree on a layout when ``columnType`` is the same: by names, order and types of fields, never by the names of
/// the user's types. Structs are made without their initialisers, as synthesised `Codable` makes them; what a type
/// demands of its private fields is not checked.
public final class RowLayout: @unchecked Sendable {
  // @unchecked Sendable is safe: all properties are constants, and the programs behind `program` are written by the
  // derivation alone, which has ended before the initialiser returns. Nobody writes to them until `deinit` frees them.

  /// The type of the rows.
  public let type: Any.Type
  /// What the columns hold.
  public let columnType: ColumnType
  /// A number that is equal for equal ``columnType``, in every process and every build.
  public let fingerprint: UInt64
  /// Distance between two rows in memory, in bytes.
  public var stride: Int { program.pointee.stride }
  /// Rows are copied byte by byte: they consist of numbers without gaps.
  public var isImage: Bool { program.pointee.isImage }

  let program: UnsafePointer<Program>
  private let arena: ProgramArena

  /// The layout of a type, derived at the first call and kept.
  ///
  /// Throws `unsupported-type`, with the path of the field that is to blame, for values that have no meaning in another
  /// process: closures, actors, references, pointers, existentials. What is `Codable` or ``RowConvertible`` travels so.
  public static func of(_ type: Any.Type) throws(FlintError) -> RowLayout {
    try LayoutCache.shared.layout(of: type)
  }

  /// Drops every layout that ``of(_:)`` keeps. Programs whose memory is checked for leaks call it at their end: the checker
  /// does not follow references with tags, such as those in column types, so it would take for lost what is kept.
  package static func forgetAll() { LayoutCache.shared.removeAll() }

  /// Derives a layout anew; `usesInterfaces` for one that relies on the standard library's interfaces alone, as on a
  /// runtime that lays strings and arrays out in another way.
  package init(deriving type: Any.Type, usesInterfaces: Bool = false) throws(FlintError) {
    arena = ProgramArena()
    var deriver = Deriver(arena: arena, usesInterfaces: usesInterfaces)
    do throws(Refusal) {
      (program, columnType) = try deriver.program(type, "")
    } catch {
      throw error.error(for: type)
    }
    self.type = type
    fingerprint = columnType.fingerprint
  }
}
