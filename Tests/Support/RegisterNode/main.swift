internal import FlintCore
internal import Glibc
internal import FlintLibuv
internal import ReplicatedRegister

// usage: register-node DIRECTORY PORT    a replica that keeps its state in DIRECTORY, until SIGTERM
//
// Prints its address once it listens, and the error that ended it.
guard CommandLine.arguments.count == 3, let port = UInt16(CommandLine.arguments[2]) else {
  print("usage: register-node DIRECTORY PORT")
  exit(2)
}
do {
  let node = try LibuvNode(name: "replica")
  let requests = try node.context.processes.endRequests()
  let replica = RegisterReplica(
    context: node.context, directory: FilePath(CommandLine.arguments[1]),
    endpoint: .tcp(host: "127.0.0.1", port: port))
  let serving = Task {
    try await replica.run { endpoint in
      print("listening at \(endpoint)")
      fflush(nil)
    }
  }
  let listening = Task { for await _ in requests { serving.cancel() } }
  defer { listening.cancel() }
  try await serving.value
} catch is CancellationError {
  exit(0)
} catch {
  print("register-node: \(error)")
  exit(1)
}
