internal import FlintCore

extension SeamContract {
  static let dialling: [Check] = [
    Check(name: "where nobody listens, dialling is refused") { contract in
      let network = contract.context.network
      let listener = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { $0.abort() }
      listener.close()
      listener.close()
      try await contract.requireError(.connectionRefused, "dialling a closed listener") {
        _ = try await network.dial(
          listener.endpoint, deadline: contract.context.time.now.advanced(by: .seconds(20)))
      }
    },
    Check(name: "an address has one listener, and is free after it") { contract in
      let network = contract.context.network
      let first = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { $0.abort() }
      guard case .tcp(_, let port) = first.endpoint else { throw Violation(description: "\(first.endpoint)") }
      try contract.require(port != 0, "port 0 was not replaced")
      try await contract.requireError(.addressInUse, "listening twice") {
        _ = try await network.listen(at: first.endpoint) { $0.abort() }
      }
      first.close()
      let again = try await network.listen(at: first.endpoint) { $0.abort() }
      again.close()
    },
    Check(name: "a name that nobody has is unreachable") { contract in
      try await contract.requireError(.unreachable, "dialling nobody") {
        _ = try await contract.context.network.dial(
          .tcp(host: "no-such-host.invalid", port: 1),
          deadline: contract.context.time.now.advanced(by: .seconds(20)))
      }
    },
    Check(name: "nobody listens at somebody else's address") { contract in
      try await contract.requireError(.unreachable, "listening there") {
        _ = try await contract.context.network.listen(at: .tcp(host: "192.0.2.1", port: 0)) { $0.abort() }
      }
    },
    Check(name: "Unix sockets connect by path") { contract in
      let network = contract.context.network
      let path = contract.directory / "socket"
      let listener = try await network.listen(at: .unix(path: path)) { $0.abort() }
      let stream = try await network.dial(
        .unix(path: path), deadline: contract.context.time.now.advanced(by: .seconds(20)))
      let witness = StreamWitness(stream, context: contract.context)
      await witness.start()
      try await contract.wait(for: "the abort of the other side") { await !witness.ends.isEmpty }
      listener.close()
    },
  ]
}
