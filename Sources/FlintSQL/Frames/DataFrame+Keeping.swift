internal import FlintDatasets
public import FlintLineage

extension DataFrame {
  /// The same rows, which the executors keep once they were computed, so that the next action need not compute them again.
  ///
  /// They are let go by ``unpersist()``, or when neither this frame nor one that was made of it is there any more. A frame
  /// that no session computes keeps nothing.
  public func persist(
    _ level: StorageLevel = .memoryAndDisk, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let site = OperatorSite("persist", file, line)
    return with(.kept(KeptRows(query, level, site)), .program(site.location))
  }

  /// As ``persist(_:file:line:)``, in memory and on the disks of the executors.
  public func cache(file: String = #fileID, line: Int = #line) -> DataFrame {
    persist(file: file, line: line)
  }

  /// Lets go what the executors keep of this frame, which ``persist(_:file:line:)`` has made. Actions still give the same rows,
  /// and keep them again.
  public func unpersist() {
    guard case .kept(let rows) = query.node, let source = rows.source else { return }
    context.session?.runtime.release(source.node.id)
  }
}
