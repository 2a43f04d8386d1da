internal import CFlint
internal import Synchronization

/// The images of this process at one moment. ``current()`` is safe from any thread.
final class LoadedImages: Sendable {
  /// In the loader's order, the program first.
  let images: [Image]
  private let loaded: UInt64
  private let unloaded: UInt64
  private let indexByBuildID: [BuildID: Int]

  private static let latest = Mutex<LoadedImages?>(nil)

  /// The images as they are now: the list is read again only after a library was loaded or unloaded.
  static func current() -> LoadedImages {
    let generation = flint_images_generation()
    let known = latest.withLock { $0 }
    if let known, known.loaded == generation.loaded, known.unloaded == generation.unloaded { return known }
    // Read outside the lock: the loader has one of its own, under which it runs initializers of libraries.
    let fresh = LoadedImages(generation)
    latest.withLock { $0 = fresh }
    return fresh
  }

  private init(_ generation: flint_image_generation) {
    var images: [Image] = []
    withUnsafeMutablePointer(to: &images) { images in
      flint_images_visit(
        { image, context in
          guard let image, let images = context?.assumingMemoryBound(to: [Image].self) else { return }
          images.pointee.append(Image(image.pointee, isProgram: images.pointee.isEmpty))
        }, images)
    }
    self.images = images
    loaded = generation.loaded
    unloaded = generation.unloaded
    indexByBuildID = Dictionary(
      images.enumerated().compactMap { index, image in image.buildID.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The program's own image.
  var program: Image { images[0] }

  /// The image that holds `address` in what comes from its file.
  func index(of address: UInt) -> Int? { images.firstIndex { $0.range.contains(address) } }

  /// The image with this build-id.
  func index(of buildID: BuildID) -> Int? { indexByBuildID[buildID] }
}

extension Image {
  fileprivate init(_ image: flint_image, isProgram: Bool) {
    let path = String(cString: image.path)
    let bytes = UnsafeBufferPointer(start: image.build_id, count: image.build_id_size)
    self.init(
      name: isProgram ? "" : path.split(separator: "/").last.map(String.init) ?? path,
      buildID: bytes.isEmpty || bytes.count > BuildID.maximumCount ? nil : BuildID(bytes: Array(bytes)),
      base: image.base, range: image.low..<image.high,
      functions: FunctionTable(start: image.function_table, size: image.function_table_size),
      declarations: ImageDeclarations(range: image.low..<image.high))
  }
}
