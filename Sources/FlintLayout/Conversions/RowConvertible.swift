/// A type that says itself as what its values travel, because its metadata does not: a class, a handle, a wrapper of
/// something that has no value form.
///
/// ```swift
/// final class Counter: RowConvertible {
///   let count: Int
///   init(count: Int) { self.count = count }
///
///   var rowForm: Int { count }
///   convenience init(rowForm: Int) { self.init(count: rowForm) }
/// }
/// ```
public protocol RowConvertible {
  /// What travels; any type that ``RowLayout`` takes.
  associatedtype RowForm
  /// What this value travels as.
  var rowForm: RowForm { get throws }
  /// The value that `rowForm` stands for. Whatever came over the network comes here: throw for what cannot be.
  init(rowForm: RowForm) throws
}

/// Carries a ``RowConvertible`` type out.
enum RowConvertibleConversion<Value: RowConvertible>: Conversion {
  static var wireType: Any.Type { Value.RowForm.self }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) throws {
    let form = try place.assumingMemoryBound(to: Value.self).pointee.rowForm
    wire.initializeMemory(as: Value.RowForm.self, to: form)
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let value = try Value(rowForm: wire.assumingMemoryBound(to: Value.RowForm.self).pointee)
    place.initializeMemory(as: Value.self, to: value)
  }
}
