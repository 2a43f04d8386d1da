public import FlintCore
internal import Glibc

extension Kernels {
  /// The values of all vectors, which are of one type, one behind another. Dictionaries stay if
  /// all are the same, and become one where enough rows share a text.
  public func concatenate(_ vectors: [Vector]) throws(FlintError) -> Vector {
    guard let first = vectors.first else { preconditionFailure("no vectors have no type") }
    precondition(vectors.allSatisfy { $0.type == first.type }, "vectors of different types are not concatenated")
    if vectors.count == 1 { return first }
    let count = vectors.reduce(0) { $0 + $1.count }
    let nullCount = vectors.reduce(0) { $0 + $1.nullCount }
    let validity =
      nullCount == 0 ? nil : Validity(try concatenateBits(count, vectors.map { ($0.validity?.bits, $0.count) }))
    defer { withExtendedLifetime(vectors) {} }
    return Vector(
      first.type, count: count, validity: validity, nullCount: nullCount, try concatenateForms(vectors, first, count))
  }

  /// The rows of all batches, which have one schema, as one batch; of each the rows that count.
  public func concatenate(_ batches: [Batch], _ schema: Schema) throws(FlintError) -> Batch {
    let compacted = try batches.map { (batch) throws(FlintError) in try compact(batch) }
    let length = compacted.reduce(0) { $0 + $1.length }
    let columns = try schema.fields.indices.map { (column) throws(FlintError) in
      compacted.isEmpty
        ? try nulls(schema.fields[column].type, count: 0) : try concatenate(compacted.map { $0.columns[column] })
    }
    return Batch(schema, columns, length: length)
  }

  private func concatenateForms(_ vectors: [Vector], _ first: Vector, _ count: Int) throws(FlintError) -> VectorForm {
    if vectors.contains(where: \.isDictionary) { return try concatenateDictionaries(vectors, count) }
    switch first.form {
    case .bits: return .bits(try concatenateBits(count, vectors.map { ($0.bits, $0.count) }), start: 0)
    case .values:
      let width = first.type.physical.width ?? 0
      let target = try memory.buffer(count * width)
      var place = target.start
      for vector in vectors {
        guard case .values(let buffer, let start) = vector.form else { continue }
        memcpy(place, buffer.start + start * width, vector.count * width)
        place += vector.count * width
      }
      return .values(target, start: 0)
    case .text:
      let (offsets, ranges) = try concatenateOffsets(vectors, count)
      let total = ranges.reduce(0) { $0 + $1.count }
      let bytes = try memory.buffer(total)
      var place = bytes.start
      for (vector, range) in zip(vectors, ranges) where !range.isEmpty {
        memcpy(place, vector.bytes + range.lowerBound, range.count)
        place += range.count
      }
      return .text(offsets: offsets, start: 0, bytes: bytes)
    case .list, .map: return try concatenateRanges(vectors, count)
    case .structure(let parts):
      return .structure(
        try parts.indices.map { (index) throws(FlintError) in try concatenate(vectors.compactMap { $0.part(index) }) })
    case .dictionary: return try concatenateDictionaries(vectors, count)
    }
  }

  private func concatenateRanges(_ vectors: [Vector], _ count: Int) throws(FlintError) -> VectorForm {
    let (offsets, ranges) = try concatenateOffsets(vectors, count)
    func parts(_ part: (VectorForm) -> Vector?) throws(FlintError) -> Vector {
      try concatenate(zip(vectors, ranges).compactMap { vector, range in part(vector.form)?.slice(range) })
    }
    if case .list = vectors[0].form {
      let elements = try parts { form in if case .list(_, _, let elements) = form { elements } else { nil } }
      return .list(offsets: offsets, start: 0, elements: elements)
    }
    let keys = try parts { form in if case .map(_, _, let keys, _) = form { keys } else { nil } }
    let values = try parts { form in if case .map(_, _, _, let values) = form { values } else { nil } }
    return .map(offsets: offsets, start: 0, keys: keys, values: values)
  }

