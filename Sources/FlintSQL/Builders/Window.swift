/// Which rows a function over a window looks at, and in which order.
public struct Window: Sendable {
  var specification = WindowSpecification()

  /// The rows with the same values in some columns.
  public static func partitionBy(_ columns: String...) -> Window {
    Window(specification: WindowSpecification(partition: columns.map { col($0).expression }))
  }

  /// All rows, in an order.
  public static func orderBy(_ orders: SortOrder...) -> Window {
    Window(specification: WindowSpecification(order: orders))
  }

  /// The same in an order.
  public func orderBy(_ orders: SortOrder...) -> Window {
    var window = self
    window.specification.order = orders
    return window
  }

  /// The same in the order of some columns.
  public func orderBy(_ columns: String...) -> Window {
    var window = self
    window.specification.order = columns.map { SortOrder(col($0).expression) }
    return window
  }

  /// The same with the rows from one place to another one, counted from the current row; nil for the first and the last.
  public func rowsBetween(_ start: Int?, _ end: Int?) -> Window {
    var window = self
    window.specification.frame = WindowExtent(unit: .rows, start: bound(start), end: bound(end))
    return window
  }

  private func bound(_ distance: Int?) -> WindowExtent.Bound {
    guard let distance else { return .unbounded }
    if distance == 0 { return .current }
    let number = Expression(.literal(abs(distance).literal))
    return distance < 0 ? .preceding(number) : .following(number)
  }
}
