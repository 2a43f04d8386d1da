import FlintCore
import FlintWire
import Glibc

// Encodes or decodes one message very often, for the benchmarks, which measure it from outside.
let arguments = Array(CommandLine.arguments.dropFirst())
let count = 5_000_000
guard arguments.count == 1 else {
  print("usage: bench-wire encode-task | decode-task | frame-task")
  exit(2)
}

/// A task with 4 inputs and 200 bytes of work.
let task: Message = {
  let stage = StageAttempt(stage: StageID(rawValue: 17), number: 0)
  func attempt(_ partition: UInt64) -> TaskAttempt {
    TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: partition)), number: 0)
  }
  let inputs = (0..<4).map { index in
    TaskDescription.Input(
      shuffle: ShuffleID(rawValue: 3), reduce: PartitionID(rawValue: 1234),
      output: MapOutputEntry(
        map: attempt(index),
        place: BlockPlace(node: NodeID(rawValue: index), endpoint: .tcp(host: "worker-\(index).local", port: 7078)),
        byteCount: 65_536, rowCount: 1000))
  }
  return .launchTask(
    TaskDescription(
      job: JobID(rawValue: 1), attempt: attempt(1234),
      executor: ExecutorIncarnation(executor: ExecutorID(rawValue: 4), number: 1), epoch: MapOutputEpoch(rawValue: 9),
      inputs: inputs, payload: (0..<200).map { UInt8($0) }))
}()

/// Writes the task `count` times, alone or as whole frames; returns the bytes written.
func encode(inFrames: Bool) -> Int {
  var writer = WireWriter()
  var total = 0
  for number in 0..<count {
    writer.removeAll()
    if inFrames {
      let start = writer.startFrame()
      task.write(to: &writer)
      writer.finishFrame(
        from: start, .oneWay, message: task.kind.rawValue, sequence: UInt32(truncatingIfNeeded: number))
    } else {
      task.write(to: &writer)
    }
    total += writer.count
  }
  return total
}

/// Reads the task `count` times; returns the inputs read.
func decode() throws -> Int {
  var writer = WireWriter()
  task.write(to: &writer)
  let bytes = writer.bytes
  return try bytes.withUnsafeBytes { body in
    var total = 0
    for _ in 0..<count {
      guard case .launchTask(let task) = try Message(.launchTask, body: body) else { return 0 }
      total += task.inputs.count
    }
    return total
  }
}

let result =
  switch arguments[0] {
  case "encode-task": encode(inFrames: false)
  case "frame-task": encode(inFrames: true)
  default: try decode()
  }
print("messages=\(count) result=\(result)")
