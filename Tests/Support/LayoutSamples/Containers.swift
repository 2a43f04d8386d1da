// Classes that write themselves by containers of every kind, as hand-written Codable code does.

/// One text or nothing, without a name.
final class Label: Codable, Equatable {
  let text: String?

  init(_ text: String?) { self.text = text }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    text = container.decodeNil() ? nil : try container.decode(String.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let text { try container.encode(text) } else { try container.encodeNil() }
  }

  static func == (left: Label, right: Label) -> Bool { left.text == right.text }
}

/// A value that writes itself as another one that is no leaf.
final class Envelope: Codable, Equatable {
  let labels: [Label?]

  init(_ labels: [Label?]) { self.labels = labels }

  init(from decoder: any Decoder) throws {
    labels = try decoder.singleValueContainer().decode([Label?].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(labels)
  }

  static func == (left: Envelope, right: Envelope) -> Bool { left.labels == right.labels }
}

/// A list without names, of numbers of every width, of bytes, of named values, of lists, and of what a superclass wrote.
final class Ledger: Codable, Equatable {
  private enum Key: String, CodingKey { case name, isOpen }

  private(set) var numbers = Numbers()
  private(set) var note: String?
  private(set) var name = ""
  private(set) var isOpen = false
  private(set) var bytes: [UInt8] = []
  private(set) var last = Label(nil)

  struct Numbers: Equatable {
    var small: Int16 = 0
    var large: UInt64 = 0
    var wide: Int128 = 0
    var unsignedWide: UInt128 = 0
    var float: Float = 0
    var double = 0.0
  }

  init(_ generator: inout Generator) {
    numbers = Numbers(
      small: generator.number(), large: generator.number(), wide: Int128(generator.number(Int64.self)) << 30,
      unsignedWide: UInt128(generator.next()) << 8, float: Float(generator.below(99)), double: generator.double())
    note = generator.maybe { $0.text() }
    name = generator.text()
    isOpen = generator.coin()
    bytes = generator.array { $0.number() }
    last = Label(generator.maybe { $0.text() })
  }

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    numbers.small = try list.decode(Int16.self)
    numbers.large = try list.decode(UInt64.self)
    numbers.wide = try list.decode(Int128.self)
    numbers.unsignedWide = try list.decode(UInt128.self)
    numbers.float = try list.decode(Float.self)
    numbers.double = try list.decode(Double.self)
    note = try list.decodeNil() ? nil : try list.decode(String.self)
    let named = try list.nestedContainer(keyedBy: Key.self)
    name = try named.decode(String.self, forKey: .name)
    isOpen = try named.decode(Bool.self, forKey: .isOpen)
    var inner = try list.nestedUnkeyedContainer()
    while !inner.isAtEnd { bytes.append(try inner.decode(UInt8.self)) }
    last = try Label(from: list.superDecoder())
  }

  func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(numbers.small)
    try list.encode(numbers.large)
    try list.encode(numbers.wide)
    try list.encode(numbers.unsignedWide)
    try list.encode(numbers.float)
    try list.encode(numbers.double)
    if let note { try list.encode(note) } else { try list.encodeNil() }
    var named = list.nestedContainer(keyedBy: Key.self)
    try named.encode(name, forKey: .name)
    try named.encode(isOpen, forKey: .isOpen)
    var inner = list.nestedUnkeyedContainer()
    for byte in bytes { try inner.encode(byte) }
    try last.encode(to: list.superEncoder())
  }

  static func == (left: Ledger, right: Ledger) -> Bool {
    (left.numbers, left.note, left.name, left.isOpen, left.bytes, left.last)
      == (right.numbers, right.note, right.name, right.isOpen, right.bytes, right.last)
  }
}

/// Values under names that are known only when they are read.
final class Register: Codable, Equatable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private(set) var entries: [String: Int] = [:]
  private(set) var counts: [UInt32] = []
  private(set) var label = Label(nil)
  private(set) var nothing: Int?

  init(_ generator: inout Generator) {
    entries = generator.dictionary({ $0.text() }, { $0.number() })
    counts = generator.array { $0.number() }
    label = Label(generator.maybe { $0.text() })
    nothing = generator.maybe { $0.number() }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    let named = try container.nestedContainer(keyedBy: Name.self, forKey: Name("entries"))
    for key in named.allKeys { entries[key.stringValue] = try named.decode(Int.self, forKey: key) }
    var list = try container.nestedUnkeyedContainer(forKey: Name("counts"))
    for _ in 0..<(list.count ?? 0) { counts.append(try list.decode(UInt32.self)) }
    label = try Label(from: container.superDecoder(forKey: Name("label")))
    guard container.contains(Name("nothing")) else { return }
    if try !container.decodeNil(forKey: Name("nothing")) {
      nothing = try container.decode(Int.self, forKey: Name("nothing"))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    var named = container.nestedContainer(keyedBy: Name.self, forKey: Name("entries"))
    for (name, number) in entries { try named.encode(number, forKey: Name(name)) }
    var list = container.nestedUnkeyedContainer(forKey: Name("counts"))
    for count in counts { try list.encode(count) }
    try label.encode(to: container.superEncoder(forKey: Name("label")))
    if let nothing {
      try container.encode(nothing, forKey: Name("nothing"))
    } else {
      try container.encodeNil(forKey: Name("nothing"))
    }
  }

  static func == (left: Register, right: Register) -> Bool {
    (left.entries, left.counts, left.label, left.nothing) == (right.entries, right.counts, right.label, right.nothing)
  }
}

/// A whole number of any width, alone.
final class Amount: Codable, Equatable {
  let value: UInt128
  let sign: Int128

  init(_ generator: inout Generator) {
    value = generator.coin() ? .max - UInt128(generator.below(9)) : 0
    sign = value == 0 ? Int128.min + Int128(generator.below(9)) : 0
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let sign = try? container.decode(Int128.self) {
      (value, self.sign) = (0, sign)
    } else {
      (value, sign) = (try container.decode(UInt128.self), 0)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value == 0 { try container.encode(sign) } else { try container.encode(value) }
  }

  static func == (left: Amount, right: Amount) -> Bool { left.value == right.value && left.sign == right.sign }
}

/// A class whose coding the compiler writes.
final class Synthesised: Codable, Equatable {
  let wide: Int128
  let unsignedWide: UInt128
  let bytes: [UInt8]
  let amounts: [Amount]

  init(_ generator: inout Generator) {
    wide = Int128(generator.number(Int64.self)) << 40
    unsignedWide = UInt128(generator.next()) << 50
    bytes = generator.array { $0.number() }
    amounts = generator.array { Amount(&$0) }
  }

  static func == (left: Synthesised, right: Synthesised) -> Bool {
    (left.wide, left.unsignedWide, left.bytes, left.amounts)
      == (right.wide, right.unsignedWide, right.bytes, right.amounts)
  }
}
