internal import FlintCore

extension SeamContract {
  /// The simulation registers programs that do what these system programs do: `/bin/cat`, `/bin/false`, `/bin/sleep`.
  static let processes: [Check] = [
    Check(name: "a child's exit code arrives, for everybody who asks") { contract in
      let child = try await contract.context.processes.launch(ProcessCommand("/bin/false"))
      async let first = child.exit()
      async let second = child.exit()
      let (one, two, three) = (try await first, try await second, try await child.exit())
      try contract.require(one == .exited(1) && two == one && three == one, "exits \(one), \(two), \(three)")
    },
    Check(name: "pipes carry input and output to their end") { contract in
      let child = try await contract.context.processes.launch(
        ProcessCommand("/bin/cat", output: .piped, pipesInput: true))
      let lines = (0..<500).map { "line \($0)\n" }
      for line in lines { try await child.write(Array(line.utf8)) }
      await child.finishInput()
      var output: [UInt8] = []
      for try await chunk in child.output { output += chunk }
      let exit = try await child.exit()
      try contract.require(exit.isSuccess, "ended with \(exit)")
      try contract.require(output == Array(lines.joined().utf8), "got \(output.count) bytes")
    },
    Check(name: "signals end a child, and say so") { contract in
      for (signal, number) in [(ProcessSignal.kill, Int32(9)), (.terminate, 15)] {
        let child = try await contract.context.processes.launch(ProcessCommand("/bin/sleep", ["1000"]))
        child.send(signal)
        let exit = try await child.exit()
        try contract.require(exit == .signalled(number), "ended with \(exit)")
        child.send(signal)
      }
    },
    Check(name: "a stopped child goes on when it is resumed") { contract in
      let child = try await contract.context.processes.launch(
        ProcessCommand("/bin/cat", output: .piped, pipesInput: true))
      child.send(.stop)
      try await child.write(Array("x".utf8))
      child.send(.resume)
      await child.finishInput()
      var output: [UInt8] = []
      for try await chunk in child.output { output += chunk }
      let exit = try await child.exit()
      try contract.require(exit.isSuccess && output == Array("x".utf8), "ended with \(exit) after \(output)")
    },
    Check(name: "a process may listen for requests to end") { contract in
      let requests = try contract.context.processes.endRequests()
      let listening = Task { for await _ in requests {} }
      listening.cancel()
      await listening.value
    },
    Check(name: "what cannot be started is an error") { contract in
      try await contract.requireError(.processLaunchFailed, "starting nothing") {
        _ = try await contract.context.processes.launch(ProcessCommand("/no/such/program"))
      }
    },
    Check(name: "waiting for an exit can be cancelled") { contract in
      let child = try await contract.context.processes.launch(ProcessCommand("/bin/sleep", ["1000"]))
      let waiter = Task {
        do {
          _ = try await child.exit()
          return false
        } catch {
          return error is CancellationError
        }
      }
      try await contract.context.time.sleep(for: .milliseconds(5))
      waiter.cancel()
      let wasCancelled = await waiter.value
      child.send(.kill)
      _ = try await child.exit()
      try contract.require(wasCancelled, "the wait did not throw CancellationError")
    },
  ]
}
