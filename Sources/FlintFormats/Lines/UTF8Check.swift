internal import CFlint

/// Whether bytes are UTF-8.
enum UTF8Check {
  static func passes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool { flint_is_utf8(bytes, count) }
}
