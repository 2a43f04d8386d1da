/// A value that the driver gives to every executor once, however many tasks use it.
///
/// Functions capture it like any other value, and read ``value``; what travels with them is only its number. It is let go
/// when the driver has no copy of it any more, in a dataset's functions either.
///
/// ```swift
/// import FlintDatasets
///
/// func names(_ flint: Session, _ codes: Dataset<Int>, table: [Int: String]) async throws -> Dataset<String> {
///   let table = try await flint.broadcast(table)
///   return codes.map { table.value[$0] ?? "unknown" }
/// }
/// ```
public struct Broadcast<Value: Sendable>: Sendable, Codable {
  private let box: BroadcastBox<Value>

  init(_ box: BroadcastBox<Value>) {
    self.box = box
  }

  /// The value.
  public var value: Value { box.value }

  /// On an executor: the broadcast that the number names, whose value comes before the first task.
  public init(from decoder: any Decoder) throws { box = try BroadcastBox(from: decoder) }

  /// Its number.
  public func encode(to encoder: any Encoder) throws { try box.encode(to: encoder) }
}
