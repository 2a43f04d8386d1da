internal import CFlint
internal import FlintLayout

/// The head of a closure's context, which the compiler writes once for each closure that has one.
struct ContextMetadata {
  private static let headerSize = 16

  let metadata: Metadata

  init(_ metadata: Metadata) { self.metadata = metadata }

  /// The compiler's head of a context that begins with `head`, which is another one if the context was rebuilt from bytes.
  static func written(_ head: Metadata) -> ContextMetadata {
    ContextMetadata(flint_context_written_head(head.address).map(Metadata.init) ?? head)
  }

  /// Nil when the module was built without reflection metadata.
  var descriptor: CaptureDescriptor? { metadata.address.pointer(2).map(CaptureDescriptor.init) }

  /// Where the bindings begin, or the captures if there are none: behind the object's own two words.
  var start: Int { Self.headerSize }

  /// Where the compiler says that the first field begins; 0 when that depends on a type it did not see.
  private var writtenStart: Int { Int(metadata.address.load(fromByteOffset: 8, as: UInt32.self)) }

  private var destroyer: UInt { metadata.address.word(-2) }

  /// Whether the record is what it should be: the right kind and start, no value operations, a function that destroys,
  /// and a capture descriptor that its image lists.
  func isGenuine(in image: Image) -> Bool {
    guard metadata.bits % 8 == 0, image.contains(metadata.bits &- 16, count: 40),
      metadata.kind == .context, [0, Self.headerSize].contains(writtenStart), metadata.address.word(-1) == 0,
      let descriptor
    else { return false }
    return image.functions?.hasStart(at: destroyer) == true
      && image.declarations.contains(UInt(bitPattern: descriptor.address), in: \.captures)
  }
}
