public import FlintDatasets

/// What a scenario computes, and what must come out of it.
public struct ScenarioJob: Sendable {
  /// What is there for a job beside its session.
  public struct Ground: Sendable {
    /// A folder that the driver and all executors see, for inputs and outputs. It is there and, at first, empty.
    public let shared: String

    /// A ground.
    public init(shared: String) {
      self.shared = shared
    }

    /// The path of `name` in the shared folder.
    public func path(_ name: String) -> String { "\(shared)/\(name)" }
  }

  /// What it is called in reports.
  public let name: String
  /// Runs it in the driver and returns its answer, a line a row, in any order.
  public let run: @Sendable (Session, Ground) async throws -> [String]
  /// The answer by other means than the product.
  public let reference: @Sendable () -> [String]
  /// Names in ``Ground/shared`` that it publishes as outputs: each is whole or not there at all.
  public let outputs: [String]

  /// A job.
  public init(
    _ name: String, outputs: [String] = [], run: @escaping @Sendable (Session, Ground) async throws -> [String],
    reference: @escaping @Sendable () -> [String]
  ) {
    self.name = name
    self.outputs = outputs
    self.run = run
    self.reference = reference
  }
}
