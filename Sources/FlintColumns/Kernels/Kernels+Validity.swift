public import FlintCore

extension Kernels {
  /// The rows in which no operand is null. The operands' vectors have `count` values, or are constants that are not null.
  func commonValidity(_ operands: [Operand], _ count: Int) throws(FlintError) -> Validity? {
    var common: Validity?
    for operand in operands where !operand.isConstant {
      guard let validity = operand.vector.validity else { continue }
      guard let sofar = common else {
        common = validity
        continue
      }
      let bits = sofar.bits
      let others = validity.bits
      common = Validity(try words(count) { bits.word($0) & others.word($0) })
    }
    return common
  }

  /// A bitmap of `count` bits, 64 at a time.
  @inline(__always)
  func words(_ count: Int, _ word: (Int) -> UInt64) throws(FlintError) -> ColumnBuffer {
    let buffer = try memory.buffer(Bits.wordBytes(count))
    let target = buffer.pointer(to: UInt64.self)
    var index = 0
    while index < count {
      target[index &>> 6] = word(index)
      index &+= 64
    }
    return buffer
  }

  /// `count` nulls of any type.
  public func nulls(_ type: DataType, count: Int) throws(FlintError) -> Vector {
    let validity = Validity(try memory.buffer(Bits.wordBytes(count), isZeroed: true))
    func zeros(_ bytes: Int) throws(FlintError) -> ColumnBuffer { try memory.buffer(bytes, isZeroed: true) }
    let form: VectorForm
    switch type {
    case .boolean: form = .bits(try zeros(Bits.wordBytes(count)), start: 0)
    case .int8, .int16, .int32, .int64, .float, .double, .decimal, .date, .timestamp, .interval:
      form = .values(try zeros(count * (type.physical.width ?? 0)), start: 0)
    case .string, .binary:
      form = .text(offsets: try zeros((count + 1) * 4), start: 0, bytes: try zeros(0))
    case .list(let element):
      form = .list(offsets: try zeros((count + 1) * 4), start: 0, elements: try nulls(element.type, count: 0))
    case .structure(let fields):
      form = .structure(try fields.map { (field) throws(FlintError) in try nulls(field.type, count: count) })
    case .map(let key, let value):
      form = .map(
        offsets: try zeros((count + 1) * 4), start: 0, keys: try nulls(key.type, count: 0),
        values: try nulls(value.type, count: 0))
    }
    return Vector(type, count: count, validity: count == 0 ? nil : validity, nullCount: count, form)
  }
}
