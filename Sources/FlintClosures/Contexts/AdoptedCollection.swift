internal import FlintLayout

/// Collections whose buffer serves as a context: a collection is one counted reference, and a closure that captures one
/// such thing and nothing else uses it as its context.
enum AdoptedCollection {
  /// Which of the shared objects of empty collections stands at `address`. They do not say what they are empty of.
  static func emptyTag(_ address: UnsafeRawPointer) -> ClosureFormat.ObjectTag? {
    switch address {
    case emptyArray: .emptyArray
    case emptySet: .emptySet
    case emptyDictionary: .emptyDictionary
    default: nil
    }
  }

  static var emptyArray: UnsafeRawPointer { unsafeBitCast([Int](), to: UnsafeRawPointer.self) }
  static var emptySet: UnsafeRawPointer { unsafeBitCast(Set<Int>(), to: UnsafeRawPointer.self) }
  static var emptyDictionary: UnsafeRawPointer { unsafeBitCast([Int: Int](), to: UnsafeRawPointer.self) }

  /// The collection whose buffer is of class `storage`; nil for other classes.
  static func type(ofStorage storage: Metadata) -> Metadata? {
    guard let nominal = storage.nominal, nominal.isGeneric, let first = storage.genericArgument(0) else { return nil }
    switch UInt(bitPattern: nominal.address) {
    case arrayStorage: return Metadata(array(of: first.swiftType))
    case setStorage: return (first.swiftType as? any Hashable.Type).map { Metadata(set(of: $0)) }
    case dictionaryStorage:
      guard let key = first.swiftType as? any Hashable.Type, let value = storage.genericArgument(1) else { return nil }
      return Metadata(dictionary(of: key, to: value.swiftType))
    default: return nil
    }
  }

  /// Whether `type` is an array, a set or a dictionary: one counted reference.
  static func isCollection(_ type: Metadata) -> Bool {
    guard let description = type.nominal?.address else { return false }
    return [Metadata([Int].self), Metadata(Set<Int>.self), Metadata([Int: Int].self)].contains {
      $0.nominal?.address == description
    }
  }

  // What the storage classes are called is the library's secret; an object of each shows its description.
  private static let arrayStorage = description(of: unsafeBitCast([1], to: AnyObject.self))
  private static let setStorage = description(of: unsafeBitCast(Set([1]), to: AnyObject.self))
  private static let dictionaryStorage = description(of: unsafeBitCast([1: 1], to: AnyObject.self))

  private static func description(of object: AnyObject) -> UInt? {
    (Metadata(Swift.type(of: object)).nominal?.address).map { UInt(bitPattern: $0) }
  }

  private static func array<Element>(of _: Element.Type) -> Any.Type { [Element].self }
  private static func set<Element: Hashable>(of _: Element.Type) -> Any.Type { Set<Element>.self }

  private static func dictionary<Key: Hashable, Value>(of _: Key.Type, to _: Value.Type) -> Any.Type {
    [Key: Value].self
  }
}
