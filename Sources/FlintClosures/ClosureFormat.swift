/// The shape of a shipped closure, and the bounds that both sides keep.
///
/// A head (magic, then the images with their build-ids), the type of what was shipped, its code, its context. A place in
/// an image is one byte for the image and four for the offset.
enum ClosureFormat {
  /// `FLC`, then the version.
  static let magic: UInt32 = 0x3143_4C46
  /// Bytes of a whole encoding, values included.
  static let maximumSize = 1 << 30
  /// How deep closures, boxes and types may lie in one another.
  static let maximumDepth = 64
  /// Elements of a tuple type.
  static let maximumTupleCount = 256
  /// Bytes of a type's name.
  static let maximumNameCount = 4096
  /// Components of a key path.
  static let maximumKeyPathCount = 256

  enum ContextTag: UInt8 {
    case none, captures, box, object
  }

  enum ObjectTag: UInt8 {
    case emptyArray, emptySet, emptyDictionary, collection, keyPath, instance
  }

  enum TypeTag: UInt8 {
    case nominal, tuple, metatype, existentialMetatype, named
  }

  enum WitnessTag: UInt8 {
    /// The conformance has one table for all.
    case fixed
    /// The table is made for a type.
    case ofType
  }

  enum BindingTag: UInt8 {
    case type, witnessTable, number
  }

  enum ComponentTag: UInt8 {
    case plain, outOfLine, computed
  }
}
