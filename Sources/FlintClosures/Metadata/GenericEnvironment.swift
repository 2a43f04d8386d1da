internal import FlintLayout

/// What the generic parameters of a declaration stand for, so that names which depend on them can be resolved.
struct GenericEnvironment {
  /// By depth, then by index.
  private var levels: [[Metadata?]]
  /// Dependent types, such as `T.Element`, for which a closure keeps a binding of its own.
  private var exact: [[UInt8]: Metadata] = [:]

  init(levels: [[Metadata?]] = []) {
    self.levels = levels
  }

  mutating func bind(_ name: MangledName, to metadata: Metadata) {
    guard let parameter = name.genericParameter else {
      exact[name.skeleton] = metadata
      return
    }
    while levels.count <= parameter.depth { levels.append([]) }
    while levels[parameter.depth].count <= parameter.index { levels[parameter.depth].append(nil) }
    levels[parameter.depth][parameter.index] = metadata
  }

  /// The type that `name` stands for here; nil when the runtime does not know it.
  func type(named name: MangledName) -> Metadata? {
    if let bound = exact[name.skeleton] { return bound }
    if let parameter = name.genericParameter {
      guard levels.indices.contains(parameter.depth), levels[parameter.depth].indices.contains(parameter.index) else {
        return nil
      }
      return levels[parameter.depth][parameter.index]
    }
    guard !levels.isEmpty else {
      return _getTypeByMangledNameInContext(name.text, UInt(name.count), genericContext: nil, genericArguments: nil)
        .map { Metadata($0) }
    }
    return description.withUnsafeBytes { environment in
      arguments.withUnsafeBufferPointer { arguments in
        _getTypeByMangledNameInEnvironment(
          name.text, UInt(name.count), genericEnvironment: environment.baseAddress,
          genericArguments: arguments.baseAddress.map { UnsafeRawPointer($0) })
      }
    }.map { Metadata($0) }
  }

  /// The record by which the runtime learns how many parameters there are at each depth: the number of depths, the sums
  /// of the numbers, and a byte for each parameter.
  private var description: [UInt8] {
    var bytes: [UInt8] = []
    withUnsafeBytes(of: UInt32(levels.count).littleEndian) { bytes.append(contentsOf: $0) }
    var sum: UInt16 = 0
    for level in levels {
      sum += UInt16(level.count)
      withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for _ in 0..<sum { bytes.append(0x80) }
    return bytes
  }

  private var arguments: [UnsafeRawPointer?] { levels.joined().map { $0?.address } }
}
