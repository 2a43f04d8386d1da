/// What a block holds as a task made it, and how it becomes bytes: piece by piece, so that nobody needs memory for all of them.
public protocol BlockValues: Sendable {
  /// How many pieces there are.
  var pieceCount: Int { get }

  /// The bytes of a piece, the same each time. They stand one behind another.
  func piece(_ index: Int) throws -> [UInt8]
}
