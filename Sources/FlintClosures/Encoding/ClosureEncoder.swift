internal import FlintCore
internal import FlintLayout

/// Writes one closure: its code as places in images, what it captured as values.
///
/// Everything is read through the compiler's own records, so nothing has to be known about the closure. The encoder
/// belongs to one call; what it refuses it explains by capture, type and place.
struct ClosureEncoder: ~Copyable {
  let images = LoadedImages.current()
  let location: SourceLocation?
  var body = ByteWriter(capacity: 256, limit: ClosureFormat.maximumSize)
  /// Indices into ``images``, in the order of their first mention.
  private var mentioned: [Int] = []
  /// Where the encoder is, from the outside to the inside.
  private(set) var path: [String] = []

  init(at location: SourceLocation?) {
    self.location = location
  }

  /// All that was written, behind a head that names the images.
  func finished() throws(FlintError) -> [UInt8] {
    var whole = ByteWriter(capacity: body.count + 128, limit: ClosureFormat.maximumSize)
    try whole.append(ClosureFormat.magic)
    try whole.append(UInt8(mentioned.count))
    for index in mentioned {
      let image = images.images[index]
      try whole.append(text: image.name)
      let buildID = image.buildID?.bytes ?? []
      try whole.append(UInt8(buildID.count))
      try whole.append(buildID)
    }
    try body.withBytes { (bytes) throws(FlintError) in try whole.append(bytes) }
    return whole.bytes
  }

  /// Writes the place of `address`: its image and the offset in it.
  mutating func place(_ address: UInt, _ what: StaticString) throws(FlintError) {
    guard let index = images.index(of: address) else {
      throw refusal("\(what) is in no file that another process could load", ClosureRefusal.copyValue)
    }
    let image = images.images[index]
    guard image.buildID != nil else {
      throw refusal("\(what) is in \(image.title), which has no build-id", "link it with --build-id")
    }
    try body.append(UInt8(try mention(index)))
    try body.append(UInt32(address - image.base))
  }

  private mutating func mention(_ index: Int) throws(FlintError) -> Int {
    if let known = mentioned.firstIndex(of: index) { return known }
    guard mentioned.count < Int(UInt8.max) else {
      throw refusal("it refers to more than \(UInt8.max) libraries", ClosureRefusal.copyValue)
    }
    mentioned.append(index)
    return mentioned.count - 1
  }

  /// Runs `work` one level further in; `step` says where that is.
  mutating func inside(
    _ step: @autoclosure () -> String, _ work: (inout ClosureEncoder) throws(FlintError) -> Void
  ) throws(FlintError) {
    guard path.count < ClosureFormat.maximumDepth else {
      throw refusal(
        "closures and values lie more than \(ClosureFormat.maximumDepth) deep in one another", "capture less")
    }
    path.append(step())
    try work(&self)
    path.removeLast()
  }

  /// The error for something that cannot be shipped from here.
  func refusal(_ why: String, _ remedy: String, cause: (any Error)? = nil) -> FlintError {
    FlintError(
      .unshippableClosure, "this closure cannot be sent to another process",
      why: (path + [why]).joined(separator: " "), remedy: remedy, at: location, cause: cause)
  }

  func refusal(_ refusal: ClosureRefusal) -> FlintError {
    self.refusal(refusal.why, refusal.remedy, cause: refusal.cause)
  }
}
