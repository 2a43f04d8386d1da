import FlintCore
import FlintLineage
import LineageGraphs
import Testing

@Suite("Stage plan")
struct StagePlanTests {
  @Test("without an exchange there is one stage")
  func narrow() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.map(graphs.source()))
    #expect(plan.stages.map(\.kind) == [.result])
    #expect(plan.result.taskCount == 4)
    #expect(plan.result.parents == [])
  }

  @Test("each exchange cuts")
  func cuts() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.map(graphs.reduce(graphs.map(graphs.reduce(graphs.source(5), 3)), 2)))
    #expect(plan.stages.map(\.kind) == [.shuffleMap(1), .shuffleMap(2), .result])
    #expect(plan.stages.map(\.taskCount) == [5, 3, 2])
    #expect(plan.stages.map(\.parents) == [[], [0], [1]])
    #expect(plan.stages.map(\.shuffles) == [[], [1], [2]])
  }

  @Test("a join waits for both of its sides")
  func join() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.join(graphs.source(), graphs.reduce(graphs.source())))
    #expect(plan.stages.count == 4)
    #expect(plan.result.parents.count == 2)
    #expect(
      plan.stages.indices.allSatisfy { index in
        plan.stages[index].parents.allSatisfy { parent in plan.stages[..<index].contains { $0.id == parent } }
      })
  }

  @Test("two readers of one exchange in a job share its stage")
  func sharedInJob() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let exchange = graphs.exchange(graphs.source(), 2)
    let (first, second) = (graphs.reading([exchange]), graphs.reading([exchange]))
    #expect(planner.plan(graphs.union(first, second)).stages.map(\.kind) == [.shuffleMap(1), .result])
  }

  @Test("two jobs share the stages of their exchanges, not their results")
  func sharedByJobs() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let reduced = graphs.reduce(graphs.source())
    let (first, second) = (planner.plan(reduced), planner.plan(graphs.map(reduced)))
    #expect(first.stages[0].id == second.stages[0].id)
    #expect(first.result.id != second.result.id)
  }

  @Test("a forgotten exchange gets a new stage, and its readers hear of it")
  func forgotten() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let top = graphs.reduce(graphs.reduce(graphs.source()))
    let before = planner.plan(top)
    planner.forget(1)
    let after = planner.plan(top)
    #expect(after.stages[0].id > before.result.id)
    #expect(after.stages[1].id == before.stages[1].id)
    #expect(after.stages[1].parents == [after.stages[0].id])
  }

  @Test("a barrier anywhere in a stage makes it one")
  func barrier() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let gang = graphs.make("train", 4, [.narrow(graphs.source(), .oneToOne)], isBarrier: true)
    let plan = planner.plan(graphs.reduce(graphs.map(gang)))
    #expect(plan.stages.map(\.isBarrier) == [true, false])
  }

  // MARK: What must run

  private func missing(
    _ plan: StagePlan, _ partitions: [PartitionID]? = nil, kept: [DatasetID: Set<PartitionID>] = [:],
    written: Set<ShuffleID> = []
  ) -> [StageID] {
    plan.missing(partitions: partitions ?? plan.result.node.allPartitions) {
      kept[$0]?.contains($1) ?? false
    } isWritten: {
      written.contains($0)
    }.map(\.id)
  }

  @Test("with nothing there every stage must run, parents first")
  func nothingThere() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.join(graphs.source(), graphs.reduce(graphs.source())))
    #expect(missing(plan) == plan.stages.map(\.id))
  }

  @Test("what is written is skipped, with all that only it needed")
  func skipped() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.reduce(graphs.reduce(graphs.source())))
    #expect(missing(plan, written: [1]) == [1, 2])
    #expect(missing(plan, written: [2]) == [2])
  }

  @Test("a kept dataset cuts the plan, when every partition that is asked for is there")
  func keptCuts() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let kept = graphs.reduce(graphs.source(), keep: .memoryOnly)
    let plan = planner.plan(graphs.map(kept))
    #expect(missing(plan, kept: [kept.id: [0, 1]]) == [1])
    #expect(missing(plan, kept: [kept.id: [0]]) == [0, 1])
    #expect(missing(plan, [0], kept: [kept.id: [0]]) == [1])
  }

  @Test("a dataset that is not to be kept is not looked for")
  func notKept() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let reduced = graphs.reduce(graphs.source())
    let plan = planner.plan(graphs.map(reduced))
    #expect(missing(plan, kept: [reduced.id: [0, 1]]) == [0, 1])
  }

  @Test("a partition of a union needs the side that it comes from")
  func unionSides() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.union(graphs.reduce(graphs.source()), graphs.reduce(graphs.source())))
    #expect(missing(plan, [0]) == [0, 2])
    #expect(missing(plan, [3]) == [1, 2])
    #expect(missing(plan, [1, 2]) == [0, 1, 2])
  }

  @Test("map outputs of one side of a join that are lost bring back that side only")
  func lostSide() {
    var (graphs, planner) = (Graphs(), StagePlanner())
    let plan = planner.plan(graphs.join(graphs.source(), graphs.source()))
    #expect(missing(plan, written: [2]) == [0, 2])
  }
}
