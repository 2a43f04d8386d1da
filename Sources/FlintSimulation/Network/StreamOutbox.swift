internal import FlintCore

/// What a process has handed to its stream and what is not yet bytes in the stream's queue: a file that is being read,
/// and all that came after it.
struct StreamOutbox {
  enum Item {
    case bytes([UInt8])
    case file(any OpenFile, Range<Int64>)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(_, let range): range.count
      }
    }
  }

  private var items: [Item] = []
  private(set) var byteCount = 0
  /// A file is being read: nothing leaves before it.
  var isReading = false
  /// Nothing will follow what is here.
  var isFinishing = false

  var isEmpty: Bool { items.isEmpty && !isReading }

  mutating func append(_ item: Item) {
    items.append(item)
    byteCount += item.count
  }

  /// The next item, unless it must wait. The bytes of a file count until it is read.
  mutating func popFirst() -> Item? {
    guard !items.isEmpty, !isReading else { return nil }
    let item = items.removeFirst()
    if case .bytes(let bytes) = item { byteCount -= bytes.count }
    return item
  }

  mutating func endRead(_ count: Int) {
    isReading = false
    byteCount -= count
  }
}
