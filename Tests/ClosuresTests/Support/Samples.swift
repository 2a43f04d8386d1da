/// Closures for the tests, made where the optimiser does not see what they capture.
struct Mapping<Row, Result>: Sendable { let call: @Sendable (Row) -> Result }
struct AsyncMapping<Row, Result>: Sendable { let call: @Sendable (Row) async -> Result }

/// A function that changes something, and so cannot be sent between threads.
struct Variable<Value> { let call: (Value) -> Value }

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

  static func combining(_ number: Int) -> @Sendable (Int, Int) -> Int { { $0 * $1 + number } }

  /// A closure over a variable. Nobody calls it.
  static func counting(_ start: Double) -> Variable<Double> {
    var sum = start
    return Variable {
      sum += $0
      return sum
    }
  }

  /// A closure over a variable of a generic type. Nobody calls it.
  static func remembering<Value>(_ first: Value) -> Variable<Value> {
    var last = first
    return Variable {
      let before = last
      last = $0
      return before
    }
  }

  /// Its generic parameter may stand for anything.
  static func holding<Value: Sendable>(any value: Value, _ number: Int) -> Mapping<Int, String> {
    Mapping { "\(value) \($0 + number)" }
  }

  /// The same, but its generic parameter stands for a class.
  static func holding<Object: AnyObject & Sendable>(object: Object, _ number: Int) -> Mapping<Int, String> {
    Mapping { "\(object) \($0 + number)" }
  }

  static func element<Values: Collection & Sendable>(
    of values: Values, default other: Values.Element
  ) -> Mapping<Int, String> where Values.Element: Sendable {
    Mapping { "\(values.dropFirst($0).first ?? other)" }
  }

  static var hiddenType: Any.Type { Hidden.self }

  /// The two words of a function.
  static func words<Function>(_ function: Function) -> (code: UInt, context: UInt) {
    withUnsafeBytes(of: function) { ($0.load(as: UInt.self), $0.load(fromByteOffset: 8, as: UInt.self)) }
  }
}
