import FlintCore

/// One kind of closure and what shall become of it.
struct MatrixCase: Sendable {
  let name: String
  /// What the refusal must name; nil when the closure must be shipped and compute the same there as here.
  let refusal: String?
  /// For a closure of a library: what its refusal must name for each way of building it in which it cannot be shipped.
  let libraryRefusals: [LibraryBuild: String]?
  let body: @Sendable (MatrixRig) async throws -> Void

  /// The case as it is with a library of that build, or without one; nil when it needs one.
  func with(library: LibraryBuild?) -> MatrixCase? {
    guard let libraryRefusals else { return self }
    guard let library else { return nil }
    return MatrixCase(name: name, refusal: libraryRefusals[library], libraryRefusals: libraryRefusals, body: body)
  }

  struct Result {
    let isPass: Bool
    let detail: String
  }

  func result(with rig: MatrixRig) async -> Result {
    do {
      try await body(rig)
      return Result(isPass: refusal == nil, detail: refusal.map { "expected a refusal that names \($0)" } ?? "")
    } catch {
      let text = String(describing: error)
      return Result(isPass: refusal.map { text.contains($0) } ?? false, detail: text)
    }
  }
}

/// Collects cases.
struct MatrixCases {
  private(set) var all: [MatrixCase] = []

  /// A closure that is shipped.
  mutating func ships(_ name: String, _ body: @escaping @Sendable (MatrixRig) async throws -> Void) {
    all.append(MatrixCase(name: name, refusal: nil, libraryRefusals: nil, body: body))
  }

  /// A closure that is refused, or that fails, with `text` in the error.
  mutating func fails(_ name: String, _ text: String, _ body: @escaping @Sendable (MatrixRig) async throws -> Void) {
    all.append(MatrixCase(name: name, refusal: text, libraryRefusals: nil, body: body))
  }

  /// A closure whose code is in the library. With a runtime of its own no library can ship.
  mutating func shipsFromLibrary(
    _ name: String, unless refusals: [LibraryBuild: String] = [:],
    _ body: @escaping @Sendable (MatrixRig) async throws -> Void
  ) {
    let all = refusals.merging([.foreign: "another Swift runtime"]) { $1 }
    self.all.append(MatrixCase(name: name, refusal: nil, libraryRefusals: all, body: body))
  }
}

extension MatrixCase {
  static let all: [MatrixCase] = {
    var cases = MatrixCases()
    addValues(to: &cases)
    addTypes(to: &cases)
    addUnusedTypes(to: &cases)
    addCollections(to: &cases)
    addMixtures(to: &cases)
    addClasses(to: &cases)
    addReferences(to: &cases)
    addEnumerations(to: &cases)
    addMutables(to: &cases)
    addGenericParameters(to: &cases)
    addGenericTypes(to: &cases)
    addExistentials(to: &cases)
    addNestedClosures(to: &cases)
    addMethods(to: &cases)
    addKeyPaths(to: &cases)
    addLongKeyPaths(to: &cases)
    addFunctions(to: &cases)
    addThrowing(to: &cases)
    addAsynchronous(to: &cases)
    addIsolations(to: &cases)
    addFoundation(to: &cases)
    addNonsending(to: &cases)
    addLibrary(to: &cases)
    return cases.all
  }()
}
