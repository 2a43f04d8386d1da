public import FlintCore
public import FlintWire

/// Somebody who has blocks of some kinds, and gives parts of them to others.
public protocol BlockProvider: Sendable {
  /// The part of a block that is asked for, checked; nil when blocks of this kind are not its business.
  ///
  /// Throws `file-not-found` when there is no such block, `corrupt-data` when it is damaged, and `invalid-argument` for a
  /// part that it does not have.
  func part(of request: BlockRequest) async throws -> [UInt8]?

  /// The part of a block that is asked for as places in a file, where its checksum is known without reading it: then it is
  /// sent without passing through this process. Nil where it has to be read.
  func file(of request: BlockRequest) async throws -> BlockFileParts?

  /// How many bytes a block has; nil when blocks of this kind are not its business. Throws `file-not-found` when there is no
  /// such block.
  func length(of block: BlockID) async throws -> UInt64?
}

extension BlockProvider {
  /// It has no files.
  public func file(of request: BlockRequest) async throws -> BlockFileParts? { nil }

  /// Nobody asks for the length of its blocks.
  public func length(of block: BlockID) async throws -> UInt64? { nil }
}

extension BlockRequest {
  /// Asks how many bytes a block has, since its reader need not know: the answer is that number in eight bytes. No part
  /// begins at such an offset.
  public init(lengthOf block: BlockID) { self.init(block: block, offset: .max, length: 8) }

  /// Whether it asks for the block's length.
  public var asksForLength: Bool { offset == .max && length == 8 }
}
