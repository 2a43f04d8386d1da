import FlintCore
import FlintSystem
import Glibc
import Testing

@Suite("Processes")
struct ProcessTests {
  @Test("a program gets its arguments, its whole environment and its directory, and no shell reads them")
  func whatAChildGets() async throws {
    try await Scratch.use { scratch in
      let script = "printf '%s|' \"$@\"; pwd; env -i /usr/bin/env; /usr/bin/env | sort"
      var command = ProcessCommand("/bin/sh", ["-c", script, "sh", "a b", "$HOME", "", "é"])
      command.environment = ["B": "2 = two", "A": ""]
      command.workingDirectory = scratch.directory
      let (exit, output) = try await Programs.run(command)
      #expect(exit == .exited(0))
      #expect(output.hasPrefix("a b|$HOME||é|\(scratch.directory)\n"))
      #expect(output.contains("A=\nB=2 = two\n"))
      #expect(!output.contains("HOME="))
    }
  }

  @Test("a child has three descriptors, no blocked or ignored signal, and its own group when it asks for one")
  func cleanChild() async throws {
    let held = open("/dev/null", O_RDONLY)
    defer { close(held) }
    let fields = """
      grep -E '^(SigBlk|SigIgn):' /proc/self/status; ls /proc/self/fd | wc -l
      cut -d' ' -f5 /proc/$$/stat; echo $$
      """
    var command = Programs.shell(fields)
    command.hasOwnGroup = true
    let lines = try await Programs.run(command).output.split(separator: "\n").map { $0.split(separator: "\t").last! }
    #expect(lines[0] == "0000000000000000")
    // 32 and 33 are the C library's own; its posix_spawn ignores them always.
    #expect(lines[1] == "0000000180000000" || lines[1] == "0000000000000000")
    // ls itself holds one more, the directory that it reads.
    #expect(lines[2] == "4")
    #expect(lines[3].filter { $0 != " " } == lines[4])
  }

  @Test("64 MiB go through a child's input and output, unharmed", .timeLimit(.minutes(1)))
  func bigPipe() async throws {
    let command = ProcessCommand("/bin/cat", output: .piped, errorOutput: .inherited, pipesInput: true)
    let process = try await Programs.launcher().launch(command)
    let chunk = pattern(251 * 1024)
    async let written: Void = {
      for _ in 0..<256 { try await process.write(chunk) }
      await process.finishInput()
    }()
    var count = 0
    var isRight = true
    for try await bytes in process.output {
      let phase = count % 251
      isRight = isRight && bytes == Array(chunk[phase..<min(phase + bytes.count, chunk.count)])
      count += bytes.count
    }
    try await written
    #expect(count == 256 * chunk.count && isRight)
    #expect(try await process.exit() == .exited(0))
  }

