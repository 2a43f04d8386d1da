internal import CFlint
internal import Synchronization

/// What the compiler listed in the sections of one image: types, conformances and captures.
///
/// The lists are read once, when the first reference into the image is checked. An image that another Swift runtime of
/// the process looks after, as a library beside a program with a runtime of its own, has no lists.
final class ImageDeclarations: Sendable {
  private let parts: [Range<UInt>]
  private let lists = Mutex<Lists?>(nil)

  struct Lists: Sendable {
    var types: Set<UInt> = []
    var conformances: Set<UInt> = []
    var captures: Set<UInt> = []
  }

  /// The declarations of the image at these addresses.
  init(parts: [Range<UInt>]) {
    self.parts = parts
  }

  /// Whether the image belongs to the Swift runtime of this program, and so has lists.
  var areKnown: Bool { withLists { $0 != nil } }

  /// Whether `address` is that of a declaration in the list.
  func contains(_ address: UInt, in list: KeyPath<Lists, Set<UInt>>) -> Bool {
    withLists { $0?[keyPath: list].contains(address) ?? false }
  }

  private func withLists(_ body: (Lists?) -> Bool) -> Bool {
    lists.withLock { lists in
      // An image may be asked about while it is being loaded, before its lists are known; that is not remembered.
      if lists == nil { lists = listed() }
      return body(lists)
    }
  }

  private struct Search {
    let parts: [Range<UInt>]
    var found: flint_swift_sections?
  }

  private func listed() -> Lists? {
    var search = Search(parts: parts)
    withUnsafeMutablePointer(to: &search) { search in
      flint_swift_sections_visit(
        { sections, context in
          guard let sections, let search = context?.assumingMemoryBound(to: Search.self) else { return }
          // Lists may be empty, and then stand anywhere.
          let starts = [sections.pointee.base, sections.pointee.types.start, sections.pointee.captures.start]
          if search.pointee.parts.contains(where: { part in starts.contains { part.contains($0) } }) {
            search.pointee.found = sections.pointee
          }
        }, search)
    }
    guard let sections = search.found else { return nil }
    return Lists(
      types: Self.references(sections.types, flagBits: 3),
      conformances: Self.references(sections.conformances, flagBits: 0), captures: Self.captures(sections.captures))
  }

  /// The targets of a list of 4-byte relative references, whose low bit may say that there is a pointer in between.
  private static func references(_ section: flint_section, flagBits: Int32) -> Set<UInt> {
    guard let start = UnsafeRawPointer(bitPattern: section.start) else { return [] }
    var targets: Set<UInt> = []
    for offset in stride(from: 0, to: section.size, by: 4) {
      let relative = (start + offset).load(as: Int32.self)
      guard relative != 0 else { continue }
      let target = start + offset + Int(relative & ~flagBits)
      let isIndirect = relative & flagBits & 1 != 0
      targets.insert(isIndirect ? target.load(as: UInt.self) : UInt(bitPattern: target))
    }
    return targets
  }

  /// The starts of the capture descriptors, which stand one after another.
  private static func captures(_ section: flint_section) -> Set<UInt> {
    var starts: Set<UInt> = []
    var next = section.start
    let end = section.start + UInt(section.size)
    while next + UInt(CaptureDescriptor.headerSize) <= end, let start = UnsafeRawPointer(bitPattern: next) {
      starts.insert(next)
      next += UInt(CaptureDescriptor(start).size)
    }
    return starts
  }
}
