extension Vector {
  /// The values of a plain type of the vector's width, from its first one on. The vector must have the form `values`.
  public func pointer<Value: BitwiseCopyable>(to _: Value.Type = Value.self) -> UnsafePointer<Value> {
    guard case .values(let buffer, let start) = form else { fatalForm("values of a fixed width") }
    precondition(type.physical.width == MemoryLayout<Value>.size, "\(type) is not as wide as \(Value.self)")
    return UnsafePointer(buffer.pointer(to: Value.self) + start)
  }

  /// The values of a vector of the form `bits`.
  public var bits: BitPointer {
    guard case .bits(let buffer, let start) = form else { fatalForm("bits") }
    return BitPointer(buffer.start, start: start)
  }

  /// The offsets of texts, lists and maps, from that of the first value on; one more than values, if there is any.
  public var offsets: UnsafePointer<Int32> {
    switch form {
    case .text(let offsets, let start, _), .list(let offsets, let start, _), .map(let offsets, let start, _, _):
      return UnsafePointer(offsets.pointer(to: Int32.self) + start)
    case .bits, .values, .structure, .dictionary: fatalForm("offsets")
    }
  }

  /// The bytes of texts, in which ``offsets`` count from the first.
  public var bytes: UnsafePointer<UInt8> {
    guard case .text(_, _, let bytes) = form else { fatalForm("texts") }
    return UnsafePointer(bytes.pointer(to: UInt8.self))
  }

  /// The numbers of the values in ``dictionary``.
  public var codes: UnsafePointer<Int32> {
    guard case .dictionary(let codes, let start, _) = form else { fatalForm("a dictionary") }
    return UnsafePointer(codes.pointer(to: Int32.self) + start)
  }

  /// The different values of a vector of the form `dictionary`; nil for the others.
  public var dictionary: Vector? {
    guard case .dictionary(_, _, let dictionary) = form else { return nil }
    return dictionary
  }

  /// The bytes of text `row`, of texts and of dictionaries of texts; meaningless for null.
  public func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    if case .dictionary(_, _, let dictionary) = form { return dictionary.text(Int(codes[row])) }
    let start = Int(offsets[row])
    return UnsafeBufferPointer(start: bytes + start, count: Int(offsets[row + 1]) - start)
  }

  private func fatalForm(_ wanted: String) -> Never {
    preconditionFailure("a vector of \(type) was read as \(wanted)")
  }
}
