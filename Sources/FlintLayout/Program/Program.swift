/// What to do with every row of a type: a flat list of steps, which the codecs run over whole batches.
///
/// It lives in the ``ProgramArena`` of its layout, and may refer to itself.
struct Program {
  let metadata: UnsafeRawPointer
  let size: Int
  let stride: Int
  let alignmentMask: Int
  /// Forgetting a row is enough to destroy it.
  let isTrivial: Bool
  /// The steps in row form; neighbouring bits are one step.
  var steps = UnsafeBufferPointer<Step>(start: nil, count: 0)
  /// The steps in column form, one a column.
  var columns = UnsafeBufferPointer<Step>(start: nil, count: 0)
  /// Every byte of the stride belongs to a number: rows are copied as they are.
  var isImage = false
  /// What a row takes at least, in row form in bytes and in column form in bits; both bound counts from outside.
  var minimumBytes = 1
  var minimumBits = 1

  init(_ type: Any.Type) {
    let type = Metadata(type)
    metadata = type.address
    size = type.witnesses.size
    stride = type.witnesses.stride
    alignmentMask = type.witnesses.alignmentMask
    isTrivial = type.witnesses.isTrivial
  }

  /// Takes over the steps of a finished derivation.
  mutating func complete(_ derived: [Step], in arena: ProgramArena) {
    let all = derived.isEmpty ? [Step(.nothing, offset: 0)] : derived
    var merged: [Step] = []
    for step in all {
      if step.kind == .bits, let last = merged.last, last.kind == .bits, last.offset + last.size == step.offset {
        merged[merged.count - 1].size += step.size
      } else {
        merged.append(step)
      }
    }
    steps = arena.store(merged)
    columns = arena.store(all.map(Self.columnStep))
    isImage = merged.count == 1 && merged[0].kind == .bits && merged[0].offset == 0 && merged[0].size == stride
    minimumBytes = merged.reduce(0) { $0 + $1.minimumBytes }
    minimumBits = columns.reduce(0) { $0 + $1.minimumBits }
  }

  /// Texts that may be missing have a form of their own in columns, the one that Arrow has.
  private static func columnStep(_ step: Step) -> Step {
    guard step.kind == .optional, step.element.pointee.steps.count == 1,
      step.element.pointee.steps[0].kind == .string
    else { return step }
    return Step(
      .optionalString, offset: step.offset, size: step.size, element: step.element, owner: step.owner,
      traits: step.optional)
  }
}

extension Step {
  fileprivate var minimumBytes: Int {
    switch kind {
    case .bits, .tag: size
    case .scalar, .string, .stringByInterface, .array, .arrayByInterface: 4
    case .bool, .optionalBits, .optional, .optionalString, .enumeration, .conversion, .nothing: 1
    }
  }

  fileprivate var minimumBits: Int {
    switch kind {
    case .bits, .tag: size * 8
    case .scalar, .string, .stringByInterface, .array, .arrayByInterface: 32
    case .enumeration, .nothing: 8
    case .optionalBits: 1 + size * 8
    case .optionalString: 33
    case .bool, .optional, .conversion: 1
    }
  }
}
