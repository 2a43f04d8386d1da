internal import FlintCore

extension SeamContract {
  /// Where the input and the output of a child go. The simulation registers a `/bin/cat` of its own.
  static let consoles: [Check] = [
    Check(name: "an output that is not piped stays empty") { contract in
      let child = try await contract.context.processes.launch(
        ProcessCommand("/bin/cat", output: .discarded, pipesInput: true))
      try await child.write(Array("lost".utf8))
      await child.finishInput()
      var output: [UInt8] = []
      for try await chunk in child.output { output += chunk }
      let exit = try await child.exit()
      try contract.require(exit.isSuccess && output.isEmpty, "ended with \(exit), gave \(output.count) bytes")
    },
    Check(name: "outputs are appended to a file") { contract in
      let log = contract.directory / "log"
      for text in ["one\n", "two\n"] {
        let child = try await contract.context.processes.launch(
          ProcessCommand("/bin/cat", output: .appended(log), pipesInput: true))
        try await child.write(Array(text.utf8))
        await child.finishInput()
        let exit = try await child.exit()
        try contract.require(exit.isSuccess, "ended with \(exit)")
      }
      let bytes = try await contract.context.files.readAll(log, limit: .kibibytes(1))
      try contract.require(
        bytes == Array("one\ntwo\n".utf8), "the file holds \(String(decoding: bytes, as: UTF8.self))")
      try await contract.requireError(.processLaunchFailed, "an output in no directory") {
        _ = try await contract.context.processes.launch(
          ProcessCommand("/bin/cat", output: .appended(contract.directory / "missing" / "log")))
      }
    },
    Check(name: "a child without a piped input reads its end at once") { contract in
      let child = try await contract.context.processes.launch(ProcessCommand("/bin/cat"))
      let exit = try await child.exit()
      try contract.require(exit.isSuccess, "ended with \(exit)")
      try await contract.requireError(.invalidArgument, "writing without a pipe") { try await child.write([1]) }
    },
    Check(name: "nothing is written after the input's end") { contract in
      let child = try await contract.context.processes.launch(ProcessCommand("/bin/cat", pipesInput: true))
      await child.finishInput()
      await child.finishInput()
      try await contract.requireError(.invalidArgument, "writing after the end") { try await child.write([1]) }
      let exit = try await child.exit()
      try contract.require(exit.isSuccess, "ended with \(exit)")
    },
    Check(name: "writing to a child that is gone is a lost connection") { contract in
      let child = try await contract.context.processes.launch(ProcessCommand("/bin/false", pipesInput: true))
      _ = try await child.exit()
      try await contract.requireError(.connectionLost, "writing to nobody") { try await child.write([1]) }
    },
  ]
}
