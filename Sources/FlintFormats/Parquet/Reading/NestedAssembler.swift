internal import FlintColumns

/// Makes the vectors of nested columns of those of their leaves, and of their levels.
struct NestedAssembler {
  /// What the batch has of each leaf.
  let leaves: [Int: LeafResult]
  let memory: ColumnMemory

  /// The vector of a column. A damaged file may contradict itself, so what must agree is compared.
  func vector(_ node: ColumnNode) throws(FormatFault) -> Vector {
    switch node.kind {
    case .leaf(let index):
      guard let vector = leaves[index]?.vector else { preconditionFailure("leaf \(index) was not read") }
      guard !node.field.isNullable, vector.nullCount > 0 else { return vector }
      // It lacks only what lies in something that is null itself.
      return Vector(vector.type, count: vector.count, vector.form)
    case .structure(let nodes):
      var parts: [Vector] = []
      for node in nodes { parts.append(try vector(node)) }
      let count = parts[0].count
      guard parts.allSatisfy({ $0.count == count }) else { throw Self.contradiction }
      let validity = node.field.isNullable ? try validity(node, count) : nil
      return Vector(
        node.field.type, count: count, validity: validity?.validity, nullCount: validity?.nullCount, .structure(parts))
    case .list(let element, let elementLevel):
      let elements = try vector(element)
      let lists = try offsets(node, elementLevel, elements: elements.count)
      return Vector(
        node.field.type, count: lists.count, validity: lists.validity.validity, nullCount: lists.validity.nullCount,
        .list(offsets: lists.offsets, start: 0, elements: elements))
    case .map(let key, let value, let elementLevel):
      let (keys, values) = (try vector(key), try vector(value))
      guard keys.count == values.count else { throw Self.contradiction }
      guard keys.nullCount == 0 else { throw .damaged("a key of a map is null") }
      let maps = try offsets(node, elementLevel, elements: keys.count)
      return Vector(
        node.field.type, count: maps.count, validity: maps.validity.validity, nullCount: maps.validity.nullCount,
        .map(offsets: maps.offsets, start: 0, keys: keys, values: values))
    }
  }

  private static let contradiction = FormatFault.damaged("its columns differ in their numbers of values")

  /// The levels of the first leaf below a node: above the node all leaves have the same.
  private func levels(_ node: ColumnNode) -> LevelStore {
    guard let first = node.leaves.first, let levels = leaves[first]?.levels else {
      preconditionFailure("\(node.field) was read without its levels")
    }
    return levels
  }

  private func validity(_ node: ColumnNode, _ count: Int) throws(FormatFault) -> ValidityStore {
    let levels = levels(node)
    var validity = ValidityStore(capacity: count, memory)
    let bits = try validity.reserve(count)
    let (definitions, repetitions) = (levels.definitions, levels.repetitions)
    var (slot, valid) = (0, 0)
    for index in 0..<levels.count {
      let level = Int(definitions[index])
      guard level >= node.slotLevel, Int(repetitions?[index] ?? 0) <= node.repetition else { continue }
      guard slot < count else { throw Self.contradiction }
      BitRuns.fill(bits, start: slot, count: 1, level >= node.valueLevel)
      if level >= node.valueLevel { valid += 1 }
      slot += 1
    }
    guard slot == count else { throw Self.contradiction }
    validity.add(count, valid: valid)
    return validity
  }

  private func offsets(
    _ node: ColumnNode, _ elementLevel: Int, elements: Int
  ) throws(FormatFault) -> (count: Int, offsets: ColumnBuffer, validity: ValidityStore) {
    let levels = levels(node)
    guard elements <= Int(Int32.max) else { throw .tooLarge("lists of one batch have \(elements) elements") }
    let buffer = try memory.bytes((levels.count + 1) * 4)
    let offsets = buffer.pointer(to: Int32.self)
    var validity = ValidityStore(capacity: levels.count, memory)
    let bits = try validity.reserve(levels.count)
    let (definitions, repetitions) = (levels.definitions, levels.repetitions)
    var (slot, valid, element) = (0, 0, 0)
    for index in 0..<levels.count {
      let (level, repetition) = (Int(definitions[index]), Int(repetitions?[index] ?? 0))
      if level >= node.slotLevel, repetition <= node.repetition {
        offsets[slot] = Int32(truncatingIfNeeded: element)
        BitRuns.fill(bits, start: slot, count: 1, level >= node.valueLevel)
        if level >= node.valueLevel { valid += 1 }
        slot += 1
      }
      if level >= elementLevel, repetition <= node.repetition + 1 { element += 1 }
    }
    guard element == elements else { throw Self.contradiction }
    offsets[slot] = Int32(truncatingIfNeeded: element)
    validity.add(slot, valid: node.field.isNullable ? valid : slot)
    return (slot, buffer, validity)
  }
}
