internal import FlintCore

extension SeamContract {
  static let files: [Check] = [
    Check(name: "a file gives back what was written") { contract in
      let file = try await contract.context.files.open(contract.directory / "file", .createNew)
      let size = try await file.size()
      try contract.require(size == 0, "a new file has \(size) bytes")
      let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try await file.write(bytes, at: 0)
      let whole = try await file.read(count: bytes.count, at: 0)
      try contract.require(whole == bytes, "read something else")
      let part = try await file.read(count: 100, at: 9_950)
      try contract.require(part == Array(bytes[9_950...]), "a read across the end gives \(part.count) bytes")
      let beyond = try await file.read(count: 100, at: 20_000)
      try contract.require(beyond.isEmpty, "a read past the end gives \(beyond.count) bytes")
      try await file.close()
    },
    Check(name: "slabs are written and filled") { contract in
      let budget = MemoryBudget(limit: .mebibytes(1))
      let (source, target) = (try Slab(count: 8192, budget: budget), try Slab(count: 8192, budget: budget))
      for index in 0..<8192 { source.bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
      let file = try await contract.context.files.open(contract.directory / "slab", .createNew)
      try await file.write(source, range: 100..<5_100, at: 50)
      let count = try await file.read(into: target, range: 0..<8192, at: 0)
      try contract.require(count == 5_050, "read \(count) bytes")
      try contract.require(target.bytes[..<50].allSatisfy { $0 == 0 }, "the hole is not zero")
      try contract.require(target.bytes[50..<5_050].elementsEqual(source.bytes[100..<5_100]), "other bytes")
      try await file.close()
    },
    Check(name: "positional writes overlap without harm") { contract in
      let file = try await contract.context.files.open(contract.directory / "positions", .createNew)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<200 {
          group.addTask { try await file.write([UInt8(index), UInt8(index)], at: Int64(index * 2)) }
        }
        try await group.waitForAll()
      }
      let bytes = try await file.read(count: 1000, at: 0)
      try contract.require(bytes == (0..<200).flatMap { [UInt8($0), UInt8($0)] }, "the bytes are mixed up")
      try await file.close()
    },
    Check(name: "modes decide what is created, kept and refused") { contract in
      let (files, path) = (contract.context.files, contract.directory / "modes")
      try await contract.requireError(.fileNotFound, "reading a missing file") { _ = try await files.open(path, .read) }
      let new = try await files.open(path, .createNew)
      try await new.write([1, 2, 3], at: 0)
      try await new.close()
      try await contract.requireError(.fileExists, "creating what exists") {
        _ = try await files.open(path, .createNew)
      }
      let kept = try await files.open(path, .update)
      let keptSize = try await kept.size()
      try contract.require(keptSize == 3, "update lost the contents")
      try await kept.truncate(to: 5)
      let longer = try await kept.read(count: 10, at: 0)
      try contract.require(longer == [1, 2, 3, 0, 0], "lengthening gives \(longer)")
      try await kept.close()
      let emptied = try await files.open(path, .createOrTruncate)
      let emptiedSize = try await emptied.size()
      try contract.require(emptiedSize == 0, "truncate kept \(emptiedSize) bytes")
      try await emptied.close()
    },
    Check(name: "a durable replacement leaves no trace") { contract in
      let (files, path) = (contract.context.files, contract.directory / "state")
      for text in ["first", "second, longer", "3"] {
        try await files.replaceDurably(path, with: Array(text.utf8))
        let bytes = try await files.readAll(path, limit: .kibibytes(1))
        try contract.require(bytes == Array(text.utf8), "read \(bytes) instead of \(text)")
      }
      let names = try await files.list(contract.directory)
      try contract.require(names == ["state"], "the directory holds \(names)")
      try await contract.requireError(.invalidArgument, "reading more than the limit") {
        _ = try await files.readAll(path, limit: ByteCount(0))
      }
    },
  ]
}
