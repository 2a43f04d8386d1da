internal import FlintCore

// Frames with other frames.
extension DataFrame {
  /// Rows beside those of another frame that have the same values in some columns, which the result has once.
  ///
  /// - Parameter kind: `inner`, `left`, `right`, `full`, `semi`, `anti`.
  public func join(
    _ other: DataFrame, using columns: [String], _ kind: String = "inner", file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    joined(other, .using(columns), kind, SourceLocation(file: file, line: line))
  }

  /// Rows beside those of another frame for which a condition in SQL is true; give both frames names by ``alias(_:)``.
  public func join(
    _ other: DataFrame, on condition: String, _ kind: String = "inner", file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return joined(other, .on(expression(condition, at: place)), kind, place)
  }

  /// Rows beside those of another frame for which a condition is true.
  public func join(
    _ other: DataFrame, on condition: Column, _ kind: String = "inner", file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    joined(other, .on(condition.expression), kind, SourceLocation(file: file, line: line))
  }

  /// Each row beside each of another frame.
  public func crossJoin(_ other: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
    let join = JoinQuery(left: query, right: other.query, kind: .cross, condition: .none)
    return with(.join(join), .program(SourceLocation(file: file, line: line)))
  }

  /// The rows of both, whose columns belong together by their places.
  public func union(_ other: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
    combined(.union, other, keepsDuplicates: true, file, line)
  }

  /// The rows of both, whose columns belong together by their names; a column that one of them lacks is an error, or with
  /// `allowMissingColumns` null.
  public func unionByName(
    _ other: DataFrame, allowMissingColumns: Bool = false, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    var set = SetQuery(kind: .union, left: query, right: other.query, keepsDuplicates: true)
    set.isByName = true
    set.allowsMissing = allowMissingColumns
    return with(.set(set), .program(SourceLocation(file: file, line: line)))
  }

  /// The different rows that both have.
  public func intersect(_ other: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
    combined(.intersect, other, keepsDuplicates: false, file, line)
  }

  /// The different rows that the other frame has not.
  public func except(_ other: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
    combined(.except, other, keepsDuplicates: false, file, line)
  }

  /// The frame with advice to its joins: `broadcast` gives its rows to every task; `merge` sorts both sides and merges them;
  /// `shuffle_hash` makes a table of the rows of each partition. Of two, the one that stands first here counts.
  public func hint(_ name: String, file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    guard let hint = JoinHint(name) else {
      let nearest = NearestName.find(for: name.lowercased(), in: JoinHint.allCases.flatMap(\.names))
      return failing(
        FlintError(
          .invalidArgument, "there is no advice '\(name)'",
          remedy: nearest.map { "did you mean \($0)?" } ?? "broadcast, merge and shuffle_hash are known", at: place))
    }
    return with(.hinted(query, hint), .program(place))
  }

  private func combined(
    _ kind: SetQuery.Kind, _ other: DataFrame, keepsDuplicates: Bool, _ file: String, _ line: Int
  ) -> DataFrame {
    let set = SetQuery(kind: kind, left: query, right: other.query, keepsDuplicates: keepsDuplicates)
    return with(.set(set), .program(SourceLocation(file: file, line: line)))
  }

  private func joined(
    _ other: DataFrame, _ condition: JoinQuery.Condition, _ kind: String, _ place: SourceLocation
  ) -> DataFrame {
    guard let known = Self.joinKinds[kind.lowercased()] else {
      let nearest = NearestName.find(for: kind, in: Self.joinKinds.keys.sorted())
      return failing(
        FlintError(
          .invalidArgument, "there is no join '\(kind)'", remedy: nearest.map { "did you mean \($0)?" }, at: place))
    }
    return with(
      .join(JoinQuery(left: query, right: other.query, kind: known, condition: condition)), .program(place))
  }

  private static let joinKinds: [String: JoinQuery.Kind] = [
    "inner": .inner, "left": .left, "left_outer": .left, "leftouter": .left, "right": .right, "right_outer": .right,
    "rightouter": .right, "full": .full, "outer": .full, "full_outer": .full, "fullouter": .full, "semi": .semi,
    "left_semi": .semi, "leftsemi": .semi, "anti": .anti, "left_anti": .anti, "leftanti": .anti, "cross": .cross,
  ]
}

/// The frame with the advice that joins give its rows to every task, since they are few.
public func broadcast(_ frame: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
  frame.hint("broadcast", file: file, line: line)
}
