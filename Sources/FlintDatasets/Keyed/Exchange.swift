public import FlintLineage
public import FlintShuffle

/// How an operator over keys gets the rows of a parent: the dependency, and where a task finds it.
@usableFromInline
struct Exchange: Sendable {
  /// What the dataset depends on.
  @usableFromInline let dependency: Dependency
  /// Where its tasks read.
  @usableFromInline let input: KeyedInput

  @usableFromInline
  init(dependency: Dependency, input: KeyedInput) {
    self.dependency = dependency
    self.input = input
  }

  /// Whether the rows are exchanged; if not, they already are where they belong.
  @usableFromInline var isWide: Bool {
    switch dependency {
    case .narrow: false
    case .wide: true
    }
  }

  /// How the rows are partitioned afterwards.
  @usableFromInline var partitioner: Partitioner? {
    switch dependency {
    case .narrow(let parent, _): parent.partitioner
    case .wide(let shuffle): shuffle.partitioner
    }
  }
}