  /// New offsets, and for each vector which bytes or elements its values have.
  private func concatenateOffsets(
    _ vectors: [Vector], _ count: Int
  ) throws(FlintError) -> (ColumnBuffer, [Range<Int>]) {
    let buffer = try memory.buffer((count + 1) * 4)
    let target = buffer.pointer(to: Int32.self)
    target[0] = 0
    var row = 0
    var end = 0
    var ranges: [Range<Int>] = []
    for vector in vectors {
      guard vector.count > 0 else {
        ranges.append(0..<0)
        continue
      }
      let offsets = vector.offsets
      let range = Int(offsets[0])..<Int(offsets[vector.count])
      try OffsetBuilder.demand(end + range.count, of: vector.type)
      let shift = Int32(end - range.lowerBound)
      for index in 1...vector.count { target[row &+ index] = offsets[index] &+ shift }
      row += vector.count
      end += range.count
      ranges.append(range)
    }
    return (buffer, ranges)
  }

  private func concatenateDictionaries(_ vectors: [Vector], _ count: Int) throws(FlintError) -> VectorForm {
    let dictionaries = vectors.compactMap(\.dictionary)
    if dictionaries.count == vectors.count {
      if dictionaries.allSatisfy({ $0 === dictionaries[0] }) {
        let target = try memory.buffer(count * 4)
        var place = target.start
        for vector in vectors {
          memcpy(place, vector.codes, vector.count * 4)
          place += vector.count * 4
        }
        return .dictionary(codes: target, start: 0, dictionary: dictionaries[0])
      }
      if let merged = try mergedDictionaries(vectors, dictionaries, count) { return merged }
    }
    let flat = try vectors.map { (vector) throws(FlintError) in try vector.flat(memory) }
    return try concatenateForms(flat, flat[0], count)
  }

  /// Texts with one dictionary of all different ones; nil where too few rows share a text for that to be worth it.
  private func mergedDictionaries(
    _ vectors: [Vector], _ dictionaries: [Vector], _ count: Int
  ) throws(FlintError) -> VectorForm? {
    guard vectors[0].type.physical == .text else { return nil }
    let different = Dictionary(dictionaries.map { (ObjectIdentifier($0), $0.count) }) { first, _ in first }
    guard different.values.reduce(0, +) <= count / 2 else { return nil }
    let table = try GroupTable([vectors[0].type], self)
    let target = try memory.buffer(count * 4)
    let codes = target.pointer(to: Int32.self)
    var known: (dictionary: Vector, numbers: RowNumbers)?
    var row = 0
    for (vector, dictionary) in zip(vectors, dictionaries) {
      let numbers: RowNumbers
      if let known, known.dictionary === dictionary {
        numbers = known.numbers
      } else {
        numbers = try table.insert([dictionary], length: dictionary.count)
        known = (dictionary, numbers)
      }
      guard table.count <= count / 2 else { return nil }
      let old = vector.codes
      if dictionary.count == 0 {
        // All of them are null, and any number may lie there.
        for index in 0..<vector.count { codes[row &+ index] = 0 }
      } else {
        for index in 0..<vector.count { codes[row &+ index] = numbers.rows[Int(truncatingIfNeeded: old[index])] }
      }
      row += vector.count
    }
    return .dictionary(codes: target, start: 0, dictionary: try table.keys()[0])
  }

  private func concatenateBits(_ count: Int, _ parts: [(bits: BitPointer?, count: Int)]) throws(FlintError)
    -> ColumnBuffer
  {
    let buffer = try memory.buffer(Bits.wordBytes(count), isZeroed: true)
    let words = buffer.pointer(to: UInt64.self)
    var place = 0
    for (bits, count) in parts {
      var index = 0
      while index < count {
        let length = min(64, count - index)
        var word = bits?.word(index) ?? ~0
        if length < 64 { word &= Bits.low(length) }
        let shift = UInt64(place & 63)
        words[place >> 6] |= word << shift
        if Int(shift) + length > 64 { words[place >> 6 + 1] |= word >> (64 - shift) }
        place += length
        index += 64
      }
    }
    return buffer
  }
}

extension Vector {
  /// A part of a structure.
  func part(_ index: Int) -> Vector? {
    if case .structure(let parts) = form { parts[index] } else { nil }
  }
}
