internal import FlintCore

/// A block's identity as numbers, for its file's name and for the header inside.
struct BlockKey: Hashable {
  /// The kinds of blocks. The raw value stands in files and never changes.
  enum Kind: UInt8, CaseIterable {
    case cached = 1
    case broadcast = 2
    case shuffleData = 3
    case shuffleIndex = 4
    case shuffleSegment = 5
    case taskResult = 6

    var name: String {
      switch self {
      case .cached: "cached"
      case .broadcast: "broadcast"
      case .shuffleData: "shuffle-data"
      case .shuffleIndex: "shuffle-index"
      case .shuffleSegment: "shuffle-segment"
      case .taskResult: "result"
      }
    }

    var numberCount: Int {
      switch self {
      case .cached, .broadcast: 2
      case .taskResult: 4
      case .shuffleData, .shuffleIndex: 5
      case .shuffleSegment: 6
      }
    }
  }

  /// The most numbers that a kind has.
  static let mostNumbers = 6

  let kind: Kind
  /// As many as the kind has.
  let numbers: [UInt64]

  init(_ id: BlockID) {
    switch id {
    case .cached(let dataset, let partition):
      self.init(.cached, [dataset.rawValue, partition.rawValue])
    case .broadcast(let broadcast, let piece):
      self.init(.broadcast, [broadcast.rawValue, UInt64(piece)])
    case .shuffleData(let shuffle, let map):
      self.init(.shuffleData, [shuffle.rawValue] + Self.numbers(of: map))
    case .shuffleIndex(let shuffle, let map):
      self.init(.shuffleIndex, [shuffle.rawValue] + Self.numbers(of: map))
    case .shuffleSegment(let shuffle, let map, let reduce):
      self.init(.shuffleSegment, [shuffle.rawValue] + Self.numbers(of: map) + [reduce.rawValue])
    case .taskResult(let attempt):
      self.init(.taskResult, Self.numbers(of: attempt))
    }
  }

  private init(_ kind: Kind, _ numbers: [UInt64]) {
    self.kind = kind
    self.numbers = numbers
  }

  /// The block that these numbers say; nil when they say none.
  static func block(_ kind: Kind, _ numbers: [UInt64]) -> BlockID? {
    guard numbers.count == kind.numberCount else { return nil }
    switch kind {
    case .cached: return .cached(DatasetID(rawValue: numbers[0]), PartitionID(rawValue: numbers[1]))
    case .broadcast:
      guard let piece = UInt32(exactly: numbers[1]) else { return nil }
      return .broadcast(BroadcastID(rawValue: numbers[0]), piece: piece)
    case .shuffleData: return attempt(numbers[1...]).map { .shuffleData(ShuffleID(rawValue: numbers[0]), map: $0) }
    case .shuffleIndex: return attempt(numbers[1...]).map { .shuffleIndex(ShuffleID(rawValue: numbers[0]), map: $0) }
    case .shuffleSegment:
      return attempt(numbers[1...4]).map {
        .shuffleSegment(ShuffleID(rawValue: numbers[0]), map: $0, reduce: PartitionID(rawValue: numbers[5]))
      }
    case .taskResult: return attempt(numbers[...]).map { .taskResult($0) }
    }
  }

  private static func numbers(of attempt: TaskAttempt) -> [UInt64] {
    let stage = attempt.task.stage
    return [
      stage.stage.rawValue, UInt64(stage.number), attempt.task.partition.rawValue, UInt64(attempt.number),
    ]
  }

  private static func attempt(_ numbers: ArraySlice<UInt64>) -> TaskAttempt? {
    let first = numbers.startIndex
    guard let stageNumber = UInt32(exactly: numbers[first + 1]), let number = UInt32(exactly: numbers[first + 3]) else {
      return nil
    }
    let stage = StageAttempt(stage: StageID(rawValue: numbers[first]), number: stageNumber)
    return TaskAttempt(
      task: TaskID(stage: stage, partition: PartitionID(rawValue: numbers[first + 2])), number: number)
  }
}

extension BlockKey {
  /// The file's name, such as `cached.3.7`. It is made of numbers alone, so no identity can lead out of the directory.
  var fileName: String { ([kind.name] + numbers.map { "\($0)" }).joined(separator: ".") }

  /// The block whose file has this name; nil for every other name.
  static func block(fileName: String) -> BlockID? {
    let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
    guard let name = parts.first, let kind = Kind.allCases.first(where: { $0.name == name }) else { return nil }
    let numbers = parts.dropFirst().compactMap { UInt64($0) }
    // Only one spelling: `007` would be a second file for one block.
    guard let id = block(kind, numbers), BlockKey(id).fileName == fileName else { return nil }
    return id
  }
}
