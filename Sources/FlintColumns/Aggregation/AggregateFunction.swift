/// What is computed of all rows with one key.
public struct AggregateFunction: Hashable, Sendable {
  /// The functions. Null is left out, unless a function says otherwise; of no values all but the counts give null.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// How many rows there are, null or not.
    case countRows
    /// How many values there are.
    case count
    /// Of whole numbers an `int64`, of floats a `double`, of decimals one with ten digits more.
    case sum
    /// Of decimals one with four digits more before and behind the point, of all other numbers a `double`.
    case average
    case minimum
    case maximum
    /// Of those that came first.
    case first
    /// Of those that came last.
    case last
    /// Of the whole population, as a `double`; the square root of it is its standard deviation.
    case variance
    /// Of a sample, as a `double`; NaN of one value.
    case sampleVariance
    /// All values in the order in which they come, as a list, empty when there are none; not over frames that move.
    case collectList
    /// The different values in the order in which they first come, as a list; not over frames.
    case collectSet
    /// How many different values there are; not over frames.
    case countDistinct
    /// Of the row that came first, be it null; of any type.
    case firstRow
    /// Of the row that came last, be it null; of any type.
    case lastRow
  }

  /// What is computed.
  public let kind: Kind
  /// Of what; nil for `countRows` only.
  public let input: DataType?
  /// Whether each value of a key counts once.
  public let isDistinct: Bool

  /// A function of values of `input`. Check with ``isDefined`` what came from users.
  public init(_ kind: Kind, of input: DataType? = nil, isDistinct: Bool = false) {
    self.kind = kind
    self.input = input
    self.isDistinct = isDistinct
  }

  /// Whether there is such a function of this type.
  public var isDefined: Bool {
    switch kind {
    case .countRows: true
    case .count, .collectList, .collectSet, .countDistinct, .firstRow, .lastRow: input != nil
    case .sum, .average, .variance, .sampleVariance: input?.isNumeric ?? false
    case .minimum, .maximum, .first, .last: input.map { !$0.isNested } ?? false
    }
  }

  /// What the result is.
  public var result: DataType {
    let input = input ?? .int64
    switch kind {
    case .countRows, .count, .countDistinct: return .int64
    case .collectList, .collectSet: return Self.list(of: input)
    case .variance, .sampleVariance: return .double
    case .minimum, .maximum, .first, .last, .firstRow, .lastRow: return input
    case .sum:
      if let (precision, scale) = input.decimal {
        return .decimal(precision: min(DataType.maximumPrecision, precision + 10), scale: scale)
      }
      return input == .float || input == .double ? .double : .int64
    case .average:
      guard let (precision, scale) = input.decimal else { return .double }
      return .adjustedDecimal(precision: precision + 4, scale: min(scale + 4, DataType.maximumPrecision))
    }
  }

  /// What functions collect values in.
  static func list(of type: DataType) -> DataType { .list(Field("element", type, isNullable: false)) }
}
