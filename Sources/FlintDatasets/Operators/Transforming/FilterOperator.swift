public import FlintCore
public import FlintTasks

/// Lets some rows of every partition through.
@usableFromInline
final class FilterOperator<Row: Sendable>: NodeOperator {
  private let site: OperatorSite
  private let choose: @Sendable (StepRows<Row>, inout [UInt32]) throws -> Int
  private let copy: (StepRows<Row>, inout [Row]) -> Void
  private let fusedSteps: Int
  private let fusedFill: FusedFill<Row>.Body

  /// - Parameters:
  ///   - choose: puts the numbers of the chosen rows into an array that has room for all, and returns how many they are.
  ///   - copy: puts the rows in the place of what an array holds.
  ///   - fusedSteps: how many transformations `fusedFill` does, this one as the last; 0 when it does none.
  @usableFromInline
  init(
    _ site: OperatorSite, _ choose: @escaping @Sendable (StepRows<Row>, inout [UInt32]) throws -> Int,
    copy: @escaping (StepRows<Row>, inout [Row]) -> Void, fusedSteps: Int, fusedFill: @escaping FusedFill<Row>.Body
  ) {
    self.site = site
    self.choose = choose
    self.copy = copy
    self.fusedSteps = fusedSteps
    self.fusedFill = fusedFill
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    StepStream.extending(
      try await inputs[0][0].open(), site, fusing: fusedSteps, context, fused: { FusedStep($0, fusedFill, context) },
      single: { FilterStep(site, choose, copy, context) })
  }
}
