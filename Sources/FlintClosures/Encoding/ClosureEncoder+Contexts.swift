internal import FlintCore
internal import FlintLayout

extension ClosureEncoder {
  /// Writes a function: its code and its context.
  mutating func function(code: UInt, context: UInt, parameterCount: Int) throws(FlintError) {
    guard let index = images.index(of: code), images.images[index].isCode(code) else {
      throw refusal("its code is not listed as a function by any loaded file", ClosureRefusal.keepFunctionTable)
    }
    guard images.images[index].declarations.areKnown else {
      throw refusal(
        "its code is in \(images.images[index].title), which has another Swift runtime than the program",
        ClosureRefusal.shareRuntime)
    }
    try place(code, "its code")
    try self.context(context, parameterCount: parameterCount)
  }

  /// Writes what a function holds besides its code, or a variable's box in the generic environment of its context.
  mutating func context(
    _ bits: UInt, parameterCount: Int, in environment: GenericEnvironment = GenericEnvironment()
  ) throws(FlintError) {
    guard let object = UnsafeRawPointer(bitPattern: bits) else {
      return try body.append(ClosureFormat.ContextTag.none.rawValue)
    }
    guard let head = object.pointer(0) else { throw refusal("has an unreadable context", ClosureRefusal.copyValue) }
    let metadata = Metadata(head)
    switch metadata.kind {
    case .context:
      try body.append(ClosureFormat.ContextTag.captures.rawValue)
      try captures(of: object, .written(metadata), parameterCount: parameterCount, in: environment)
    case .genericBox:
      guard let boxed = head.pointer(2).map(Metadata.init) else { return }
      try body.append(ClosureFormat.ContextTag.box.rawValue)
      try type(boxed)
      try value(boxed, object + 16.aligned(to: boxed.valueLayout.alignment))
    case .class:
      // A capture that is itself one counted reference serves as the context.
      try body.append(ClosureFormat.ContextTag.object.rawValue)
      try inside("capture 1") { (encoder) throws(FlintError) in try encoder.object(object) }
    default:
      throw refusal("has a context of an unknown kind", ClosureRefusal.copyValue)
    }
  }

  private mutating func captures(
    of object: UnsafeRawPointer, _ metadata: ContextMetadata, parameterCount: Int, in outer: GenericEnvironment
  ) throws(FlintError) {
    guard let index = images.index(of: metadata.metadata.bits) else {
      throw refusal("has a context that no loaded file describes", ClosureRefusal.copyValue)
    }
    let dependents: [Metadata]
    let environment: GenericEnvironment
    let layout: ContextLayout
    let schema: ContextSchema
    let source: ContextObject
    do throws(ClosureRefusal) {
      schema = try ContextSchema(metadata)
      source = ContextObject(address: object, schema: schema, parameterCount: parameterCount)
      dependents = try source.dependentTypes()
      environment = try schema.environment(words: source.words, dependents: dependents, in: outer)
      layout = try ContextLayout(schema, environment)
    } catch { throw refusal(error) }
    guard metadata.isGenuine(in: images.images[index]) else {
      throw refusal(
        "has a context that \(images.images[index].title) does not list as one", ClosureRefusal.keepFunctionTable)
    }
    try place(metadata.metadata.bits, "its context")
    try bindings(source, candidates: dependents)
    for dependent in dependents { try type(dependent) }
    for capture in layout.captures {
      try inside("capture \(capture.number)") { (encoder) throws(FlintError) in
        try encoder.capture(capture.kind, object + capture.offset, in: environment)
      }
    }
  }

  private mutating func bindings(_ source: ContextObject, candidates: [Metadata]) throws(FlintError) {
    let bound = zip(source.schema.bindings, source.words)
    let types = bound.compactMap { binding, word in
      if case .type = binding { UnsafeRawPointer(bitPattern: word).map(Metadata.init) } else { nil }
    }
    for (binding, word) in bound {
      switch (binding, UnsafeRawPointer(bitPattern: word)) {
      case (.type, let address?):
        try body.append(ClosureFormat.BindingTag.type.rawValue)
        try type(Metadata(address))
      case (.witnessTable, let address?):
        try body.append(ClosureFormat.BindingTag.witnessTable.rawValue)
        try witnessTable(address, candidates: types + candidates)
      default:
        try body.append(ClosureFormat.BindingTag.number.rawValue)
        try body.append(UInt64(word))
      }
    }
  }

  private mutating func capture(
    _ kind: CaptureKind, _ place: UnsafeRawPointer, in environment: GenericEnvironment
  ) throws(FlintError) {
    switch kind {
    case .value(let type):
      try value(type, place)
    case .function(let isOptional, let parameterCount):
      let code = place.word(0)
      if isOptional { try body.append(UInt8(code == 0 ? 0 : 1)) }
      if isOptional, code == 0 { return }
      try inside(SymbolName.of(code).map { "(\($0)):" } ?? "(a function):") { (encoder) throws(FlintError) in
        try encoder.function(code: code, context: place.word(1), parameterCount: parameterCount)
      }
    case .object(let isOptional):
      guard isOptional || place.word(0) != 0 else { throw refusal("is empty", ClosureRefusal.copyValue) }
      try context(place.word(0), parameterCount: 0, in: environment)
    case .codePointer:
      try self.place(place.word(0), "its address")
    }
  }
}
