/// One stored property of a struct, or one case of an enum.
package struct FieldRecord {
  private let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) {
    self.address = address
  }

  /// Empty where the compiler was told to leave names out.
  var name: String { (address + 8).relativeTarget?.text ?? "" }

  /// The payload lives in a box of its own.
  var isIndirect: Bool { address.load(as: UInt32.self) & 1 != 0 }

  /// The property is `weak` or `unowned`: its memory does not hold a plain value of its type.
  var isWeakReference: Bool {
    guard let name = mangledName else { return false }
    return name.hasSuffix("Xw") || name.hasSuffix("Xo") || name.hasSuffix("Xu")
  }

  /// The type of the property or payload in a type whose description and generic arguments are given; nil when it does
  /// not resolve.
  package func type(in nominal: NominalDescriptor, arguments: UnsafeRawPointer) -> Any.Type? {
    guard let name = mangledName else { return nil }
    return _getTypeByMangledNameInContext(
      name.text, UInt(name.count), genericContext: nominal.address, genericArguments: arguments)
  }

  private var mangledName: MangledName? { (address + 4).relativeTarget.map(MangledName.init) }
}
