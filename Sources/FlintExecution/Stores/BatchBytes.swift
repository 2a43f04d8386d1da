internal import FlintCore

/// Several batches as one block: how many, then each behind its length.
enum BatchBytes {
  static func joined(_ batches: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batches.reduce(0) { $0 + $1.count + 8 })
    for batch in batches {
      withUnsafeBytes(of: UInt64(batch.count).littleEndian) { bytes += $0 }
      bytes += batch
    }
    return bytes
  }

  /// Throws `corrupt-data`.
  static func parts(of bytes: [UInt8]) throws(FlintError) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let length = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard rest.count >= 8, length <= UInt64(rest.count - 8) else {
        throw FlintError(.corruptData, "a kept partition ends within a batch")
      }
      parts.append(Array(rest[(rest.startIndex + 8)...].prefix(Int(length))))
      rest = rest.dropFirst(8 + Int(length))
    }
    return parts
  }
}
