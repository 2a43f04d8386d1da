internal import FlintCore

/// For each place the tasks that would rather run there.
///
/// A task stands in one list for each of its places, and in a list of the node for each of its executors. Who starts it does
/// not take it out of the others: whoever takes from a list skips what is no longer pending.
struct PlaceLists: Sendable {
  private struct List: Sendable {
    var next: Int
    var end: Int
  }

  /// Whether a task would rather run on an executor, not just on a machine.
  private(set) var hasExecutors = false
  private var onExecutor: [ExecutorIncarnation: Int] = [:]
  private var onNode: [NodeID: Int] = [:]
  /// Tasks that would rather run on an executor, by its machine: the second best place.
  private var besideExecutor: [NodeID: Int] = [:]
  private var lists: [List] = []
  private var entries: [UInt32] = []

  /// The lists of the set's tasks.
  init(_ set: TaskSet) {
    var entrants: [(list: UInt32, task: UInt32)] = []
    for (task, partition) in set.partitions.enumerated() {
      let near = set.places[partition] ?? []
      for place in near {
        switch place {
        case .executor(let executor, let node):
          hasExecutors = true
          entrants.append((Self.number(executor, &onExecutor, &lists), UInt32(task)))
          entrants.append((Self.number(node, &besideExecutor, &lists), UInt32(task)))
        case .node(let node): entrants.append((Self.number(node, &onNode, &lists), UInt32(task)))
        }
      }
    }
    arrange(entrants)
  }

  /// The first pending task that would rather run on this executor.
  mutating func take(on executor: ExecutorIncarnation, _ tasks: [TaskRecord]) -> UInt32? {
    onExecutor[executor].flatMap { first(of: $0, tasks) }
  }

  /// The first pending task that would rather run on this machine.
  mutating func take(on node: NodeID, _ tasks: [TaskRecord]) -> UInt32? {
    onNode[node].flatMap { first(of: $0, tasks) }
  }

  /// The first pending task that would rather run on another executor of this machine.
  mutating func take(beside node: NodeID, _ tasks: [TaskRecord]) -> UInt32? {
    besideExecutor[node].flatMap { first(of: $0, tasks) }
  }

  /// The tasks that may be pending and would rather run on this executor.
  func rest(on executor: ExecutorIncarnation) -> ArraySlice<UInt32> { rest(onExecutor[executor]) }

  /// The tasks that may be pending and would rather run on this machine.
  func rest(on node: NodeID) -> ArraySlice<UInt32> { rest(onNode[node]) }

  private func rest(_ list: Int?) -> ArraySlice<UInt32> { list.map { entries[lists[$0].next..<lists[$0].end] } ?? [] }

  private mutating func first(of list: Int, _ tasks: [TaskRecord]) -> UInt32? {
    while lists[list].next < lists[list].end {
      let task = entries[lists[list].next]
      lists[list].next += 1
      if tasks[Int(task)].isPending { return task }
    }
    return nil
  }

  private static func number<Place: Hashable>(
    _ place: Place, _ numbers: inout [Place: Int], _ lists: inout [List]
  ) -> UInt32 {
    if let known = numbers[place] { return UInt32(known) }
    numbers[place] = lists.count
    lists.append(List(next: 0, end: 0))
    return UInt32(lists.count - 1)
  }

  /// Puts the entrants one list behind another, each in the order in which they came.
  private mutating func arrange(_ entrants: [(list: UInt32, task: UInt32)]) {
    for entrant in entrants { lists[Int(entrant.list)].end += 1 }
    var start = 0
    for list in lists.indices {
      let count = lists[list].end
      lists[list] = List(next: start, end: start)
      start += count
    }
    entries = Array(repeating: 0, count: entrants.count)
    for entrant in entrants {
      let list = Int(entrant.list)
      entries[lists[list].end] = entrant.task
      lists[list].end += 1
    }
  }
}
