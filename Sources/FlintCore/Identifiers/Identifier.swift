/// The number of something that Flint tells apart, as a type of its own: a stage's number cannot be taken for a job's.
///
/// A new kind of identifier is a struct with a raw value and a noun:
///
/// ```swift
/// public struct StageID: Identifier {
///   public static let noun = "stage"
///   public let rawValue: UInt64
///   public init(rawValue: UInt64) { self.rawValue = rawValue }
/// }
/// ```
///
/// An identifier is never used for a second thing; see ``IdentifierGenerator``.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What is numbered, in one or two words, as it stands in logs and errors.
  static var noun: String { get }

  /// The number that travels and is printed.
  var rawValue: UInt64 { get }

  /// The identifier with this number, which somebody handed out before.
  init(rawValue: UInt64)
}

extension Identifier {
  /// By number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Noun and number, such as `stage 3`.
  public var description: String { "\(Self.noun) \(rawValue)" }
}
