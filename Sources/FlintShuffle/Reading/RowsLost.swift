public import FlintCore

/// A reader has not read as many rows as were written for it, although every block was sound.
public struct RowsLost: Error, Sendable, CustomStringConvertible {
  /// The shuffle.
  public let shuffle: ShuffleID
  /// Rows that the map tasks wrote for the reader.
  public let written: UInt64
  /// Rows that came out of the blocks.
  public let read: UInt64

  /// `read` rows came out of the blocks that hold `written`.
  public init(shuffle: ShuffleID, written: UInt64, read: UInt64) {
    self.shuffle = shuffle
    self.written = written
    self.read = read
  }

  /// In words.
  public var description: String { "\(read) rows were read of \(shuffle), but \(written) were written" }
}
