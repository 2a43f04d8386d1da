struct Trip: Codable, Sendable {
  var fare: Double
  var miles: Double
  var zone: String
}

struct Tariff: Codable, Sendable {
  var rate: Double
  var name: String
  var isOn: Bool
  var limit: Int?
}

struct Numbers: Codable, Sendable { var values: [Int] }
struct Plain: Sendable {
  var number: Int
  var text: String
}

struct UnusedValue: Codable, Sendable {
  var number: Int
  var factor: Double
}
public struct PublicValue: Codable, Sendable {
  public var number: Int
  public var factor: Double
}
struct UnusedPlain: Sendable {
  var number: Int
  var factor: Double
}
struct UnusedOptional: Codable, Sendable {
  var number: Int
  var factor: Double
}
struct UnusedElement: Codable, Sendable {
  var number: Int
  var factor: Double
}

enum Mode: Codable, Sendable {
  case flat(Double)
  case scaled(by: Double, name: String)
  case none
}
enum UnusedMode: Codable, Sendable {
  case flat(Double)
  case scaled(Double, Int)
  case none
}
enum Letter: String, Codable, Sendable {
  case a, b
}
enum Uncoded: Sendable {
  case number(Int)
  case nothing
}

final class Coded: Codable, Sendable {
  let factor: Double
  init(_ factor: Double) { self.factor = factor }
  func score(_ trip: Trip) -> Double { trip.fare * factor }
}
final class Unshipped: Sendable {
  let factor: Double
  init(_ factor: Double) { self.factor = factor }
  func score(_ trip: Trip) -> Double { trip.fare * factor }
}
// Immutable after its initializer, also in the subclass, so that threads may share it;
// the compiler cannot see this, since the class is open to subclasses.
class Base: Codable, @unchecked Sendable {
  let number: Int
  init(_ number: Int) { self.number = number }
  func value() -> Int { number }
}
// It adds no stored property to its superclass,
// which is immutable.
final class Derived: Base, @unchecked Sendable {
  override func value() -> Int { number * 100 }
}

actor Counter {
  var count = 1
}

protocol Shape: Sendable { func area() -> Double }
struct Square: Shape, Codable {
  var side: Double
  func area() -> Double { side * side }
}
struct UncodedSquare: Shape {
  var side: Double
  func area() -> Double { side * side }
}
func someShape() -> some Shape & Codable { Square(side: opaque(2)) }

struct HoldsFunction: Sendable { var call: @Sendable (Double) -> Double }

enum MatrixError: Error { case bad }

let globalTable: [String: Double] = ["z1": Double(opaque(2))]
@Sendable func globalFunction(_ trip: Trip) -> Double { trip.fare * trip.miles + (globalTable["z1"] ?? 0) }

/// Returns its argument in a way that the optimiser cannot follow.
@inline(never)
@_optimize(none)
func opaque<Value>(_ value: Value) -> Value { value }
