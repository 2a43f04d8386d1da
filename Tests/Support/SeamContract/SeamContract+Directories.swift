internal import FlintCore

extension SeamContract {
  static let directories: [Check] = [
    Check(name: "names are listed in the order of their bytes") { contract in
      let files = contract.context.files
      for name in ["b", "a", "é", ".hidden", "B", "_x", "a.b"] {
        try await files.open(contract.directory / name, .createNew).close()
      }
      let names = try await files.list(contract.directory)
      try contract.require(names == [".hidden", "B", "_x", "a", "a.b", "b", "é"], "listed \(names)")
      try await contract.requireError(.fileNotFound, "listing what is not there") {
        _ = try await files.list(contract.directory / "missing")
      }
    },
    Check(name: "two spellings of a name are two files") { contract in
      let files = contract.context.files
      let (composed, decomposed) = (contract.directory / "\u{E9}", contract.directory / "e\u{301}")
      try contract.require(composed != decomposed, "the paths are equal")
      try await files.replaceDurably(composed, with: [1])
      try await files.replaceDurably(decomposed, with: [2])
      let bytes = try await files.readAll(composed, limit: .kibibytes(1))
      let names = try await files.list(contract.directory)
      try contract.require(bytes == [1] && names.count == 2, "the first holds \(bytes), of \(names.count) files")
    },
    Check(name: "directories are made with those above them, and again") { contract in
      let (files, deep) = (contract.context.files, contract.directory / "x" / "y" / "z")
      try await files.createDirectory(deep)
      try await files.createDirectory(deep)
      let status = try await files.status(of: deep)
      try contract.require(status?.kind == .directory, "it is \(String(describing: status))")
      let missing = try await files.status(of: deep / "nothing")
      try contract.require(missing == nil, "something is there")
      try await contract.requireError(.fileNotFound, "a file in no directory") {
        _ = try await files.open(contract.directory / "missing" / "file", .createNew)
      }
    },
    Check(name: "removing takes files and empty directories only") { contract in
      let (files, inner) = (contract.context.files, contract.directory / "d")
      try await files.createDirectory(inner)
      try await files.open(inner / "f", .createNew).close()
      var isRefused = false
      do { try await files.remove(inner) } catch { isRefused = true }
      try contract.require(isRefused, "a full directory was removed")
      try await files.remove(inner / "f")
      try await files.remove(inner)
      let names = try await files.list(contract.directory)
      try contract.require(names.isEmpty, "\(names) are left")
      try await contract.requireError(.fileNotFound, "removing what is not there") { try await files.remove(inner) }
    },
    Check(name: "renaming replaces, and moves directories whole") { contract in
      let (files, root) = (contract.context.files, contract.directory)
      try await files.replaceDurably(root / "old", with: [1])
      try await files.replaceDurably(root / "new", with: [2])
      try await files.rename(root / "old", to: root / "new")
      let bytes = try await files.readAll(root / "new", limit: .kibibytes(1))
      try contract.require(bytes == [1], "the target holds \(bytes)")
      try await files.createDirectory(root / "from" / "inner")
      try await files.replaceDurably(root / "from" / "inner" / "f", with: [3])
      try await files.rename(root / "from", to: root / "to")
      let moved = try await files.readAll(root / "to" / "inner" / "f", limit: .kibibytes(1))
      try contract.require(moved == [3], "the moved file holds \(moved)")
      try await contract.requireError(.fileNotFound, "renaming what is not there") {
        try await files.rename(root / "from", to: root / "again")
      }
    },
    Check(name: "two directories change places in one step") { contract in
      let (files, root) = (contract.context.files, contract.directory)
      for (name, byte) in [("a", UInt8(1)), ("b", 2)] {
        try await files.createDirectory(root / name)
        try await files.replaceDurably(root / name / "same", with: [byte])
        try await files.replaceDurably(root / name / "only-\(name)", with: [byte])
      }
      try await files.exchange(root / "a", with: root / "b")
      let names = try await files.list(root / "a")
      let bytes = try await files.readAll(root / "a" / "same", limit: .kibibytes(1))
      try contract.require(names == ["only-b", "same"] && bytes == [2], "a holds \(names), \(bytes)")
      try await files.synchronizeDirectory(root)
      try await contract.requireError(.fileNotFound, "exchanging with what is not there") {
        try await files.exchange(root / "a", with: root / "missing")
      }
    },
  ]
}
