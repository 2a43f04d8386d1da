internal import FlintCore

extension SeamContract {
  /// What a cancelled task may have done: nothing and said so, or all of it.
  static let cancellation: [Check] = [
    Check(name: "a file call of a cancelled task does nothing") { contract in
      let (files, path) = (contract.context.files, contract.directory / "never")
      let call = Task {
        while !Task.isCancelled { await Task.yield() }
        _ = try await files.open(path, .createNew)
      }
      call.cancel()
      let result = await call.result
      try contract.require(result.wasCancelled, "the call ended with \(result)")
      let status = try await files.status(of: path)
      try contract.require(status == nil, "the file was made")
    },
    Check(name: "a file call that is cancelled has done all or nothing") { contract in
      let (files, time) = (contract.context.files, contract.context.time)
      for index in 0..<60 {
        let path = contract.directory / "file\(index)"
        let call = Task { try await files.createDirectory(path) }
        try await time.sleep(for: .microseconds(index * 40))
        call.cancel()
        let wasCancelled = await call.result.wasCancelled
        let isThere = try await files.status(of: path) != nil
        try contract.require(isThere != wasCancelled, "cancelled: \(wasCancelled), made: \(isThere)")
      }
    },
    Check(name: "a durable replacement that is cancelled leaves no neighbour") { contract in
      let (files, time) = (contract.context.files, contract.context.time)
      for index in 0..<60 {
        let call = Task { try await files.replaceDurably(contract.directory / "state", with: [1]) }
        try await time.sleep(for: .microseconds(index * 100))
        call.cancel()
        _ = await call.result
        let names = try await files.list(contract.directory)
        try contract.require(names == ["state"] || names.isEmpty, "the directory holds \(names)")
      }
    },
    Check(name: "a deadline ends what takes too long, and nothing else") { contract in
      let time = contract.context.time
      let answer = try await time.withDeadline(.seconds(20), owner: "contract: an answer") {
        try await time.sleep(for: .milliseconds(1))
        return 7
      }
      try contract.require(answer == 7, "the answer is \(answer)")
      try await contract.requireError(.fileNotFound, "the operation's own error") {
        try await time.withDeadline(.seconds(20), owner: "contract: an error") {
          throw FlintError(.fileNotFound, "on purpose")
        }
      }
      let start = time.now
      try await contract.requireError(.deadlineExceeded, "an operation without end") {
        try await time.withDeadline(.milliseconds(5), owner: "contract: nothing") {
          try await time.sleep(until: .distantFuture)
        }
      }
      try contract.require(start.duration(to: time.now) >= .milliseconds(5), "the deadline came too early")
    },
    Check(name: "whoever is cancelled waits for no deadline") { contract in
      let time = contract.context.time
      let waiter = Task {
        try await time.withDeadline(.seconds(3600), owner: "contract: an hour") {
          try await time.sleep(until: .distantFuture)
        }
      }
      try await time.sleep(for: .milliseconds(2))
      waiter.cancel()
      let result = await waiter.result
      try contract.require(result.wasCancelled, "the wait ended with \(result)")
    },
  ]
}

extension Result where Failure == any Error {
  /// Whether it is a `CancellationError`.
  fileprivate var wasCancelled: Bool {
    if case .failure(is CancellationError) = self { true } else { false }
  }
}
