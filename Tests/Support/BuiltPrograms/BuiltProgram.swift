package import FlintCore
internal import Glibc

/// A program of this package, in one of its two builds.
package struct BuiltProgram: Hashable, Sendable, CustomStringConvertible {
  package enum Build: String, Sendable, CaseIterable { case debug, release }

  package let name: String
  package let build: Build
  /// The build folder beside that of the tests in which it is, such as `planted`; nil for theirs.
  package let variant: String?

  package init(_ name: String, _ build: Build = .debug, variant: String? = nil) {
    self.name = name
    self.build = build
    self.variant = variant
  }

  package var description: String { "\(name), \(build.rawValue)" }

  /// Where the program is: in the folder of the tests that run, or in that of the other build beside it. Throws
  /// `file-not-found` when nobody has built it.
  package func path() throws(FlintError) -> FilePath {
    let folder = BuiltProgram.testFolder.parent
    let path: FilePath
    if let variant {
      // The tests' own folder is that of the platform in the build folder.
      path = folder.parent / variant / build.rawValue / name
    } else {
      path = folder / build.rawValue / name
    }
    guard access(path.string, X_OK) == 0 else {
      throw FlintError(
        .fileNotFound, "there is no \(build.rawValue) build of \(name) at \(path)",
        remedy: "run the tests by Scripts/test, which builds what they need")
    }
    return path
  }

  /// The folder of the program that runs the tests.
  private static let testFolder: FilePath = {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count)
    precondition(count > 0, "this process does not know its own program")
    return FilePath(String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)).parent
  }()
}
