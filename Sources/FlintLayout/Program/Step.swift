/// One instruction of a program: what to do with one run of bytes of a row.
struct Step {
  enum Kind: UInt8 {
    /// `size` bytes of which every pattern is a value.
    case bits
    case bool
    /// An unsigned number of `size` bytes below `count`: an enum without payload.
    case tag
    /// A Unicode scalar.
    case scalar
    /// A String, through its two words or through its API.
    case string, stringByInterface
    /// An array, through its storage object or through its API.
    case array, arrayByInterface
    /// An optional of `size` bytes of which every pattern is a value, with a byte behind them that says whether it is nil.
    case optionalBits
    /// Any other optional; of a String alone in column form.
    case optional, optionalString
    /// An enum with payloads.
    case enumeration
    /// A value that travels as one of another type.
    case conversion
    /// Nothing; takes one zero byte, so that counts of rows are bounded by their bytes.
    case nothing
  }

  let kind: Kind
  /// Where the bytes lie in the row.
  var offset: Int
  var size = 0
  var count = 0
  /// The program of the elements, of an optional's payload, or of what a conversion travels as.
  var element: UnsafePointer<Program>! = nil
  /// The type of the value, where destroying it takes more than forgetting it.
  var owner: UnsafeRawPointer?
  private var traits: UnsafeRawPointer! = nil

  init(_ kind: Kind, offset: Int, size: Int = 0, count: Int = 0, owner: UnsafeRawPointer? = nil) {
    self.kind = kind
    self.offset = offset
    self.size = size
    self.count = count
    self.owner = owner
  }

  init<Traits>(
    _ kind: Kind, offset: Int, size: Int, element: UnsafePointer<Program>?, owner: UnsafeRawPointer?,
    traits: UnsafePointer<Traits>
  ) {
    self.init(kind, offset: offset, size: size, owner: owner)
    self.element = element
    self.traits = UnsafeRawPointer(traits)
  }

  var array: UnsafePointer<ArrayTraits> { traits.assumingMemoryBound(to: ArrayTraits.self) }
  var optional: UnsafePointer<OptionalTraits> { traits.assumingMemoryBound(to: OptionalTraits.self) }
  var enumeration: UnsafePointer<EnumerationTraits> { traits.assumingMemoryBound(to: EnumerationTraits.self) }
  var conversion: UnsafePointer<ConversionTraits> { traits.assumingMemoryBound(to: ConversionTraits.self) }
}

/// What an array step knows of its array.
struct ArrayTraits {
  let interface: any ArrayInterface.Type
  /// The class of the storage object, and the one object of all arrays without storage.
  let storageClass: UnsafeRawPointer
  let emptyStorage: UnsafeRawPointer
  /// Distance from the storage object to the first element.
  let head: Int
  let alignmentMask: Int
}

/// What an optional step knows of its payload.
struct OptionalTraits {
  let payload: UnsafeRawPointer
  let tag: ValueWitnesses.SinglePayloadTag
  let storeTag: ValueWitnesses.StoreSinglePayloadTag
}

/// What an enumeration step knows of its enum.
struct EnumerationTraits {
  let metadata: UnsafeRawPointer
  let cases: Int
  /// The cases with payload, which have the lowest tags.
  let payloads: UnsafePointer<Payload>
  let payloadCases: Int
  let tag: ValueWitnesses.EnumTag
  let project: ValueWitnesses.ProjectPayload
  let inject: ValueWitnesses.InjectTag

  struct Payload {
    let program: UnsafePointer<Program>
    /// The payload lies in a box, to which the enum holds a reference.
    let isIndirect: Bool
  }
}

/// What a conversion step knows.
struct ConversionTraits {
  let conversion: any Conversion.Type
}
