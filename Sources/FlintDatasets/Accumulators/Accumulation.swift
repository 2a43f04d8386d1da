/// A way to collect what tasks see on the side. It is a type, since a type travels by its name alone.
///
/// ```swift
/// import FlintDatasets
///
/// /// The shortest and the longest line.
/// enum Extent: Accumulation {
///   static var zero: ClosedRange<Int>? { nil }
///
///   static func add(_ length: Int, to extent: inout ClosedRange<Int>?) {
///     merge(length...length, into: &extent)
///   }
///
///   static func merge(_ other: ClosedRange<Int>?, into extent: inout ClosedRange<Int>?) {
///     guard let other else { return }
///     guard let mine = extent else { return extent = other }
///     extent = min(mine.lowerBound, other.lowerBound)...max(mine.upperBound, other.upperBound)
///   }
/// }
/// ```
public protocol Accumulation: SendableMetatype {
  /// What tasks add.
  associatedtype Element
  /// What it comes to; it travels as a row does.
  associatedtype Value: Sendable

  /// The value before anything was added.
  static var zero: Value { get }

  /// Adds an element.
  static func add(_ element: Element, to value: inout Value)

  /// Adds what another task came to. The order of tasks is by chance, so the result must not depend on it.
  static func merge(_ other: Value, into value: inout Value)
}
