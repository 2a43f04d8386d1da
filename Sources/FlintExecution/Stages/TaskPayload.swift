public import FlintCore
public import FlintLineage
internal import FlintTasks
internal import FlintWire

/// What only the task of one partition needs: pieces of local collections, places in files. It travels in
/// ``FlintWire/TaskDescription/payload``.
public struct TaskPayload: Hashable, Sendable {
  private struct Key: Hashable {
    let dataset: DatasetID
    let partition: PartitionID
  }

  private let pieces: [Key: [UInt8]]

  /// The payload that `bytes` hold; no bytes are no pieces. Throws `corrupt-data`.
  public init(bytes: [UInt8]) throws(FlintError) {
    guard !bytes.isEmpty else {
      pieces = [:]
      return
    }
    do throws(WireFault) {
      pieces = try bytes.withUnsafeBufferPointer { (bytes) throws(WireFault) in
        var reader = WireReader(UnsafeRawBufferPointer(bytes))
        var pieces: [Key: [UInt8]] = [:]
        for _ in 0..<(try reader.getCount(ofSize: 20)) {
          let key = Key(dataset: try reader.getID(), partition: try reader.getID())
          pieces[key] = try reader.getBytes()
        }
        try reader.finish()
        return pieces
      }
    } catch {
      throw FlintError(.corruptData, "these bytes are no task's payload", why: "\(error)")
    }
  }

  /// What was sent for one partition of a dataset; nil when nothing was.
  public func data(of dataset: DatasetID, _ partition: PartitionID) -> [UInt8]? {
    pieces[Key(dataset: dataset, partition: partition)]
  }
}

/// Makes the payloads of a stage's tasks, on the driver.
public struct TaskPayloads: Sendable {
  private let stage: Stage
  private let nodes: [(id: DatasetID, operation: any NodeOperation)]
  /// Every dataset of the stage has the stage's partitions, as most have.
  private let isStraight: Bool

  /// For the tasks of `stage`.
  public init(of stage: Stage) {
    self.stage = stage
    let pipeline = stage.node.pipeline
    nodes = pipeline.compactMap { node in (node.operation as? any NodeOperation).map { (node.id, $0) } }
    isStraight = pipeline.allSatisfy { node in
      node.dependencies.allSatisfy { dependency in
        switch dependency {
        case .narrow(_, .oneToOne), .wide: true
        case .narrow: false
        }
      }
    }
  }

  /// The payload of the task of `partition`. Throws what makes the data.
  public func payload(_ partition: PartitionID) throws -> [UInt8] {
    let needed = isStraight ? nil : stage.node.pipelinePartitions(for: [partition])
    var pieces: [(DatasetID, PartitionID, [UInt8])] = []
    for (id, operation) in nodes {
      for partition in needed.map({ ($0[id] ?? []).sorted() }) ?? [partition] {
        if let data = try operation.partitionData(partition) { pieces.append((id, partition, data)) }
      }
    }
    guard !pieces.isEmpty else { return [] }
    var writer = WireWriter()
    writer.put(count: pieces.count)
    for (id, partition, data) in pieces {
      writer.put(id)
      writer.put(partition)
      writer.put(bytes: data)
    }
    return writer.bytes
  }
}
