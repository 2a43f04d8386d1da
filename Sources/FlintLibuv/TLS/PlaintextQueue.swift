internal import FlintCore
internal import FlintSystem

/// What waits to be encrypted, in the order in which it will be sent.
struct PlaintextQueue {
  enum Item: Sendable {
    case bytes([UInt8])
    case slab(Slab, Range<Int>)
    /// What is not read yet of a file.
    case file(any OpenFile, Range<Int64>)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .slab(_, let range): range.count
      case .file(_, let range): range.count
      }
    }
  }

  /// Small messages are put together up to this many bytes, so that they share a record.
  private static let mergedLength = TLSMachine.recordLength

  /// What is being sent.
  private var first: Item?
  /// How many bytes of it are gone.
  private var taken = 0
  /// What is missing of the file of which `first` is a piece.
  private var restOfFile: Item?
  private var items = Queue<Item>()
  /// The newest bytes, which still grow.
  private var last: [UInt8] = []
  private(set) var byteCount = 0

  var isEmpty: Bool { byteCount == 0 }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    byteCount += bytes.count
    if !last.isEmpty && last.count + bytes.count > Self.mergedLength { seal() }
    last += bytes
  }

  mutating func append(_ item: Item) {
    seal()
    byteCount += item.count
    items.append(item)
    if first == nil { advance() }
  }

  /// The file that must be read before anything else can be sent, and what is missing of it.
  var unreadFile: (file: any OpenFile, range: Range<Int64>)? {
    guard case .file(let file, let range)? = first else { return nil }
    return (file, range)
  }

  /// Puts what was read of ``unreadFile`` before the rest of the file.
  mutating func readFile(_ bytes: [UInt8]) {
    guard case .file(let file, let range)? = first else { preconditionFailure("no file is first") }
    let rest = range.dropFirst(bytes.count)
    restOfFile = rest.isEmpty ? nil : .file(file, rest)
    first = .bytes(bytes)
  }

  /// Shows the first bytes to `take`, which answers how many of them it took. Not on an empty queue, nor before an
  /// ``unreadFile``.
  mutating func takeFirst<Failure: Error>(
    _ take: (UnsafeRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    if first == nil { seal() }
    let count: Int
    switch first {
    case .bytes(let bytes)?:
      let start = taken
      let outcome = bytes.withUnsafeBytes { buffer in
        Result { () throws(Failure) in try take(UnsafeRawBufferPointer(rebasing: buffer[start...])) }
      }
      count = try outcome.get()
    case .slab(let slab, let range)?:
      count = try take(UnsafeRawBufferPointer(rebasing: slab.bytes[range].dropFirst(taken)))
    case .file?, nil: preconditionFailure("there is nothing to take")
    }
    byteCount -= count
    taken += count
    if taken == first?.count { advance() }
  }

  mutating func removeAll() { self = PlaintextQueue() }

  private mutating func seal() {
    guard !last.isEmpty else { return }
    items.append(.bytes(last))
    last = []
    if first == nil { advance() }
  }

  private mutating func advance() {
    first = restOfFile.take() ?? items.popFirst()
    taken = 0
  }
}
