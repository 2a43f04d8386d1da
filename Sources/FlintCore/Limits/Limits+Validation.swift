extension Limits {
  /// Checks that every limit is above zero and that all relations between limits hold.
  ///
  /// Throws `limit-relation`, which names the limits, their values and the reason.
  public func validate() throws(FlintError) {
    for limit in Self.all where limit.value(in: self) <= 0 {
      throw FlintError(.limitRelation, "\(limit.name) is \(limit.text(in: self)); a limit is above zero")
    }
    for relation in Self.relations where !relation.holds(in: self) {
      let (smaller, larger) = (relation.smaller, relation.larger)
      throw FlintError(
        .limitRelation,
        "\(smaller.name) (\(smaller.text(in: self))) must be \(relation.order.rawValue) "
          + "\(larger.name) (\(larger.text(in: self)))",
        why: "otherwise \(relation.reason)", remedy: "lower \(smaller.name) or raise \(larger.name)")
    }
  }
}
