/// Closures for the tests, made where the optimiser does not see what they capture.
struct Mapping<Row, Result>: Sendable { let call: @Sendable (Row) -> Result }
struct AsyncMapping<Row, Result>: Sendable { let call: @Sendable (Row) async -> Result }

final class Coded: Codable, Sendable {
  let number: Int
  init(_ number: Int) { self.number = number }
}

final class Unshipped: Sendable {
  let number = 1
}

private struct Hidden: Sendable, Hashable { var number: Int }

enum Samples {
  static func adding(_ number: Int) -> Mapping<Int, Int> { Mapping { $0 + number } }

  static func scaling(_ flag: Bool, _ factor: Double) -> Mapping<Double, Double> {
    Mapping { flag ? $0 * factor : $0 }
  }

  static func holding(_ object: Unshipped, _ number: Int) -> Mapping<Int, Int> {
    Mapping { $0 + number + object.number }
  }

  static func hidden(_ number: Int) -> Mapping<Int, Int> {
    let hidden = Hidden(number: number)
    return Mapping { $0 + hidden.number }
  }

  static func generic<Value: Hashable & Sendable>(_ value: Value) -> Mapping<Int, String> {
    Mapping { "\(Set([value]).count) \(value) \($0)" }
  }

  static var hiddenType: Any.Type { Hidden.self }

  /// The two words of a function.
  static func words<Function>(_ function: Function) -> (code: UInt, context: UInt) {
    withUnsafeBytes(of: function) { ($0.load(as: UInt.self), $0.load(fromByteOffset: 8, as: UInt.self)) }
  }
}
