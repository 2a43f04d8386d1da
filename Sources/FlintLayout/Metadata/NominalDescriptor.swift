/// The compiler's description of a struct or an enum: its module, and its fields or cases.
struct NominalDescriptor {
  let pointer: UnsafeRawPointer

  init(_ pointer: UnsafeRawPointer) {
    self.pointer = pointer
  }

  /// The type's own name, without its module and what it is nested in.
  var name: String { RelativePointer.target(pointer + 8).map(Self.text) ?? "" }

  /// The name of the module that declares the type.
  var module: String {
    var context = pointer
    while true {
      // The low five bits are the kind of the context; 0 is a module, whose name stands where a type's does.
      if context.load(as: UInt32.self) & 0x1F == 0 {
        return RelativePointer.target(context + 8).map { Self.text($0) } ?? ""
      }
      guard let parent = RelativePointer.indirectableTarget(context + 4) else { return "" }
      context = parent
    }
  }

  /// How many cases of an enum have a payload; those come first among ``fields``.
  var payloadCases: Int { Int((pointer + 20).load(as: UInt32.self) & 0xFF_FFFF) }
  /// How many cases of an enum have none.
  var emptyCases: Int { Int((pointer + 24).load(as: UInt32.self)) }

  /// The stored properties or the cases; nil when the module was built without reflection metadata.
  var fields: [FieldRecord]? {
    guard let table = RelativePointer.target(pointer + 16) else { return nil }
    let size = Int((table + 10).load(as: UInt16.self))
    let count = Int((table + 12).load(as: UInt32.self))
    return (0..<count).map { FieldRecord(table + 16 + $0 * size) }
  }

  static func text(_ pointer: UnsafeRawPointer) -> String {
    String(cString: pointer.assumingMemoryBound(to: CChar.self))
  }
}
