internal import FlintCore

extension SeamContract {
  static let execution: [Check] = [
    Check(name: "an actor on the control loop is isolated there") { contract in
      let first = LoopActor(contract.context)
      let second = LoopActor(contract.context)
      let count = await first.count(with: second)
      try contract.require(count == 2, "counted \(count)")
    },
    Check(name: "a task on the control loop may assume its isolation") { contract in
      let actor = LoopActor(contract.context)
      await Task(executorPreference: contract.context.executors.control) { await actor.step() }.value
      let count = await actor.steps
      try contract.require(count == 1, "counted \(count)")
    },
    Check(name: "task threads run tasks and their children") { contract in
      try contract.require(contract.context.executors.taskThreadCount >= 1, "there are no task threads")
      let sum = await Task(executorPreference: contract.context.executors.tasks) {
        await withTaskGroup(of: Int.self) { group in
          for number in 1...100 {
            group.addTask {
              await Task.yield()
              return number
            }
          }
          return await group.reduce(0, +)
        }
      }.value
      try contract.require(sum == 5050, "the sum is \(sum)")
    },
  ]
}

private actor LoopActor {
  nonisolated let control: UnownedSerialExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { control }
  private(set) var steps = 0

  init(_ context: NodeContext) { control = context.controlExecutor }

  func step() {
    preconditionIsolated()
    steps += 1
  }

  /// Both actors share the loop, so the other one's isolation may be assumed as well.
  func count(with other: LoopActor) -> Int {
    step()
    other.assumeIsolated { $0.step() }
    return steps + other.assumeIsolated { $0.steps }
  }
}
