// Enums of every way in which the compiler lays them out.

enum One: Equatable { case only }

enum Colour: UInt8, Equatable { case red = 10, green = 20, blue = 30 }

/// One payload without spare patterns: the tag is a byte of its own.
enum Spaced: Equatable { case value(Int), first, second }

/// One payload with spare patterns: the tag hides in them.
enum Hiding: Equatable { case text(String), a, b, c }

enum Shape: Equatable {
  case circle(Double)
  case rectangle(width: Double, height: Double)
  case named(String)
  case tagged([Int32], String)
  case empty
  case flagged(Bool?)
  case nothing(Empty)

  static func random(_ generator: inout Generator) -> Shape {
    switch generator.below(7) {
    case 0: .circle(generator.double())
    case 1: .rectangle(width: generator.double(), height: generator.double())
    case 2: .named(generator.text())
    case 3: .tagged(generator.array { $0.number() }, generator.text())
    case 4: .empty
    case 5: .flagged(generator.maybe { $0.coin() })
    default: .nothing(Empty())
    }
  }
}

/// Several payloads, all pointers: the tag is in their spare bits.
enum Pointers: Equatable {
  case integers([Int])
  case doubles([Double])
  case texts([String])
  case none

  static func random(_ generator: inout Generator) -> Pointers {
    switch generator.below(4) {
    case 0: .integers(generator.array { $0.number() })
    case 1: .doubles(generator.array { $0.double() })
    case 2: .texts(generator.array { $0.text() })
    default: .none
    }
  }
}

enum Small: Equatable {
  case flag(Bool)
  case kind(Colour)
  case byte(UInt8)
}

enum Maybe<Value: Equatable>: Equatable {
  case just(Value)
  case nothing
  case error(String)

  static func random(_ generator: inout Generator, _ value: (inout Generator) -> Value) -> Maybe {
    switch generator.below(3) {
    case 0: .just(value(&generator))
    case 1: .nothing
    default: .error(generator.text())
    }
  }
}

indirect enum Expression: Equatable {
  case number(Int)
  case text(String)
  case sum(Expression, Expression)
  case list([Expression])
  case unit(Empty)
  case none

  static func random(_ generator: inout Generator, height: Int) -> Expression {
    switch generator.below(height == 0 ? 3 : 6) {
    case 0: .number(generator.number())
    case 1: .text(generator.text())
    case 2: .none
    case 3:
      .sum(random(&generator, height: height - 1), random(&generator, height: height - 1))
    case 4: .list(generator.array(upTo: 3) { random(&$0, height: height - 1) })
    default: .unit(Empty())
    }
  }
}

enum Chain: Equatable {
  case end
  indirect case link(String, Chain)

  static func random(_ generator: inout Generator, length: Int) -> Chain {
    (0..<generator.below(length)).reduce(.end) { chain, _ in .link(generator.text(), chain) }
  }
}

struct Enumerations: Equatable {
  var shape: Shape
  var hiding: Hiding
  var spaced: Spaced
  var pointers: Pointers
  var small: Small
  var number: Maybe<Int>
  var text: Maybe<String>
  var one: One
  var colour: Colour

  init(_ generator: inout Generator) {
    shape = .random(&generator)
    hiding = generator.one(of: [.text(generator.text()), .a, .b, .c])
    spaced = generator.one(of: [.value(generator.number()), .first, .second])
    pointers = .random(&generator)
    small = generator.one(of: [.flag(generator.coin()), .kind(.green), .byte(generator.number())])
    number = .random(&generator) { $0.number() }
    text = .random(&generator) { $0.text() }
    one = .only
    colour = generator.one(of: [.red, .green, .blue])
  }
}
