internal import FlintTasks

/// What tasks add to on the side, and the driver reads.
///
/// Each partition of a stage counts once, whatever was run again. A transformation that two jobs compute adds in both.
///
/// ```swift
/// import FlintDatasets
///
/// func load(_ flint: Session) async throws -> Int {
///   let broken = try flint.sum(of: Int.self)
///   let numbers = try await flint.textFile("numbers").compactMap { line in
///     let number = Int(line)
///     if number == nil { broken.add(1) }
///     return number
///   }
///   print(try await numbers.count(), broken.value)
///   return broken.value
/// }
/// ```
public struct Accumulator<Kind: Accumulation>: Sendable, Codable {
  private let total: AccumulatorTotal<Kind>

  init(_ total: AccumulatorTotal<Kind>) {
    self.total = total
  }

  /// Adds `element`. In tasks it counts when the task's result does; on the driver at once.
  public func add(_ element: Kind.Element) {
    var value = Kind.zero
    Kind.add(element, to: &value)
    if let context = CurrentTask.context {
      context.accumulate(total.number, PartialValue<Kind>(value))
    } else {
      total.merge(value)
    }
  }

  /// What was added in all jobs that have ended, on the driver.
  public var value: Kind.Value {
    precondition(CurrentTask.context == nil, "an accumulator is read in a task")
    return total.value
  }

  /// On an executor: one that only adds.
  public init(from decoder: any Decoder) throws { total = try AccumulatorTotal(from: decoder) }

  /// Its number.
  public func encode(to encoder: any Encoder) throws { try total.encode(to: encoder) }
}
