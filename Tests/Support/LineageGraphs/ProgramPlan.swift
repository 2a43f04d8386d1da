package import FlintCore
package import FlintLineage

/// What a program asks of its driver: its jobs with their lineage, in their order, and what its own code does to its tasks.
package struct ProgramPlan: Sendable {
  /// One job.
  package struct Job: Sendable {
    package let node: LineageNode
    package let partitions: [PartitionID]
    /// Whether its tasks commit output, so that a task is over only after it was allowed to.
    package let saves: Bool
    /// The jobs that are over when it is asked for, by their places in ``ProgramPlan/jobs``.
    package let predecessors: [Int]
    /// The jobs that are over when the program cancels it; nil for one that it lets run.
    package let cancelledAfter: [Int]?

    package init(
      _ node: LineageNode, _ partitions: [PartitionID], saves: Bool = false, predecessors: [Int] = [],
      cancelledAfter: [Int]? = nil
    ) {
      self.node = node
      self.partitions = partitions
      self.saves = saves
      self.predecessors = predecessors
      self.cancelledAfter = cancelledAfter
    }
  }

  /// What the program's code does to a task instead of its work.
  package struct Mishap: Sendable {
    package enum Kind: Sendable {
      /// It throws an error of this code, which says `words`.
      case throwing(FlintError.Code, isRetryable: Bool, words: String)
      /// It takes its process with it.
      case trapping
      /// It does not end, whoever asks it to. A job with such a task is cancelled when it has come to that.
      case deaf
    }

    package let kind: Kind
    /// The last dataset of the task's stage.
    package let dataset: DatasetID
    package let partition: PartitionID
    /// How many tries meet it; nil for all of them.
    package let tryCount: Int?

    package init(_ kind: Kind, in dataset: DatasetID, _ partition: PartitionID, tryCount: Int?) {
      self.kind = kind
      self.dataset = dataset
      self.partition = partition
      self.tryCount = tryCount
    }
  }

  package let jobs: [Job]
  package let mishaps: [Mishap]

  package init(_ jobs: [Job], mishaps: [Mishap] = []) {
    self.jobs = jobs
    self.mishaps = mishaps
  }
}
