public import FlintCore

// More functions of texts, which need more than the text itself.
extension Kernels {
  /// As ``substring(_:from:count:)``, with a place and a length for each row, both `int32`.
  public func substring(_ texts: Operand, from start: Operand, count: Operand? = nil) throws(FlintError) -> Vector {
    let operands = [texts, start] + (count.map { [$0] } ?? [])
    precondition(start.type == .int32 && count?.type ?? .int32 == .int32, "places and lengths are int")
    let rows = operands.first { !$0.isConstant }?.vector.count ?? 1
    if operands.contains(where: \.isNullConstant) { return try nulls(texts.type, count: rows) }
    let validity = try commonValidity(operands, rows)
    let numbers = (try start.flat(memory), try count?.flat(memory))
    defer { withExtendedLifetime((validity, numbers)) {} }
    let there = validity?.bits
    let starts = numbers.0.lane(Int32.self)
    let counts = numbers.1?.lane(Int32.self)
    let builder = try TextBuilder(texts.type, capacity: rows, memory)
    for row in 0..<rows {
      guard there?[row] ?? true else {
        try builder.appendNull()
        continue
      }
      let text = texts.vector.text(texts.isConstant ? 0 : row)
      let range = UTF8Text.range(from: Int(starts.value(row)), count: counts.map { Int($0.value(row)) }, text)
      try builder.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[range]))
    }
    return try builder.finish()
  }

  /// Without the characters of `set` at the sides that are named.
  public func trim(
    _ vector: Vector, _ set: String, leading: Bool = true, trailing: Bool = true
  ) throws(FlintError) -> Vector {
    let characters = set.unicodeScalars.map { Array(String($0).utf8) }
    return try texts(vector) { text, result in
      var rest = text[...]
      if leading {
        while let character = characters.first(where: { rest.starts(with: $0) }) {
          rest = rest.dropFirst(character.count)
        }
      }
      if trailing {
        while let character = characters.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
          rest = rest.dropLast(character.count)
        }
      }
      result.append(contentsOf: rest)
    }
  }

  /// Each word with its first letter in upper case and the others in lower case; words end at blanks.
  public func capitalized(_ vector: Vector) throws(FlintError) -> Vector {
    try texts(try lower(vector)) { text, result in
      var isFirst = true
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        result.append(contentsOf: (isFirst ? scalar.properties.titlecaseMapping : String(scalar)).utf8)
        isFirst = scalar == " "
      }
    }
  }

  /// The texts of all operands that are not null, with `separator` between them; never null.
  public func joinTexts(_ operands: [Operand], separator: String) throws(FlintError) -> Vector {
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    let builder = try TextBuilder(.string, capacity: count, memory)
    let between = Array(separator.utf8)
    var bytes: [UInt8] = []
    for row in 0..<count {
      bytes.removeAll(keepingCapacity: true)
      var isFirst = true
      for operand in operands {
        let row = operand.isConstant ? 0 : row
        if operand.vector.isNull(row) { continue }
        if !isFirst { bytes.append(contentsOf: between) }
        bytes.append(contentsOf: operand.vector.text(row))
        isFirst = false
      }
      try builder.append(bytes)
    }
    return try builder.finish()
  }

  /// The parts of each text between the places where `separator` stands, as lists of texts; with a positive `limit` so many
  /// at most, the last of which holds the rest. An empty separator parts every character.
  public func split(_ vector: Vector, separator: String, limit: Int = 0) throws(FlintError) -> Vector {
    precondition(vector.type == .string, "\(vector.type) is no text")
    let type = DataType.list(Field("element", .string, isNullable: false))
    let builder = try ListBuilder(type, capacity: vector.count, memory)
    guard let parts = builder.elements as? TextBuilder else { preconditionFailure("lists of texts have texts") }
    let wanted = Array(separator.utf8)
    for row in 0..<vector.count {
      if vector.isNull(row) {
        try builder.appendNull()
        continue
      }
      let text = vector.text(row)
      var (start, count) = (0, 1)
      while limit <= 0 || count < limit, let found = Self.border(wanted, in: text, from: start) {
        try parts.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start..<found]))
        start = found + wanted.count
        count += 1
      }
      try parts.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start...]))
      try builder.endList()
    }
    return try builder.finish()
  }

  /// Where the next part ends; nil for the last one.
  private static func border(_ separator: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard separator.isEmpty else {
      return separator.withUnsafeBufferPointer { UTF8Text.find($0, in: text, from: start) }
    }
    var end = start + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end < text.count ? end : nil
  }
}
