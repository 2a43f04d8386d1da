/// One stored property of a struct, or one case of an enum.
struct FieldRecord {
  private let pointer: UnsafeRawPointer

  init(_ pointer: UnsafeRawPointer) {
    self.pointer = pointer
  }

  /// Empty where the compiler was told to leave names out.
  var name: String { RelativePointer.target(pointer + 8).map(NominalDescriptor.text) ?? "" }

  /// The payload lives in a box of its own.
  var isIndirect: Bool { pointer.load(as: UInt32.self) & 1 != 0 }

  /// The property is `weak` or `unowned`: its memory does not hold a plain value of its type.
  var isWeakReference: Bool {
    guard let name = mangledName, name.count >= 2, name[name.count - 2] == UInt8(ascii: "X") else { return false }
    return [UInt8(ascii: "w"), UInt8(ascii: "o"), UInt8(ascii: "u")].contains(name[name.count - 1])
  }

  /// The type of the property or payload in a type whose description and generic arguments are given; nil when it does
  /// not resolve.
  func type(in descriptor: NominalDescriptor, arguments: UnsafeRawPointer) -> Any.Type? {
    guard let name = mangledName, let start = name.baseAddress else { return nil }
    return _getTypeByMangledNameInContext(
      start, UInt(name.count), genericContext: descriptor.pointer, genericArguments: arguments)
  }

  private var mangledName: UnsafeBufferPointer<UInt8>? {
    guard let start = RelativePointer.target(pointer + 4) else { return nil }
    var count = 0
    while true {
      switch start.load(fromByteOffset: count, as: UInt8.self) {
      case 0: return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
      // References into the image: a byte, then four bytes or a word, in which zeros are no end.
      case 0x01...0x17: count += 5
      case 0x18...0x1F: count += 9
      default: count += 1
      }
    }
  }
}
