/// What a dataset is computed from.
public enum Dependency: Sendable {
  /// A few partitions of the parent for each of the child, computed in the same task.
  case narrow(LineageNode, NarrowMapping)
  /// An exchange of rows: the plan is cut here.
  case wide(ShuffleDependency)

  /// The dataset on the other side.
  public var parent: LineageNode {
    switch self {
    case .narrow(let parent, _): parent
    case .wide(let shuffle): shuffle.parent
    }
  }

  /// How sure the rows are that come through it.
  public var determinacy: Determinacy {
    switch self {
    case .narrow(let parent, _): parent.determinacy
    case .wide(let shuffle): shuffle.determinacy
    }
  }
}
