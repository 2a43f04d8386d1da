/// How a block holds its rows.
public enum BlockForm: UInt8, CaseIterable, Hashable, Sendable {
  /// One row after another: the cheapest for few rows.
  case rows = 0
  /// One column after another, each from a multiple of eight bytes on. Numbers, bits, days, timestamps and texts, and
  /// optionals of numbers and texts, lie as in Apache Arrow.
  case columns = 1
}
