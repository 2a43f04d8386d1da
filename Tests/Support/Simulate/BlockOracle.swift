internal import FlintCore
internal import FlintStorage
internal import Synchronization

/// What is known of each block, in a map that no disk can harm, and what a reader may therefore find.
final class BlockOracle: Sendable {
  /// What a reader found.
  enum Found {
    case content(BlockContent?)
    case refused
    case absent
  }

  enum Damage: String { case flipped, swapped }

  private struct Knowledge {
    /// Every content that a writer ever began with.
    var begun: Set<BlockContent> = []
    /// What must be found; nil when it is open which of what was begun, or none.
    var certain: (content: BlockContent?, durability: BlockDurability)?
    var damage: Damage?
    /// The damage may be gone: by a writer who failed later, or because a swap was undone.
    var mayBeMended = false
    /// A loss of power may have torn the file.
    var mayBeTorn = false
  }

  /// A reader found what it may not.
  struct Violation: Error, CustomStringConvertible {
    let description: String
  }

  private let blocks = Mutex<[BlockID: Knowledge]>([:])

  /// A writer or remover begins: from now on either state may be found.
  func begin(_ id: BlockID, _ content: BlockContent?) {
    update(id) { block in
      if let content {
        block.begun.insert(content)
        block.mayBeMended = true
      }
      block.certain = nil
    }
  }

  /// It was told that its work is done.
  func finish(_ id: BlockID, _ content: BlockContent?, _ durability: BlockDurability) {
    update(id) { block in
      block.certain = (content, durability)
      block.damage = nil
      block.mayBeTorn = false
    }
  }

  func damage(_ id: BlockID, _ damage: Damage) {
    update(id) { block in
      // A second swap may bring a file back to its place.
      block.mayBeMended = block.damage == .swapped && damage == .swapped
      block.damage = damage
    }
  }

  /// Somebody took the file away.
  func lose(_ id: BlockID) {
    update(id) { block in
      block.certain = (nil, .process)
      block.damage = nil
      block.mayBeTorn = false
    }
  }

  /// The power was gone: only what was to outlive that is still certain.
  func crash() {
    blocks.withLock { blocks in
      for id in blocks.keys {
        // The names of a swap were not synced.
        if blocks[id]?.damage == .swapped { blocks[id]?.mayBeMended = true }
        guard blocks[id]?.certain?.durability != .machine else { continue }
        blocks[id]?.certain = nil
        blocks[id]?.damage = nil
        blocks[id]?.mayBeTorn = true
      }
    }
  }

  /// Checks what a reader found. Returns the name of the rare path that it took.
  func check(_ id: BlockID, _ found: Found) throws -> String? {
    let block = blocks.withLock { $0[id] ?? Knowledge() }
    switch found {
    case .content(let content):
      guard let content, block.begun.contains(content) else {
        throw Violation(description: "\(id) holds bytes that nobody wrote there")
      }
      guard block.damage == nil || block.mayBeMended else {
        throw Violation(description: "\(id) was damaged, and is read all the same")
      }
      if let certain = block.certain, certain.content != content {
        throw Violation(description: "\(id) holds content \(content.seed), not \(certain.content?.seed ?? 0)")
      }
      return nil
    case .refused:
      if let damage = block.damage { return "blocks.\(damage.rawValue)-refused" }
      guard block.mayBeTorn else { throw Violation(description: "\(id) is refused, though nothing harmed it") }
      return "blocks.torn-refused"
    case .absent:
      guard let certain = block.certain else { return "blocks.lost" }
      guard certain.content == nil else { throw Violation(description: "\(id) is gone, though its writer was told") }
      return nil
    }
  }

  private func update(_ id: BlockID, _ change: (inout Knowledge) -> Void) {
    blocks.withLock { change(&$0[id, default: Knowledge()]) }
  }
}
