import FlintCore
import FlintLineage
import LineageGraphs

/// A small case of which every order of events is tried.
package struct OrderCase {
  package let name: String
  let workload: Workload
  /// Where map outputs lie.
  var usesNodeFiles = false
  /// How many executors there are at first, each on a node of its own, and how many tasks each runs at once.
  var executorCount = 2
  var slotCount = 2
  /// What happens at any moment.
  var faults: [OrderState.Choice] = []
  /// Whether the end of every task is told twice.
  var tellsTwice = false
  /// Jobs that are submitted at any moment, not at the beginning.
  var lateJobs: [Int] = []
  /// Whether tasks are sent before there is a slot for them.
  var sendsAhead = false

  init(_ name: String, jobs: (inout Graphs) -> [(LineageNode, saves: Bool)]) {
    self.name = name
    var graphs = Graphs()
    let planned = jobs(&graphs).enumerated().map { index, job in
      PlannedJob(
        id: JobID(rawValue: UInt64(index)), node: job.0, partitions: job.0.allPartitions, group: nil, pool: nil,
        saves: job.saves, start: 0)
    }
    workload = Workload(planned.map(\.node), jobs: planned)
  }

  private func with(_ change: (inout OrderCase) -> Void) -> OrderCase {
    var copy = self
    change(&copy)
    return copy
  }

  private static let e0 = ExecutorID(rawValue: 0)

  private static func reduce(_ name: String, maps: Int = 2, reduces: Int = 1) -> OrderCase {
    OrderCase(name) { graphs in [(graphs.reduce(graphs.source(maps), reduces), false)] }
  }

  private static func chain(_ name: String) -> OrderCase {
    OrderCase(name) { graphs in [(graphs.reduce(graphs.reduce(graphs.source(1), 1), 1), false)] }
  }

  private static func arbitrary(_ name: String, reduces: Int) -> OrderCase {
    OrderCase(name) { graphs in
      let source = graphs.make("arbitrary", 1, [], effect: .arbitrary)
      return [(graphs.reduce(source, reduces), false)]
    }
  }

  private static func twoJobs(_ name: String) -> OrderCase {
    OrderCase(name) { graphs in
      let exchange = graphs.exchange(graphs.source(1), 1)
      return [(graphs.reading([exchange]), false), (graphs.reading([exchange]), false)]
    }
  }

  private static func narrow(_ name: String) -> OrderCase {
    OrderCase(name) { graphs in [(graphs.source(1), false)] }
  }

  private static func saving(_ name: String, partitions: Int) -> OrderCase {
    OrderCase(name) { graphs in [(graphs.source(partitions), true)] }
  }

  private static func gang(_ name: String) -> OrderCase {
    OrderCase(name) { graphs in
      [(graphs.make("train", 2, [.narrow(graphs.source(2), .oneToOne)], isBarrier: true), false)]
    }
  }

  private static func kept(_ name: String) -> OrderCase {
    OrderCase(name) { graphs in
      let kept = graphs.map(graphs.source(1), keep: .memoryOnly)
      return [(graphs.reduce(kept, 1), false)]
    }
  }

  /// All of them.
  package static let all: [OrderCase] = [
    reduce("an executor dies at any moment of a reduce").with { $0.faults = [.die(e0)] },
    reduce("an executor is replaced by its next life at any moment", maps: 1).with { $0.faults = [.replace(e0)] },
    narrow("both executors die, and one comes back").with {
      $0.faults = [.die(e0), .replace(ExecutorID(rawValue: 1))]
    },
    reduce("a machine goes with its files", maps: 1).with {
      $0.usesNodeFiles = true
      $0.faults = [.powerOff(NodeID(rawValue: 0))]
    },
    chain("an executor takes the outputs of two stages with it").with { $0.faults = [.die(e0)] },
    reduce("an output vanishes, and a reader finds out", maps: 2).with { $0.faults = [.loseOutputs(e0)] },
    reduce("an output vanishes, and then its executor", maps: 1).with { $0.faults = [.loseOutputs(e0), .die(e0)] },
    reduce("every end is told twice", maps: 1, reduces: 2).with { $0.tellsTwice = true },
    narrow("an executor dies, and every end is told twice").with {
      $0.tellsTwice = true
      $0.faults = [.die(e0)]
    },
    arbitrary("rows come out otherwise after a loss", reduces: 2).with { $0.faults = [.loseOutputs(e0)] },
    twoJobs("one of two jobs over an exchange is cancelled while an output vanishes").with {
      $0.faults = [.cancel(JobID(rawValue: 0)), .loseOutputs(e0)]
    },
    twoJobs("a job comes while the exchange that it shares is lost").with {
      $0.lateJobs = [1]
      $0.faults = [.loseOutputs(e0)]
    },
    saving("an executor dies around its commit", partitions: 1).with { $0.faults = [.die(e0)] },
    saving("a stage is cancelled around its commits", partitions: 2).with { $0.faults = [.cancelStage(0)] },
    gang("a member of a gang dies at any moment").with {
      $0.slotCount = 2
      $0.faults = [.die(e0)]
    },
    kept("kept rows go with their executor").with {
      $0.faults = [.die(e0)]
    },
    saving("what waits on an executor is taken back, and it dies", partitions: 3).with {
      $0.slotCount = 1
      $0.sendsAhead = true
      $0.faults = [.die(e0)]
    },
  ]
}
