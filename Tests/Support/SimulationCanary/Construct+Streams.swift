extension Construct {
  static let streams = [
    Construct("checked continuation") { witness in
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        Task { continuation.resume() }
      }
      witness.here()
    },
    Construct("AsyncStream") { witness in
      let (stream, continuation) = AsyncStream<Int>.makeStream()
      Task {
        for number in 0..<5 {
          continuation.yield(number)
          await Task.yield()
        }
        continuation.finish()
      }
      for await _ in stream { witness.here() }
    },
  ]
}
