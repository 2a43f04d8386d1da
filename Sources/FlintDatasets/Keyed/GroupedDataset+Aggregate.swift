extension GroupedDataset {
  /// One figure of each group.
  @inlinable
  @inline(__always)
  public func aggregate<Partial1: Sendable, Result1: Sendable>(
    _ first: Aggregate<Row, Partial1, Result1>
  ) -> Dataset<(Key, Result1)> {
    // Functions travel one by one: a struct of functions could not be captured.
    let (firstCreate, firstAdd, firstMerge, firstResult) = (first.create, first.add, first.merge, first.result)
    return dataset.aggregated(
      site, partitions, key: key, create: firstCreate, add: firstAdd, merge: firstMerge, result: firstResult)
  }

  /// Two figures of each group.
  @inlinable
  @inline(__always)
  public func aggregate<Partial1: Sendable, Result1: Sendable, Partial2: Sendable, Result2: Sendable>(
    _ first: Aggregate<Row, Partial1, Result1>, _ second: Aggregate<Row, Partial2, Result2>
  ) -> Dataset<(Key, (Result1, Result2))> {
    // Functions travel one by one: a struct of functions could not be captured.
    let (firstCreate, firstAdd, firstMerge, firstResult) = (first.create, first.add, first.merge, first.result)
    let (secondCreate, secondAdd, secondMerge, secondResult) = (second.create, second.add, second.merge, second.result)
    return dataset.aggregated(
      site, partitions, key: key,
      create: { (try firstCreate($0), try secondCreate($0)) },
      add: { partial, row in
        try firstAdd(&partial.0, row)
        try secondAdd(&partial.1, row)
      },
      merge: { partial, more in
        try firstMerge(&partial.0, more.0)
        try secondMerge(&partial.1, more.1)
      },
      result: { (try firstResult($0.0), try secondResult($0.1)) })
  }

  /// Three figures of each group.
  @inlinable
  @inline(__always)
  public func aggregate<
    Partial1: Sendable, Result1: Sendable, Partial2: Sendable, Result2: Sendable, Partial3: Sendable, Result3: Sendable
  >(
    _ first: Aggregate<Row, Partial1, Result1>, _ second: Aggregate<Row, Partial2, Result2>,
    _ third: Aggregate<Row, Partial3, Result3>
  ) -> Dataset<(Key, (Result1, Result2, Result3))> {
    // Functions travel one by one: a struct of functions could not be captured.
    let (firstCreate, firstAdd, firstMerge, firstResult) = (first.create, first.add, first.merge, first.result)
    let (secondCreate, secondAdd, secondMerge, secondResult) = (second.create, second.add, second.merge, second.result)
    let (thirdCreate, thirdAdd, thirdMerge, thirdResult) = (third.create, third.add, third.merge, third.result)
    return dataset.aggregated(
      site, partitions, key: key,
      create: { (try firstCreate($0), try secondCreate($0), try thirdCreate($0)) },
      add: { partial, row in
        try firstAdd(&partial.0, row)
        try secondAdd(&partial.1, row)
        try thirdAdd(&partial.2, row)
      },
      merge: { partial, more in
        try firstMerge(&partial.0, more.0)
        try secondMerge(&partial.1, more.1)
        try thirdMerge(&partial.2, more.2)
      },
      result: { (try firstResult($0.0), try secondResult($0.1), try thirdResult($0.2)) })
  }

  /// Four figures of each group.
  @inlinable
  @inline(__always)
  public func aggregate<
    Partial1: Sendable, Result1: Sendable, Partial2: Sendable, Result2: Sendable, Partial3: Sendable, Result3: Sendable,
    Partial4: Sendable, Result4: Sendable
  >(
    _ first: Aggregate<Row, Partial1, Result1>, _ second: Aggregate<Row, Partial2, Result2>,
    _ third: Aggregate<Row, Partial3, Result3>, _ fourth: Aggregate<Row, Partial4, Result4>
  ) -> Dataset<(Key, (Result1, Result2, Result3, Result4))> {
    // Functions travel one by one: a struct of functions could not be captured.
    let (firstCreate, firstAdd, firstMerge, firstResult) = (first.create, first.add, first.merge, first.result)
    let (secondCreate, secondAdd, secondMerge, secondResult) = (second.create, second.add, second.merge, second.result)
    let (thirdCreate, thirdAdd, thirdMerge, thirdResult) = (third.create, third.add, third.merge, third.result)
    let (fourthCreate, fourthAdd, fourthMerge, fourthResult) = (fourth.create, fourth.add, fourth.merge, fourth.result)
    return dataset.aggregated(
      site, partitions, key: key,
      create: { (try firstCreate($0), try secondCreate($0), try thirdCreate($0), try fourthCreate($0)) },
      add: { partial, row in
        try firstAdd(&partial.0, row)
        try secondAdd(&partial.1, row)
        try thirdAdd(&partial.2, row)
        try fourthAdd(&partial.3, row)
      },
      merge: { partial, more in
        try firstMerge(&partial.0, more.0)
        try secondMerge(&partial.1, more.1)
        try thirdMerge(&partial.2, more.2)
        try fourthMerge(&partial.3, more.3)
      },
      result: { (try firstResult($0.0), try secondResult($0.1), try thirdResult($0.2), try fourthResult($0.3)) })
  }
}
