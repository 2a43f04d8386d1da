internal import FlintCore

extension SeamContract {
  static let globs: [Check] = [
    Check(name: "globs find what stands there, sorted, and not what is hidden") { contract in
      let (files, root) = (contract.context.files, contract.directory)
      for name in [
        "2021/b.csv", "2021/a.csv", "2020/a.csv", "2020/a.txt", ".tmp/a.csv", "_date=1/a.csv", "2021/_x.csv",
      ] {
        let path = root / name
        try await files.createDirectory(path.parent)
        try await files.open(path, .createNew).close()
      }
      let expected = ["2020/a.csv", "2021/a.csv", "2021/b.csv", "_date=1/a.csv"].map { root / $0 }
      for pattern in ["*/*.csv", "{2020,2021,_*,nothing}/?.csv", "./*/[a-b].csv"] {
        let found = try await Glob("\(root)/\(pattern)").expand(in: files)
        try contract.require(found.map(\.name) == expected.map(\.name), "\(pattern) finds \(found)")
      }
      let directories = try await Glob("\(root)/20*/").expand(in: files)
      try contract.require(directories == [root / "2020", root / "2021"], "the directories are \(directories)")
      try await contract.requireError(.fileNotFound, "a pattern without a match") {
        _ = try await Glob("\(root)/2020/*.parquet").expand(in: files)
      }
      try await contract.requireError(.fileNotFound, "a pattern below a file") {
        _ = try await Glob("\(root)/2020/a.csv/*").expand(in: files)
      }
    }
  ]
}
