internal import CFlint
internal import Glibc

/// The name of a function for people, where the program was not stripped of it.
enum SymbolName {
  /// Such as `closure #1 in Taxi.run()`; nil when no symbol stands there.
  static func of(_ address: UInt) -> String? {
    guard let symbol = flint_symbol(UnsafeRawPointer(bitPattern: address)) else { return nil }
    guard let readable = flint_demangled(symbol) else { return String(cString: symbol) }
    defer { free(readable) }
    return String(cString: readable)
  }
}
