public import FlintCore

/// A broadcast value that arrived with a closure, without its content. The executor fetches the content before it runs the
/// first task of the stage, so that user code never waits for it.
public protocol PendingBroadcast: AnyObject, Sendable {
  /// Which broadcast it is.
  var id: BroadcastID { get }

  /// The value that the content holds, for all who have the same broadcast on this executor. Throws `corrupt-data`.
  func decode(_ content: [UInt8]) throws -> any Sendable

  /// Takes the value that ``decode(_:)`` of this or another one of the same broadcast has returned.
  func fill(_ value: any Sendable)
}

/// Where broadcasts that are decoded make themselves known.
public enum BroadcastCollector {
  /// Called for each one while closures are decoded; nil where none may appear.
  @TaskLocal public static var found: Receiver?

  /// Who is told of them. A struct, since Swift 6.3 crashes on task-local values that are optional functions, optimised.
  public struct Receiver: Sendable {
    private let body: @Sendable (any PendingBroadcast) -> Void

    /// Calls `body`.
    public init(_ body: @escaping @Sendable (any PendingBroadcast) -> Void) {
      self.body = body
    }

    /// A broadcast was found.
    public func callAsFunction(_ broadcast: any PendingBroadcast) { body(broadcast) }
  }
}
