/// The names of folders that say what all rows in them have in common, such as `day=2020-01-05`, as Hive writes them.
enum PartitionName {
  /// What stands for null.
  static let null = "__HIVE_DEFAULT_PARTITION__"
  /// Characters that a name may not have, or that would end it.
  private static let escaped = Set("\"#%'*/:=?\\{[]^".utf8)

  /// The folder of a column's value; nil for null.
  static func folder(_ column: String, _ value: String?) -> String {
    // An empty text would leave nothing behind the sign, which Hive takes for null as well.
    let value = value.flatMap { $0.isEmpty ? nil : escape($0) } ?? null
    return escape(column) + "=" + value
  }

  private static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || escaped.contains(byte) {
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
