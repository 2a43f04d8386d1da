internal import FlintCore

extension SeamContract {
  /// What files and directories refuse, and with which code: whoever catches an error decides by it.
  static let refusals: [Check] = [
    Check(name: "a directory is no file, and a file no directory") { contract in
      let (files, inner, file) = (contract.context.files, contract.directory / "d", contract.directory / "f")
      try await files.createDirectory(inner)
      try await files.replaceDurably(file, with: [1])
      for mode in [FileOpenMode.read, .update, .createOrTruncate] {
        try await contract.requireError(.invalidArgument, "\(mode) of a directory") {
          _ = try await files.open(inner, mode)
        }
      }
      try await contract.requireError(.fileExists, "createNew of a directory") {
        _ = try await files.open(inner, .createNew)
      }
      try await contract.requireError(.fileNotFound, "opening below a file") {
        _ = try await files.open(file / "x", .createNew)
      }
      let status = try await files.status(of: file / "x")
      try contract.require(status == nil, "below a file stands \(String(describing: status))")
      try await contract.requireError(.fileNotFound, "listing a file") { _ = try await files.list(file) }
      try await contract.requireError(.fileNotFound, "syncing a file as a directory") {
        try await files.synchronizeDirectory(file)
      }
      try await contract.requireError(.fileExists, "a directory in place of a file") {
        try await files.createDirectory(file)
      }
      try await contract.requireError(.fileExists, "a directory below a file") {
        try await files.createDirectory(file / "x")
      }
    },
    Check(name: "a full directory is neither removed nor replaced") { contract in
      let (files, full, other) = (contract.context.files, contract.directory / "full", contract.directory / "other")
      try await files.createDirectory(full)
      try await files.createDirectory(other)
      try await files.replaceDurably(full / "f", with: [1])
      try await contract.requireError(.fileExists, "removing it") { try await files.remove(full) }
      try await contract.requireError(.fileExists, "replacing it") { try await files.rename(other, to: full) }
      try await files.rename(full, to: other)
      let names = try await files.list(other)
      try contract.require(names == ["f"], "the empty one holds \(names) after it was replaced")
    },
    Check(name: "a rename keeps files and directories apart, and no directory moves into itself") { contract in
      let (files, inner, file) = (contract.context.files, contract.directory / "d", contract.directory / "f")
      try await files.createDirectory(inner / "deep")
      try await files.replaceDurably(file, with: [1])
      try await contract.requireError(.invalidArgument, "a file in place of a directory") {
        try await files.rename(file, to: inner)
      }
      try await contract.requireError(.fileNotFound, "a directory in place of a file") {
        try await files.rename(inner, to: file)
      }
      try await contract.requireError(.invalidArgument, "a directory into itself") {
        try await files.rename(inner, to: inner / "deep" / "d")
      }
      try await contract.requireError(.invalidArgument, "a directory with what is in it") {
        try await files.exchange(inner, with: inner / "deep")
      }
      try await contract.requireError(.fileNotFound, "into a directory that is not there") {
        try await files.rename(file, to: contract.directory / "missing" / "f")
      }
      try await files.rename(file, to: file)
      let names = try await files.list(contract.directory)
      try contract.require(names == ["d", "f"], "the directory holds \(names)")
    },
    Check(name: "a file to read and a closed file refuse what they cannot do") { contract in
      let (files, path) = (contract.context.files, contract.directory / "refusals")
      try await files.replaceDurably(path, with: [1])
      let file = try await files.open(path, .read)
      try await contract.requireError(.invalidArgument, "writing") { try await file.write([2], at: 0) }
      try await contract.requireError(.invalidArgument, "cutting") { try await file.truncate(to: 0) }
      try await file.close()
      try await file.close()
      try await contract.requireError(.invalidArgument, "reading") { _ = try await file.read(count: 1, at: 0) }
      try await contract.requireError(.invalidArgument, "asking for the size") { _ = try await file.size() }
    },
    Check(name: "a path that no file can have is refused") { contract in
      let files = contract.context.files
      for path in [contract.directory / "a\0b", contract.directory / String(repeating: "x", count: 256)] {
        try await contract.requireError(.invalidArgument, "opening") { _ = try await files.open(path, .update) }
        try await contract.requireError(.invalidArgument, "looking") { _ = try await files.status(of: path) }
        try await contract.requireError(.invalidArgument, "listing") { _ = try await files.list(path) }
        try await contract.requireError(.invalidArgument, "making") { try await files.createDirectory(path) }
        try await contract.requireError(.invalidArgument, "removing") { try await files.remove(path) }
        try await contract.requireError(.invalidArgument, "renaming") {
          try await files.rename(contract.directory, to: path)
        }
      }
      try await contract.requireError(.fileNotFound, "opening nothing") { _ = try await files.open("", .update) }
      try await contract.requireError(.fileNotFound, "listing nothing") { _ = try await files.list("") }
      let status = try await files.status(of: "")
      try contract.require(status == nil, "the empty path leads to \(String(describing: status))")
    },
    Check(name: "the space of a path that is not there is not found") { contract in
      let files = contract.context.files
      let space = try await files.availableSpace(at: contract.directory)
      try contract.require(space.bytes > 0, "\(space) are left")
      try await contract.requireError(.fileNotFound, "asking for a missing path") {
        _ = try await files.availableSpace(at: contract.directory / "missing")
      }
    },
    Check(name: "dots in a path lead to the directory and the one above it") { contract in
      let (files, root) = (contract.context.files, contract.directory)
      try await files.createDirectory(root / "d")
      try await files.replaceDurably(root / "d" / ".." / "." / "f", with: [1])
      let names = try await files.list(root / "d" / "..")
      try contract.require(names == ["d", "f"], "the directory holds \(names)")
      let status = try await files.status(of: root / "d" / ".")
      try contract.require(status?.kind == .directory, "d/. is \(String(describing: status))")
    },
  ]
}
