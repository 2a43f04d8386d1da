internal import FlintCore
internal import FlintLayout

/// Hashes rows by their bytes in row form: equal for equal rows, in every process and every run.
public final class RowHasher<Row> {
  private let layout: RowLayout
  private var writer = ByteWriter(capacity: 256)

  /// For `Row`s. Throws `unsupported-type`.
  public init() throws {
    layout = try RowLayout.of(Row.self)
  }

  /// The sum of the rows' hashes, wrapping. It does not depend on their order.
  public func sum(_ rows: [Row]) throws -> UInt64 {
    var sum: UInt64 = 0
    try each(rows) { sum &+= $0 }
    return sum
  }

  /// The hash of each row.
  public func hashes(_ rows: [Row]) throws -> [UInt64] {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(rows.count)
    try each(rows) { hashes.append($0) }
    return hashes
  }

  private func each(_ rows: [Row], _ take: (UInt64) -> Void) throws {
    let stride = layout.stride
    try rows.withUnsafeBytes { memory in
      for index in 0..<rows.count {
        let row = UnsafeRawBufferPointer(rebasing: memory[index * stride..<(index + 1) * stride])
        if layout.isImage {
          take(KeyHash.hashBytes(row.assumingMemoryBound(to: UInt8.self)).hash)
        } else if let base = row.baseAddress {
          writer.removeAll()
          try layout.encode(rows: base, count: 1, form: .rows, into: &writer)
          take(writer.withBytes { KeyHash.hashBytes($0.assumingMemoryBound(to: UInt8.self)).hash })
        }
      }
    }
  }
}
