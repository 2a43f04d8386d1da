/// The modules of a finished debug build, for checks that ask the compiler.
struct BuiltModules {
  /// The product's modules that a reader can import.
  let names: [String]
  /// What makes all modules of the build known to the compiler.
  let flags: [String]

  /// - Parameters:
  ///   - repository: whose targets were built.
  ///   - buildFolder: where SwiftPM put the build; `Modules` stands in it.
  ///   - workFolder: a folder for generated files.
  init(of repository: Repository, in buildFolder: String, workFolder: String) throws {
    let folders = Set(
      repository.paths.filter { $0.hasPrefix("Sources/") }.compactMap { path in
        path.split(separator: "/").dropFirst().first.map(String.init)
      }
    ).sorted()
    let built = Set(try Folder.names(in: buildFolder + "/Modules"))
    let maps =
      try Folder.names(in: buildFolder).map { "\(buildFolder)/\($0)/module.modulemap" }.filter(Folder.hasFile)
      + BuiltModules.systemMaps(repository, folders, workFolder)
    names = folders.filter { built.contains($0 + ".swiftmodule") && $0.hasPrefix("Flint") }
    flags = ["-I", buildFolder + "/Modules"] + maps.flatMap { ["-Xcc", "-fmodule-map-file=" + $0] }
  }

  /// The maps of system libraries, which the build uses where they stand; here they are written again, with their headers.
  private static func systemMaps(
    _ repository: Repository, _ folders: [String], _ workFolder: String
  ) throws -> [String] {
    try folders.filter { repository.files["Sources/\($0)/module.modulemap"] != nil }.map { name in
      let folder = "\(workFolder)/modules/\(name)"
      try Folder.makeEmpty(folder)
      for path in repository.paths where path.hasPrefix("Sources/\(name)/") {
        try Folder.write(repository.files[path] ?? "", to: folder + path.dropFirst("Sources/\(name)".count))
      }
      return folder + "/module.modulemap"
    }
  }
}
