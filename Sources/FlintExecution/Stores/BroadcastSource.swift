internal import FlintCore
public import FlintWire

/// Where an executor gets broadcasts from when no other executor has them.
public struct BroadcastSource: Sendable {
  /// The first piece of every broadcast: the content's length and that of the other pieces, eight bytes each.
  public static let headLength = 16

  let driver: any DriverChannel
  let fetch: @Sendable (BlockRequest) async throws -> [UInt8]

  /// `driver` knows who has pieces; `fetch` gets one from the driver itself.
  public init(driver: any DriverChannel, fetch: @escaping @Sendable (BlockRequest) async throws -> [UInt8]) {
    self.driver = driver
    self.fetch = fetch
  }

  /// The first piece of a broadcast of `count` bytes.
  public static func head(count: Int, pieceLength: Int) -> [UInt8] {
    [count, pieceLength].flatMap { number in withUnsafeBytes(of: UInt64(number).littleEndian) { Array($0) } }
  }

  /// What a first piece says. Throws `corrupt-data`.
  static func lengths(_ head: [UInt8]) throws(FlintError) -> (count: Int, piece: Int) {
    guard head.count == headLength else {
      throw FlintError(.corruptData, "a broadcast begins with \(head.count) bytes")
    }
    let numbers = head.withUnsafeBytes { bytes in
      [0, 8].map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)) }
    }
    guard let count = Int(exactly: numbers[0]), let piece = Int(exactly: numbers[1]), piece > 0 else {
      throw FlintError(.corruptData, "a broadcast has impossible lengths")
    }
    return (count, piece)
  }
}
