internal import FlintLayout
internal import FlintTasks

/// What one try at a task came to.
struct PartialValue<Kind: Accumulation>: AccumulatorUpdate {
  private var value: Kind.Value

  init(_ value: Kind.Value) {
    self.value = value
  }

  func merging(_ other: any AccumulatorUpdate) -> any AccumulatorUpdate {
    guard let other = other as? PartialValue<Kind> else {
      preconditionFailure("an accumulator of \(Kind.self) was given a \(type(of: other))")
    }
    var merged = self
    Kind.merge(other.value, into: &merged.value)
    return merged
  }

  func encoded() throws -> [UInt8] { try RowBlock.encode([value], form: .rows) }
}
