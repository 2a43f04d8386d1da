internal import FlintCore
internal import FlintLayout

/// Rebuilds one closure from its bytes, in a process of the same build.
///
/// Nothing of the bytes is believed: lengths, counts and depth are bounded, code must be the start of a function of the
/// named image, and whatever is taken for a type, a conformance or a context must be in that image's own lists. What is
/// decoded is not called here. When decoding fails, what was built so far is taken down again.
///
/// No record says that a generic parameter of a closure stands for a class, so a struct in its place is not seen. It does
/// no harm before the closure is called: a rebuilt context is given back by a record of what was put into it, not by the
/// closure's own code.
struct ClosureDecoder: ~Copyable {
  let images: LoadedImages
  var reader: ByteReader
  /// Indices into ``images``, as the bytes number them.
  private var mentioned: [Int] = []
  private var depth = 0

  /// A decoder behind the head. Throws `different-build` when an image that the bytes refer to is not the same one here.
  init(_ bytes: UnsafeRawBufferPointer) throws(FlintError) {
    images = LoadedImages.current()
    reader = ByteReader(bytes, budget: ClosureFormat.maximumSize)
    guard try reader.read(UInt32.self) == ClosureFormat.magic else { throw corrupt("they begin differently") }
    for _ in 0..<(try reader.read(UInt8.self)) {
      let name = try reader.readText()
      let count = Int(try reader.read(UInt8.self))
      guard count <= BuildID.maximumCount else { throw corrupt("a build-id is too long") }
      let buildID = BuildID(bytes: Array(try reader.read(count: count)))
      mentioned.append(try index(of: buildID, name: name))
    }
  }

  private func index(of buildID: BuildID, name: String) throws(FlintError) -> Int {
    if let index = images.index(of: buildID) { return index }
    let here = images.images.first { $0.name == name }
    let title = name.isEmpty ? "the program" : name
    throw FlintError(
      .differentBuild, "this closure was sent by another build",
      why: here.map { "\(title) has build-id \(buildID) there, \($0.buildID?.description ?? "none") here" }
        ?? "\(title) with build-id \(buildID) is not loaded here",
      remedy: "run the same files on driver and executors, and load the same libraries in both")
  }

  /// Reads the place of something: its image and its address.
  mutating func place() throws(FlintError) -> (image: Image, address: UInt) {
    let number = Int(try reader.read(UInt8.self))
    guard mentioned.indices.contains(number) else { throw corrupt("an image is not in the list") }
    let image = images.images[mentioned[number]]
    let address = image.base + UInt(try reader.read(UInt32.self))
    guard image.contains(address) else { throw corrupt("a place is outside its image") }
    return (image, address)
  }

  /// Reads the place of something that its image must list.
  mutating func place(
    listedIn list: KeyPath<ImageDeclarations.Lists, Set<UInt>>
  ) throws(FlintError) -> UnsafeRawPointer {
    let (image, address) = try place()
    guard image.declarations.contains(address, in: list), let pointer = UnsafeRawPointer(bitPattern: address) else {
      throw corrupt("a place is not that of such a declaration")
    }
    return pointer
  }

  /// Reads the place of a function that can be called.
  mutating func code() throws(FlintError) -> UInt {
    let (image, address) = try place()
    guard image.isCode(address) else { throw corrupt("a place of code is not the start of a function") }
    return address
  }

  /// Reads a tag.
  mutating func tag<Tag: RawRepresentable>(_: Tag.Type = Tag.self) throws(FlintError) -> Tag
  where Tag.RawValue == UInt8 {
    guard let tag = Tag(rawValue: try reader.read(UInt8.self)) else { throw corrupt("a tag is unknown") }
    return tag
  }

  /// Runs `work` one level further in.
  mutating func inside<Result>(
    _ work: (inout ClosureDecoder) throws(FlintError) -> Result
  ) throws(FlintError) -> Result {
    guard depth < 2 * ClosureFormat.maximumDepth else { throw corrupt("values lie too deep in one another") }
    depth += 1
    defer { depth -= 1 }
    return try work(&self)
  }

  /// The error for bytes that no encoder of this build has written.
  func corrupt(_ why: String) -> FlintError { Self.corrupt(why) }

  static func corrupt(_ why: String) -> FlintError {
    FlintError(.corruptData, "these bytes hold no closure", why: why)
  }
}
