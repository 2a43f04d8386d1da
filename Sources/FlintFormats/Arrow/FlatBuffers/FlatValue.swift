/// A value that is written in the form of FlatBuffers.
indirect enum FlatValue {
  case bool(Bool)
  case int8(Int8)
  case int16(Int16)
  case int32(Int32)
  case int64(Int64)
  case text(String)
  /// Fields by their numbers; others are left out.
  case table([(field: Int, value: FlatValue)])
  case tables([FlatValue])
  /// Structures of `width` numbers of 64 bits each.
  case words(width: Int, [Int64])

  /// Bytes that it takes within a table: its own, or those of the way to it.
  var size: Int {
    switch self {
    case .bool, .int8: 1
    case .int16: 2
    case .int32, .text, .table, .tables, .words: 4
    case .int64: 8
    }
  }
}
