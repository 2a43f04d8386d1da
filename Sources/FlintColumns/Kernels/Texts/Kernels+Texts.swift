public import FlintCore

// Texts: each function works on the values of a dictionary where there is one. Characters are Unicode scalars.
extension Kernels {
  /// How many characters each text has, as an `int32`; of binary values how many bytes.
  public func length(_ vector: Vector) throws(FlintError) -> Vector {
    if vector.type == .binary { return try byteLength(vector) }
    return try numbers(vector) { Int32(truncatingIfNeeded: UTF8Text.count($0)) }
  }

  /// How many bytes each value has, as an `int32`.
  public func byteLength(_ vector: Vector) throws(FlintError) -> Vector {
    try numbers(vector) { Int32(truncatingIfNeeded: $0.count) }
  }

  /// In upper case, by Unicode's rules.
  public func upper(_ vector: Vector) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      if UTF8Text.isASCII(text) {
        for byte in text { result.append(byte &- 97 < 26 ? byte &- 32 : byte) }
      } else {
        result.append(contentsOf: String(decoding: text, as: UTF8.self).uppercased().utf8)
      }
    }
  }

  /// In lower case, by Unicode's rules.
  public func lower(_ vector: Vector) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      if UTF8Text.isASCII(text) {
        for byte in text { result.append(byte &- 65 < 26 ? byte &+ 32 : byte) }
      } else {
        result.append(contentsOf: String(decoding: text, as: UTF8.self).lowercased().utf8)
      }
    }
  }

  /// Without blanks at the sides that are named.
  public func trim(_ vector: Vector, leading: Bool = true, trailing: Bool = true) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      var rest = text[...]
      if leading { rest = rest.drop { $0 == 32 } }
      while trailing, rest.last == 32 { rest.removeLast() }
      result.append(contentsOf: rest)
    }
  }

  /// `count` characters from number `start` on, or all that follow. The first is number 1, and number 0 too; negative
  /// numbers count from the end. What lies before the first character is counted, but is not there.
  public func substring(_ vector: Vector, from start: Int, count: Int? = nil) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      result.append(contentsOf: text[UTF8Text.range(from: start, count: count, text)])
    }
  }

  /// The characters in the opposite order.
  public func reverse(_ vector: Vector) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      var end = text.count
      for index in text.indices.reversed() where text[index] & 0xC0 != 0x80 {
        result.append(contentsOf: text[index..<end])
        end = index
      }
    }
  }

  /// Each text `count` times.
  public func `repeat`(_ vector: Vector, _ count: Int) throws(FlintError) -> Vector {
    try texts(vector) { text, result in
      for _ in 0..<max(0, count) { result.append(contentsOf: text) }
    }
  }

  /// Exactly `length` characters: cut at the end, or filled with `filling` in front or, with `isLeft` off, behind.
  public func pad(
    _ vector: Vector, to length: Int, with filling: String, isLeft: Bool
  ) throws(FlintError) -> Vector {
    let characters = filling.unicodeScalars.map { Array(String($0).utf8) }
    return try texts(vector) { text, result in
      let count = UTF8Text.count(text)
      let cut = text[..<UTF8Text.offset(of: max(0, length), text)]
      if !isLeft, length > 0 { result.append(contentsOf: cut) }
      if count < length, !characters.isEmpty {
        for index in 0..<length - count { result.append(contentsOf: characters[index % characters.count]) }
      }
      if isLeft, length > 0 { result.append(contentsOf: cut) }
    }
  }

  /// Every place where `part` stands, from the left, with `replacement` in its stead; an empty part stands nowhere.
  public func replace(_ vector: Vector, _ part: String, with replacement: String) throws(FlintError) -> Vector {
    let wanted = Array(part.utf8)
    let new = Array(replacement.utf8)
    return try texts(vector) { text, result in
      wanted.withUnsafeBufferPointer { wanted in
        var start = 0
        while !wanted.isEmpty, let found = UTF8Text.find(wanted, in: text, from: start) {
          result.append(contentsOf: text[start..<found])
          result.append(contentsOf: new)
          start = found + wanted.count
        }
        result.append(contentsOf: text[start...])
      }
    }
  }

  /// The number of the character at which `part` first stands, from 1 on, as an `int32`; 0 when it does not.
  public func position(of part: String, in vector: Vector) throws(FlintError) -> Vector {
    let wanted = Array(part.utf8)
    return try numbers(vector) { text in
      wanted.withUnsafeBufferPointer { wanted in
        guard let found = UTF8Text.find(wanted, in: text) else { return 0 }
        return Int32(truncatingIfNeeded: UTF8Text.count(UnsafeBufferPointer(rebasing: text[..<found])) + 1)
      }
    }
  }

  /// Whether each text is as a pattern says.
  public func like(_ vector: Vector, _ pattern: LikePattern) throws(FlintError) -> Vector {
    try flags(vector) { pattern.matches($0) }
  }

  /// Whether each text begins with another.
  public func hasPrefix(_ vector: Vector, _ prefix: String) throws(FlintError) -> Vector {
    let wanted = Array(prefix.utf8)
    return try flags(vector) { $0.starts(with: wanted) }
  }

  /// Whether each text ends with another.
  public func hasSuffix(_ vector: Vector, _ suffix: String) throws(FlintError) -> Vector {
    let wanted = Array(suffix.utf8)
    return try flags(vector) { $0.count >= wanted.count && $0[($0.count - wanted.count)...].elementsEqual(wanted) }
  }

  /// Whether another text stands in each.
  public func contains(_ vector: Vector, _ part: String) throws(FlintError) -> Vector {
    let wanted = Array(part.utf8)
    return try flags(vector) { text in
      wanted.withUnsafeBufferPointer { UTF8Text.find($0, in: text) != nil }
    }
  }

  /// The texts of all operands one behind another; null where one is null.
  public func concatenateTexts(_ operands: [Operand]) throws(FlintError) -> Vector {
    guard let first = operands.first else { preconditionFailure("there is a text to begin with") }
    precondition(operands.allSatisfy { $0.type == first.type }, "texts and bytes are not mixed")
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    if operands.contains(where: \.isNullConstant) { return try nulls(first.type, count: count) }
    let validity = try commonValidity(operands, count)
    let texts = operands.map { (pointers: TextPointers($0.vector), step: $0.isConstant ? 0 : 1) }
    let offsets = try memory.buffer((count + 1) * 4)
    let ends = offsets.pointer(to: Int32.self)
    let there = validity?.bits
    var total = 0
    ends[0] = 0
    for row in 0..<count {
      if there?[row] ?? true {
        for text in texts { total &+= text.pointers.length(row &* text.step) }
      }
      ends[row &+ 1] = Int32(truncatingIfNeeded: total)
    }
    try OffsetBuilder.demand(total, of: first.type)
    let bytes = try memory.buffer(total)
    var place = bytes.start
    for row in 0..<count where ends[row &+ 1] > ends[row] {
      for text in texts { place = TextPointers.copy(text.pointers[row &* text.step], to: place) }
    }
    withExtendedLifetime(operands) {}
    return Vector(first.type, count: count, validity: validity, .text(offsets: offsets, start: 0, bytes: bytes))
  }

  // MARK: Loops.

  /// A text for each text.
  func texts(
    _ vector: Vector, _ body: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
  ) throws(FlintError) -> Vector {
    precondition(vector.type.physical == .text, "\(vector.type) is no text")
    return try throughDictionary(vector) { (vector) throws(FlintError) in
      let builder = try TextBuilder(vector.type, capacity: vector.count, memory)
      let there = vector.validity?.bits
      let texts = TextPointers(vector)
      var bytes: [UInt8] = []
      for row in 0..<vector.count {
        if let there, !there[row] {
          try builder.appendNull()
          continue
        }
        bytes.removeAll(keepingCapacity: true)
        body(texts[row], &bytes)
        try builder.append(bytes)
      }
      withExtendedLifetime(vector) {}
      return try builder.finish()
    }
  }

  /// A number for each text.
  @inline(__always)
  private func numbers(
    _ vector: Vector, _ body: (UnsafeBufferPointer<UInt8>) -> Int32
  ) throws(FlintError) -> Vector {
    precondition(vector.type.physical == .text, "\(vector.type) is no text")
    return try throughDictionary(vector) { (vector) throws(FlintError) in
      let buffer = try memory.buffer(vector.count * 4)
      let target = buffer.pointer(to: Int32.self)
      let there = vector.validity?.bits
      let texts = TextPointers(vector)
      for row in 0..<vector.count { target[row] = there?[row] ?? true ? body(texts[row]) : 0 }
      return Vector(
        .int32, count: vector.count, validity: vector.validity, nullCount: vector.nullCount,
        .values(buffer, start: 0))
    }
  }

  /// Whether something is so of each text.
  private func flags(
    _ vector: Vector, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(FlintError) -> Vector {
    precondition(vector.type.physical == .text, "\(vector.type) is no text")
    return try throughDictionary(vector) { (vector) throws(FlintError) in
      let there = vector.validity?.bits
      let texts = TextPointers(vector)
      let bits = try packed(vector.count) { row in
        if let there, !there[row] { return 0 }
        return body(texts[row]) ? 1 : 0
      }
      return Vector(
        .boolean, count: vector.count, validity: vector.validity, nullCount: vector.nullCount,
        .bits(bits, start: 0))
    }
  }
}
