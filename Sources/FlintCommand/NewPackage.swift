internal import FlintCore
internal import FlintLaunch

/// `flint new NAME`: a package with one job and one test, in a new folder of that name.
enum NewPackage {
  private struct Options: Decodable {
    var flint: String?
  }

  /// Writes the package and returns what to do next.
  ///
  /// Throws `invalid-argument` for a bad name, `file-exists` when the folder is there, `file-not-found` when Flint is not.
  static func run(_ arguments: [String], _ files: any FileSystem) async throws -> String {
    let isNamed = arguments.first.map { !$0.hasPrefix("-") } ?? false
    let line = try CommandLineOptions<Options>(
      Array(arguments.dropFirst(isNamed ? 1 : 0)), program: "flint new NAME", summary: summary, takesSettings: false)
    guard case .run(let options, _) = line else {
      if case .help(let page) = line { return page }
      return ""
    }
    guard isNamed, let argument = arguments.first else {
      throw FlintError(.invalidArgument, "the new package has no name", remedy: "write flint new TaxiJobs")
    }
    let name = try PackageName(argument)
    let flint = try await flintFolder(options, files)
    let folder = FilePath("\(name)")
    guard try await files.status(of: folder) == nil else {
      throw FlintError(
        .fileExists, "\(name) is there already", remedy: "choose another name, or another folder to work in")
    }
    for file in PackageTemplate(name: name, flint: flint).files {
      let path = FilePath("\(folder)/\(file.path)")
      try await files.createDirectory(path.parent)
      let opened = try await files.open(path, .createNew)
      try await opened.write(Array(file.text.utf8), at: 0)
      try await opened.close()
    }
    return """
      \(name) has one job and one test. To run them:

        cd \(name)
        swift test
        swift run -c release \(name) --help

      """
  }

  private static func flintFolder(_ options: Options, _ files: any FileSystem) async throws -> FilePath {
    if let path = options.flint { return try await FlintFolder.at(path, files) }
    return try await FlintFolder.ofThisProgram(files)
  }

  private static let summary = """
    Makes a package with one job and one test in a new folder. --flint names the folder
    of Flint's repository; without it, it is the one that this program was built in.
    """
}
