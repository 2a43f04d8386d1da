/// Derives the program of a type, and of all that it contains, from the runtime's metadata.
///
/// A struct's fields become steps of the row that holds it. Elements, payloads and what conversions travel as have
/// programs of their own, so that a type may contain itself.
struct Deriver {
  let arena: ProgramArena
  /// Goes through the library's interfaces where it could use what it knows of their memory.
  let usesInterfaces: Bool
  private var known: [ObjectIdentifier: Known] = [:]
  private var nesting = 0

  private struct Known {
    let program: UnsafePointer<Program>
    let index: Int
    /// Nil as long as the derivation is under way, and once it is too large to be written down again: a type in whose parts
    /// the same ones stand again and again would have a description without measure.
    var column: ColumnType?
  }

  /// Parts of a column type that is written down wherever it is met.
  private static let repeatedParts = 256

  init(arena: ProgramArena, usesInterfaces: Bool) {
    self.arena = arena
    self.usesInterfaces = usesInterfaces
  }

  /// The program of a type, and what its columns are.
  mutating func program(
    _ type: Any.Type, _ path: String
  ) throws(Refusal) -> (program: UnsafePointer<Program>, column: ColumnType) {
    let identifier = ObjectIdentifier(type)
    if let known = known[identifier] {
      return (known.program, known.column ?? .recursive(index: known.index))
    }
    guard nesting < Nesting.limit else {
      throw Refusal(at: path, "types are nested more than \(Nesting.limit) deep, perhaps without an end")
    }
    nesting += 1
    defer { nesting -= 1 }
    let program = arena.store(Program(type))
    known[identifier] = Known(program: UnsafePointer(program), index: known.count)
    var steps: [Step] = []
    let column = try emit(type, offset: 0, path, &steps)
    program.pointee.complete(steps, in: arena)
    known[identifier]?.column = column.partCount(upTo: Self.repeatedParts) < Self.repeatedParts ? column : nil
    return (UnsafePointer(program), column)
  }

  /// Appends the steps of a value of `type` at `offset` of its row.
  mutating func emit(
    _ type: Any.Type, offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let metadata = Metadata(type)
    guard metadata.witnesses.isCopyable else {
      throw Refusal(at: path, "\(type) cannot be copied", remedy: Refusal.hold)
    }
    if let leaf = Leaves.leaf(type) { return emit(leaf, metadata, offset, &steps) }
    if type == Decimal.self { return emitDecimal(offset, &steps) }
    if let vector = Leaves.vector(type) {
      steps.append(Step(.bits, offset: offset, size: metadata.witnesses.size))
      return .vector(vector.scalar, count: vector.count)
    }
    if let convertible = type as? any RowConvertible.Type {
      return try emit(Self.conversion(of: convertible), metadata, offset, path, &steps)
    }
    if let array = type as? any ArrayInterface.Type { return try emit(array, metadata, offset, path, &steps) }
    if let conversion = type as? any Conversion.Type { return try emit(conversion, metadata, offset, path, &steps) }
    if let optional = type as? any OptionalType.Type {
      return try emitOptional(optional.wrappedType, metadata, offset, path, &steps)
    }
    // What fails below may still know how to write itself; then nothing stays of the attempt.
    let before = self
    let count = steps.count
    do throws(Refusal) { return try emitByMetadata(metadata, offset, path, &steps) } catch {
      guard let codable = type as? any Codable.Type else { throw error }
      self = before
      steps.removeSubrange(count...)
      return try emit(Self.conversion(of: codable), metadata, offset, path, &steps)
    }
  }

  private mutating func emitByMetadata(
    _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let type = metadata.swiftType
    switch metadata.kind {
    case .struct: return try emitStructure(metadata, offset, path, &steps)
    case .tuple: return try emitFields(metadata, offset, path, &steps)
    case .enum, .optional: return try emitEnumeration(metadata, offset, path, &steps)
    case .function: throw Refusal(at: path, "\(type) is a closure inside a value", remedy: Refusal.hold)
    case .existential, .extendedExistential:
      throw Refusal(
        at: path, "\(type) may hold a value of any type",
        remedy: "name the type, or write an enum of the types it may be")
    case .metatype, .existentialMetatype:
      throw Refusal(at: path, "\(type) is a type, not a value", remedy: Refusal.hold)
    case .opaque, .context, .genericBox, .other:
      throw Refusal(at: path, "\(type) is known to the compiler alone", remedy: Refusal.hold)
    case .fixedArray: throw Refusal(at: path, "\(type) is an array of fixed size", remedy: "use an array")
    case .class:
      if type is any Actor.Type {
        throw Refusal(at: path, "\(type) is an actor, which lives in one process", remedy: Refusal.hold)
      }
      throw Refusal(at: path, "\(type) is a class, and a reference has no meaning elsewhere")
    }
  }

  private static func conversion<Value: RowConvertible>(of type: Value.Type) -> any Conversion.Type {
    RowConvertibleConversion<Value>.self
  }

  private static func conversion<Value: Codable>(of type: Value.Type) -> any Conversion.Type {
    CodableConversion<Value>.self
  }
}
