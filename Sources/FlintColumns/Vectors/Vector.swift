/// One column of a batch: `count` values of one type, in the layout of Apache Arrow. It never changes.
///
/// Pointers into a vector are good while the vector lives. Loops take them once, before they begin:
///
/// ```swift
/// import FlintColumns
///
/// func sum(_ fares: Vector) -> Int64 {
///   withExtendedLifetime(fares) {
///     let values = fares.pointer(to: Int64.self)
///     var sum: Int64 = 0
///     for row in 0..<fares.count { sum &+= values[row] }
///     return sum
///   }
/// }
/// ```
public final class Vector: Sendable {
  /// What the values are.
  public let type: DataType
  /// How many there are.
  public let count: Int
  /// How many of them are null.
  public let nullCount: Int
  /// Which of them are not null; nil when none is.
  public let validity: Validity?
  /// Where they lie.
  public let form: VectorForm

  /// A vector of memory that somebody filled. What the memory holds is not checked, only that it is large enough and fits
  /// the type: readers of files check offsets and codes before.
  ///
  /// - Parameter nullCount: how many bits of `validity` are not set, where that is known; else they are counted.
  public init(_ type: DataType, count: Int, validity: Validity? = nil, nullCount: Int? = nil, _ form: VectorForm) {
    precondition(count >= 0, "a vector has no negative length, as \(count) is")
    self.type = type
    self.count = count
    let nulls = validity.map { nullCount ?? count - $0.bits.setCount(count) } ?? 0
    self.nullCount = nulls
    self.validity = nulls == 0 ? nil : validity
    self.form = form
    if let validity {
      precondition(validity.buffer.count * 8 >= validity.start + count, "there is no validity bit for each value")
    }
    checkForm()
  }

  /// Whether value `row` is null.
  public func isNull(_ row: Int) -> Bool { validity.map { !$0.bits[row] } ?? false }

  /// Whether the values are numbers of a dictionary.
  public var isDictionary: Bool {
    if case .dictionary = form { true } else { false }
  }

  private func checkForm() {
    switch form {
    case .bits(let buffer, let start):
      demand(type.physical == .bit && buffer.count * 8 >= start + count)
    case .values(let buffer, let start):
      demand(type.physical.width.map { buffer.count >= (start + count) * $0 } ?? false)
    case .text(let offsets, let start, _):
      demand(type.physical == .text && holdsOffsets(offsets, start))
    case .list(let offsets, let start, let elements):
      guard case .list(let element) = type else { return demand(false) }
      demand(holdsOffsets(offsets, start) && elements.type == element.type)
    case .structure(let parts):
      guard case .structure(let fields) = type else { return demand(false) }
      demand(parts.map(\.type) == fields.map(\.type) && parts.allSatisfy { $0.count == count })
    case .map(let offsets, let start, let keys, let values):
      guard case .map(let key, let value) = type else { return demand(false) }
      demand(holdsOffsets(offsets, start) && keys.type == key.type && values.type == value.type)
      demand(keys.nullCount == 0 && keys.count == values.count)
    case .dictionary(let codes, let start, let dictionary):
      demand(codes.count >= (start + count) * 4 && dictionary.type == type)
      demand(dictionary.nullCount == 0 && !dictionary.isDictionary)
    }
  }

  private func holdsOffsets(_ offsets: ColumnBuffer, _ start: Int) -> Bool {
    count == 0 || offsets.count >= (start + count + 1) * 4
  }

  private func demand(_ fits: Bool) {
    precondition(fits, "this memory does not hold \(count) values of \(type)")
  }
}