  @Test("two writers at once do not mix their bytes")
  func writersTakeTurns() async throws {
    let process = try await Programs.launcher().launch(
      ProcessCommand("/bin/cat", output: .piped, pipesInput: true))
    async let output = Programs.collect(process.output)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for letter in UInt8(65)..<69 {
        group.addTask { try await process.write([UInt8](repeating: letter, count: 300_000)) }
      }
      try await group.waitForAll()
    }
    await process.finishInput()
    let bytes = try await output
    let changes = zip(bytes, bytes.dropFirst()).count { $0 != $1 }
    #expect(bytes.count == 1_200_000 && changes == 3)
    _ = try await process.exit()
  }

  @Test("writing to a child that no longer reads is connection-lost, and a cancelled read says so")
  func brokenPipes() async throws {
    let deaf = try await Programs.launcher().launch(
      Programs.shell("exec <&-; echo closed; exec sleep 1000").piped)
    var lines = deaf.output.makeAsyncIterator()
    #expect(try await lines.next() == Array("closed\n".utf8))
    await expectError(.connectionLost) { try await deaf.write([1]) }
    let reader = Task { for try await _ in deaf.output {} }
    reader.cancel()
    _ = try? await reader.value
    deaf.send(.kill)
    #expect(try await deaf.exit() == .signalled(9))
    await deaf.finishInput()
    await expectError(.invalidArgument) { try await deaf.write([1]) }
  }

  @Test("output is appended to a file of its owner, and both outputs can go to one")
  func appendedOutput() async throws {
    try await Scratch.use { scratch in
      for _ in 0..<2 {
        var command = Programs.shell("echo out; echo error >&2")
        command.output = .appended(scratch["log"])
        command.errorOutput = .appended(scratch["log"])
        let process = try await Programs.launcher().launch(command)
        #expect(try await process.exit() == .exited(0))
      }
      let text = String(decoding: try await scratch.files.readAll(scratch["log"], limit: .kibibytes(1)), as: UTF8.self)
      #expect(text == "out\nerror\nout\nerror\n")
      #expect(try await Programs.run(Programs.shell("stat -c %a $1/log", [scratch.directory.string])).output == "600\n")
    }
  }

  @Test(
    "behind a stuck writer the next one can be cancelled, and the input finished without a wait",
    .timeLimit(.minutes(1)))
  func stuckWriter() async throws {
    let child = try await Programs.launcher().launch(Programs.shell("head -c 1; exec sleep 1000").piped)
    // More than a pipe holds: it waits for the child, which takes one byte and no more.
    let stuck = Task { try await child.write(Array(repeating: 65, count: 1 << 20)) }
    var output = child.output.makeAsyncIterator()
    #expect(try await output.next() == [65])
    let next = Task { try await child.write([66]) }
    for _ in 0..<100 { await Task.yield() }
    next.cancel()
    await #expect(throws: CancellationError.self) { try await next.value }
    await child.finishInput()
    await expectError(.invalidArgument) { try await child.write([67]) }
    child.send(.kill)
    #expect(try await child.exit() == .signalled(SIGKILL))
    await expectError(.connectionLost) { try await stuck.value }
  }

  @Test("a named pipe is refused as a file to append to, instead of waited for", .timeLimit(.minutes(1)))
  func namedPipe() async throws {
    try await Scratch.use { scratch in
      try #require(mkfifo(scratch["pipe"].string, 0o600) == 0)
      let error = await expectError(.processLaunchFailed) {
        _ = try await Programs.launcher().launch(ProcessCommand("/bin/true", output: .appended(scratch["pipe"])))
      }
      #expect(error?.why != nil)
    }
  }

  @Test("what cannot be started says what, why and what to try")
  func launchFailures() async throws {
    try await Scratch.use { scratch in
      let launcher = try Programs.launcher()
      let missing = await expectError(.processLaunchFailed) {
        _ = try await launcher.launch(ProcessCommand("/no/such"))
      }
      #expect(missing?.what.contains("/no/such") == true)
      #expect(missing?.why?.contains("No such file") == true && missing?.remedy?.contains("path") == true)

      let file = try await scratch.files.open(scratch["script"], .createNew)
      try await file.write(Array("#!/no/interpreter\n".utf8), at: 0)
      try await file.close()
      let command = ProcessCommand(scratch["script"])
      let denied = await expectError(.processLaunchFailed) { _ = try await launcher.launch(command) }
      #expect(denied?.remedy?.contains("chmod") == true)
      #expect(chmod(scratch["script"].string, 0o700) == 0)
      let broken = await expectError(.processLaunchFailed) { _ = try await launcher.launch(command) }
      #expect(broken?.why?.contains("interpreter") == true)

      let lost = ProcessCommand("/bin/true", workingDirectory: scratch["nowhere"])
      let directory = await expectError(.processLaunchFailed) { _ = try await launcher.launch(lost) }
      #expect(directory?.why?.contains("nowhere") == true)
      let log = ProcessCommand("/bin/true", output: .appended(scratch["nowhere/log"]))
      let unwritable = await expectError(.processLaunchFailed) { _ = try await launcher.launch(log) }
      #expect((unwritable?.cause as? FlintError)?.code == .fileNotFound)
      await expectError(.processLaunchFailed) { _ = try await launcher.launch(ProcessCommand("/bin/true", ["a\0b"])) }
      let name = ProcessCommand("/bin/true", environment: ["A=B": "1"])
      await expectError(.processLaunchFailed) { _ = try await launcher.launch(name) }
    }
  }

  @Test("200 children at once: every end is told, and no child, zombie or descriptor is left", .timeLimit(.minutes(1)))
  func manyChildren() async throws {
    await #expect(processExitsWith: .success) {
      let launcher = try Programs.launcher()
      _ = try await Programs.run(ProcessCommand("/bin/true"))
      let before = OpenDescriptors.count
      try await withThrowingTaskGroup(of: (Int32, ProcessExit).self) { group in
        for index in 0..<200 {
          group.addTask {
            let command = Programs.shell("read line; exit $line").piped
            let process = try await launcher.launch(command)
            let code = Int32(index % 7)
            try await process.write(Array("\(code)\n".utf8))
            return (code, try await process.exit())
          }
        }
        for try await (code, exit) in group { #expect(exit == .exited(code)) }
      }
      #expect(OpenDescriptors.children == [])
      #expect(
        await eventually { OpenDescriptors.count <= before + OpenDescriptors.runtimeAllowance },
        "\(OpenDescriptors.targets)")
    }
  }

  @Test("a child that is let go without a wait for its end is still reaped")
  func letGo() async throws {
    await #expect(processExitsWith: .success) {
      for _ in 0..<20 { _ = try await Programs.launcher().launch(ProcessCommand("/bin/true")) }
      #expect(await eventually { OpenDescriptors.children == [] })
    }
  }

  @Test("children that others started are left to them")
  func othersChildren() async throws {
    await #expect(processExitsWith: .success) {
      var stranger: pid_t = 0
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
      #expect(posix_spawn(&stranger, "/bin/true", nil, nil, &arguments, nil) == 0)
      for _ in 0..<5 { _ = try await Programs.run(ProcessCommand("/bin/true")) }
      var status: CInt = -1
      #expect(waitpid(stranger, &status, 0) == stranger && status == 0)
    }
  }
}

extension ProcessCommand {
  /// The same with pipes for input and output.
  var piped: ProcessCommand {
    var command = self
    command.output = .piped
    command.pipesInput = true
    return command
  }
}
