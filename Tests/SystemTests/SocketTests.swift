import FlintCore
import FlintLibuv
import FlintSystem
import Glibc
import Synchronization
import Testing

@Suite("Sockets of the network over libuv", .timeLimit(.minutes(1)))
struct SocketTests {
  @Test("IPv6 works as IPv4 does")
  func ipv6() async throws {
    try await Pair.use(at: .tcp(host: "::1", port: 0), server: .echo) { pair in
      await pair.client.sendPattern(1_000_000)
      await pair.client.wait { !$0.ends.isEmpty }
      #expect(await pair.client.received == 1_000_000)
      #expect(await pair.client.isRight)
      #expect(pair.server.remote.description.hasPrefix("[::1]:"))
    }
  }

  @Test("a Unix socket in a directory that others can reach is refused, and so is a path of another kind")
  func unixPaths() async throws {
    try await Scratch.use { scratch in
      let loop = try EventLoop()
      let network = try LibuvNetwork(loop: loop, blocks: loop)
      let open = scratch["open"]
      try await scratch.files.createDirectory(open)
      chmod(open.string, 0o755)
      let error = await expectError(.permissionDenied) {
        _ = try await network.listen(at: .unix(path: open / "socket")) { _ in }
      }
      #expect(error?.remedy?.contains("0700") == true)
      for path in ["\0abstract", "", String(repeating: "x", count: 200)] {
        await expectError(.invalidArgument) {
          _ = try await network.listen(at: .unix(path: FilePath(path))) { _ in }
        }
      }
      await loop.shutdown()
    }
  }

  @Test("what a dead process left at a Unix socket's path makes room, and a living listener does not")
  func abandonedPath() async throws {
    try await Scratch.use { scratch in
      let path = scratch["socket"]
      // A shell of Python ends without taking its socket away.
      let script = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()"
      let (exit, _) = try await Programs.run(ProcessCommand("/usr/bin/python3", ["-c", script, path.string]))
      #expect(exit == .exited(0))
      try await Pair.use(at: .unix(path: path)) { pair in
        let loop = try EventLoop()
        let network = try LibuvNetwork(loop: loop, blocks: loop)
        await expectError(.addressInUse) { _ = try await network.listen(at: .unix(path: path)) { _ in } }
        await loop.shutdown()
        await pair.client.send([0])
        await pair.server.wait { $0.received == 1 }
      }
    }
  }

  @Test("another user's connection to a Unix socket is closed before anybody sees it", .enabled(if: geteuid() == 0))
  func stranger() async throws {
    try await Scratch.use { scratch in
      let loop = try EventLoop()
      let network = try LibuvNetwork(loop: loop, blocks: loop)
      let accepted = Atomic<Int>(0)
      let path = scratch["socket"]
      let listener = try await network.listen(at: .unix(path: path)) { stream in
        accepted.add(1, ordering: .relaxed)
        stream.abort()
      }
      // The directory is opened afterwards: what keeps others out then is the word of the kernel.
      chmod(scratch.directory.string, 0o755)
      chmod(path.string, 0o777)
      let script = """
        import os,socket,sys
        os.setgid(65534); os.setuid(65534)
        s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
        print(len(s.recv(1)))
        """
      let (exit, output) = try await Programs.run(ProcessCommand("/usr/bin/python3", ["-c", script, path.string]))
      #expect(exit == .exited(0))
      #expect(output == "0\n")
      #expect(accepted.load(ordering: .relaxed) == 0)
      listener.close()
      await loop.shutdown()
    }
  }

  @Test("at the limit on descriptors accepting pauses, and goes on when there is room: nobody is lost")
  func descriptorLimit() async throws {
    await #expect(processExitsWith: .success) {
      let loop = try EventLoop()
      let network = try LibuvNetwork(loop: loop, blocks: loop)
      let echoes = Echoes()
      let listener = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { stream in
        echoes.add(Peer(stream, .echo, loop: loop))
      }
      guard case .tcp(_, let port) = listener.endpoint else { return }
      // All connect and send before the first one is let go.
      let script = """
        import socket,sys
        all=[socket.create_connection(("127.0.0.1",int(sys.argv[1]))) for _ in range(200)]
        for i,s in enumerate(all): s.sendall(b"%03d"%i)
        for i,s in enumerate(all):
          assert s.recv(3)==b"%03d"%i
          s.shutdown(socket.SHUT_WR)
          assert s.recv(1)==b""
          s.close()
        print("all")
        """
      var command = ProcessCommand("/usr/bin/python3", ["-c", script, "\(port)"])
      command.output = .piped
      let clients = try await Programs.launcher().launch(command)
      try DescriptorLimit.allow(20)
      #expect(try await Programs.collect(clients.output) == Array("all\n".utf8))
      #expect(try await clients.exit() == .exited(0))
      #expect(echoes.count == 200)
      listener.close()
      await loop.shutdown()
    }
  }

  @Test("a dial without a descriptor left says so")
  func dialWithoutDescriptor() async throws {
    await #expect(processExitsWith: .success) {
      let loop = try EventLoop()
      let network = try LibuvNetwork(loop: loop, blocks: loop)
      let listener = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { $0.abort() }
      let deadline = try soon()
      try DescriptorLimit.allow(0)
      await expectError(.tooManyOpenFiles) { _ = try await network.dial(listener.endpoint, deadline: deadline) }
      await expectError(.tooManyOpenFiles) {
        _ = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { $0.abort() }
      }
      listener.close()
      await loop.shutdown()
    }
  }

  @Test("a port that only the administrator may have is refused to others")
  func privilegedPort() async throws {
    await #expect(processExitsWith: .success) {
      setuid(65534)
      let loop = try EventLoop()
      let network = try LibuvNetwork(loop: loop, blocks: loop)
      // Machines may allow it to everybody.
      if OpenDescriptors.text("/proc/sys/net/ipv4/ip_unprivileged_port_start") != "0\n" {
        await expectError(.permissionDenied) {
          _ = try await network.listen(at: .tcp(host: "127.0.0.1", port: 1)) { $0.abort() }
        }
      }
      await loop.shutdown()
    }
  }
}

/// Keeps the peers of a listener, and starts them.
private final class Echoes: Sendable {
  private let peers = Mutex<[Peer]>([])

  var count: Int { peers.withLock { $0.count } }

  func add(_ peer: Peer) {
    peers.withLock { $0.append(peer) }
    peer.assumeIsolated { $0.start() }
  }
}
