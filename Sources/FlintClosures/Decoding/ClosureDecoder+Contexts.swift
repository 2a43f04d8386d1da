internal import CFlint
internal import FlintCore
internal import FlintLayout

extension ClosureDecoder {
  /// Reads a function. The caller owns its context.
  mutating func function() throws(FlintError) -> (code: UInt, context: UInt) {
    let code = try code()
    // A function of another runtime would take its Swift tasks and objects for its own.
    guard let index = images.index(of: code), images.images[index].declarations.areKnown else {
      throw corrupt("a place of code belongs to another Swift runtime")
    }
    return (code, try context())
  }

  /// Reads a context and returns one reference to it, which the caller owns; 0 for none.
  mutating func context(
    in environment: GenericEnvironment = GenericEnvironment()
  ) throws(FlintError) -> UInt {
    try inside { (decoder) throws(FlintError) in
      switch try decoder.tag(ClosureFormat.ContextTag.self) {
      case .none: return 0
      case .captures: return try decoder.captures(in: environment)
      case .box: return try decoder.box()
      case .object: return try decoder.object(of: nil)
      }
    }
  }

  private mutating func box() throws(FlintError) -> UInt {
    let type = try type()
    let box = swift_allocBox(type.address)
    do throws(FlintError) {
      try value(type, box.value)
    } catch {
      swift_deallocBox(box.object)
      throw error
    }
    return UInt(bitPattern: box.object)
  }

  private mutating func captures(in outer: GenericEnvironment) throws(FlintError) -> UInt {
    let (image, address) = try place()
    guard let head = UnsafeRawPointer(bitPattern: address) else { throw corrupt("a context has no head") }
    let metadata = ContextMetadata(Metadata(head))
    guard metadata.isGenuine(in: image) else { throw corrupt("a place is not that of a context's head") }
    let plan: Plan
    let schema: ContextSchema
    do throws(ClosureRefusal) { schema = try ContextSchema(metadata) } catch { throw corrupt(error.why) }
    let words = try bindings(schema)
    var dependents: [Metadata] = []
    for _ in schema.dependents { dependents.append(try type()) }
    do throws(ClosureRefusal) {
      let environment = try schema.environment(words: words, dependents: dependents, in: outer)
      plan = Plan(
        metadata: metadata, words: words, layout: try ContextLayout(schema, environment), environment: environment)
    } catch { throw corrupt("a capture \(error.why)") }
    return try build(plan)
  }

  private mutating func bindings(_ schema: ContextSchema) throws(FlintError) -> [UInt] {
    var words: [UInt] = []
    for binding in schema.bindings {
      switch (binding, try tag(ClosureFormat.BindingTag.self)) {
      case (.type, .type): words.append(try type().bits)
      case (.witnessTable, .witnessTable): words.append(UInt(bitPattern: try witnessTable()))
      case (.number, .number): words.append(UInt(try reader.read(UInt64.self)))
      default: throw corrupt("a binding is of another kind")
      }
    }
    return words
  }

  /// A context that is to be built.
  private struct Plan {
    let metadata: ContextMetadata
    let words: [UInt]
    let layout: ContextLayout
    let environment: GenericEnvironment
  }

  /// Builds the context. From its first capture on it has a head that knows what there is to give back: who releases it
  /// does not run the destroyer that the compiler wrote, which would trust the generic types of the bytes.
  private mutating func build(_ plan: Plan) throws(FlintError) -> UInt {
    let layout = plan.layout
    let record = flint_context_record_size(layout.captures.count { $0.part != nil })
    let size = layout.size.aligned(to: 8) + record
    try reader.reserve(size)
    guard let object = swift_allocObject(plan.metadata.metadata.address, size, layout.alignment - 1) else {
      throw corrupt("a context cannot be made")
    }
    for (index, word) in plan.words.enumerated() {
      object.storeBytes(of: word, toByteOffset: plan.metadata.start + 8 * index, as: UInt.self)
    }
    var parts: [flint_context_part] = []
    do throws(FlintError) {
      for capture in layout.captures {
        try self.capture(capture.kind, object + capture.offset, in: plan.environment)
        if let part = capture.part { parts.append(part) }
      }
    } catch {
      flint_context_adopt(object, size, layout.alignment - 1, parts, parts.count)
      swift_release(object)
      throw error
    }
    flint_context_adopt(object, size, layout.alignment - 1, parts, parts.count)
    return UInt(bitPattern: object)
  }

  private mutating func capture(
    _ kind: CaptureKind, _ place: UnsafeMutableRawPointer, in environment: GenericEnvironment
  ) throws(FlintError) {
    switch kind {
    case .value(let type):
      try value(type, place)
    case .function(let isOptional, _):
      var function: (code: UInt, context: UInt) = (0, 0)
      let isThere = isOptional ? try flag() : true
      if isThere { function = try self.function() }
      place.storeBytes(of: function.code, as: UInt.self)
      place.storeBytes(of: function.context, toByteOffset: 8, as: UInt.self)
    case .object(let isOptional):
      let object = try context(in: environment)
      guard isOptional || object != 0 else { throw corrupt("a capture is empty") }
      place.storeBytes(of: object, as: UInt.self)
    case .codePointer:
      place.storeBytes(of: try code(), as: UInt.self)
    }
  }

  /// Reads a yes or no.
  mutating func flag() throws(FlintError) -> Bool {
    switch try reader.read(UInt8.self) {
    case 0: return false
    case 1: return true
    default: throw corrupt("a flag is neither 0 nor 1")
    }
  }

  /// Gives one reference back; 0 is none.
  static func release(_ object: UInt) {
    if let object = UnsafeMutableRawPointer(bitPattern: object) { swift_release(object) }
  }
}
