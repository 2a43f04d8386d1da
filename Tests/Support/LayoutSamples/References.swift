import FlintLayout

// Classes, which travel only by their own word.

/// A class that says what its values travel as.
final class Counter: RowConvertible, Equatable {
  let count: Int
  let name: String

  init(count: Int, name: String) {
    self.count = count
    self.name = name
  }

  var rowForm: (Int, String) { (count, name) }
  convenience init(rowForm: (Int, String)) { self.init(count: rowForm.0, name: rowForm.1) }

  static func == (left: Counter, right: Counter) -> Bool { left.rowForm == right.rowForm }
}

/// A class that is Codable, with a superclass.
class Vehicle: Codable {
  var wheels: Int
  init(wheels: Int) { self.wheels = wheels }
}

final class Bus: Vehicle, Equatable {
  var lines: [String]
  var next: Bus?

  init(_ generator: inout Generator, height: Int = 2) {
    lines = generator.array { $0.text() }
    next = height == 0 ? nil : generator.maybe { Bus(&$0, height: height - 1) }
    super.init(wheels: generator.number())
  }

  private enum Key: CodingKey { case lines, next }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    lines = try container.decode([String].self, forKey: .lines)
    next = try container.decodeIfPresent(Bus.self, forKey: .next)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(lines, forKey: .lines)
    try container.encodeIfPresent(next, forKey: .next)
    try super.encode(to: container.superEncoder())
  }

  static func == (left: Bus, right: Bus) -> Bool {
    left.wheels == right.wheels && left.lines == right.lines && left.next == right.next
  }
}

struct Fleet: Equatable {
  var counter: Counter
  var bus: Bus
  var spare: Bus?
  var all: [Counter]

  init(_ generator: inout Generator) {
    func counter(_ generator: inout Generator) -> Counter {
      Counter(count: generator.number(), name: generator.text())
    }
    self.counter = counter(&generator)
    bus = Bus(&generator)
    spare = generator.maybe { Bus(&$0) }
    all = generator.array { counter(&$0) }
  }
}
