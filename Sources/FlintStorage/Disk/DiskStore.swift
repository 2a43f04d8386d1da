public import FlintCore

/// The blocks of one application in the files of one node.
///
/// A block is written under a name of its own, and gets its right name only when it is whole; so no reader ever finds a
/// part of one. Each file says in a checksummed header whose block it is and how long, and nothing is used before its
/// checksum was compared. Several processes may share the directory: what one executor wrote, the node's block service
/// reads after that executor's death.
///
/// What a lost or damaged block means, its owner decides: here it is an error, `file-not-found` or `corrupt-data`.
public struct DiskStore: Sendable {
  /// Whose blocks these are.
  public let application: ApplicationID
  /// Where they are: a directory that only its owner can enter.
  public let directory: FilePath
  private let workDirectory: FilePath
  let context: NodeContext

  /// The blocks of `application` below `workDirectory`, whose directories are made when they are missing. Throws
  /// `permission-denied` when a symbolic link stands in the place of one, or others may enter it.
  public init(
    of application: ApplicationID, in workDirectory: FilePath, context: NodeContext
  ) async throws {
    self.application = application
    self.context = context
    self.workDirectory = workDirectory
    directory = WorkDirectory.path(of: application, in: workDirectory)
    try await makeDirectories()
  }

  private func makeDirectories() async throws {
    try await context.files.createDirectory(directory)
    for path in [workDirectory, directory] {
      let status = try await context.files.status(of: path)
      if status?.kind == .directory, status?.isPrivate == true { continue }
      let isDirectory = status?.kind == .directory
      throw FlintError(
        .permissionDenied, "blocks cannot be kept in \(path)",
        why: isDirectory ? "others may enter it, or it belongs to somebody else" : "it is not a directory itself",
        remedy: isDirectory
          ? "make it yours with mode 0700, or name another work directory"
          : "remove what stands there, or name another work directory")
    }
  }

  /// Makes the names of blocks outlive the machine's power, and that of their directory.
  func synchronizeNames() async throws {
    try await context.files.synchronizeDirectory(directory)
    try await context.files.synchronizeDirectory(directory.parent)
  }

  /// The control loop of the store's node.
  public var controlExecutor: UnownedSerialExecutor { context.controlExecutor }

  // MARK: Writing

  /// Writes a whole block; one of the same identity is replaced.
  ///
  /// Throws `disk-full`, `input-output` and the other errors of files; then the block is what it was before or the new
  /// one, and never a part.
  public func write(_ id: BlockID, _ bytes: [UInt8], durability: BlockDurability = .process) async throws {
    let writer = try await writer(for: id, durability: durability)
    do {
      try await writer.append(bytes)
    } catch {
      await writer.abandon()
      throw error
    }
    try await writer.finish()
  }

  /// Writes a block of what is in memory, piece by piece, each of which is encoded on a task thread.
  func write(_ id: BlockID, _ content: BlockContent) async throws {
    let writer = try await writer(for: id)
    do {
      for index in 0..<content.pieceCount {
        try await writer.append(
          try await Task(executorPreference: context.executors.tasks) { try content.piece(index) }.value)
      }
    } catch {
      await writer.abandon()
      throw error
    }
    try await writer.finish()
  }

  /// Begins a block whose bytes come piece by piece. It exists once ``DiskBlockWriter/finish()`` has returned.
  public func writer(for id: BlockID, durability: BlockDurability = .process) async throws -> DiskBlockWriter {
    DiskBlockWriter(id, in: self, file: try await makeFile(), durability: durability)
  }

  /// A new file under a name that no reader looks for. Somebody may have removed the directories with all that was in them:
  /// that costs the blocks, and not those which come after them.
  private func makeFile() async throws -> any OpenFile {
    let temporary = directory / UnfinishedName.make(context.randomness)
    do {
      return try await context.files.open(temporary, .createNew)
    } catch let error as FlintError where error.code == .fileNotFound {
      context.log.warning("the directory of blocks is gone, and is made again", ["path": "\(directory)"])
      try await makeDirectories()
      return try await context.files.open(temporary, .createNew)
    }
  }

  /// A new file without a name: it is gone when it is closed or its process dies, however that is.
  public func makeScratchFile() async throws -> any OpenFile {
    let file = try await makeFile()
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.spillFileLeft) { return file }
    #endif
    do {
      try await context.files.remove(file.path)
      return file
    } catch {
      // In a task of its own: a cancelled one may not even remove a file.
      let files = context.files
      await Task {
        try? await file.close()
        try? await files.remove(file.path)
      }.value
      throw error
    }
  }

  // MARK: Reading

  /// Opens a block and checks its header. Throws `file-not-found` when there is none, and `corrupt-data` when the file is
  /// damaged or another block's.
  public func open(_ id: BlockID) async throws -> DiskBlock {
    let file = try await context.files.open(path(of: id), .read)
    do {
      return try await DiskBlock(id, of: application, in: file)
    } catch {
      try? await file.close()
      throw error
    }
  }

  /// Whether an open block still has its file: somebody may have removed it, or the whole directory.
  public func hasFile(_ block: DiskBlock) async throws -> Bool {
    try await context.files.status(of: path(of: block.id))?.kind == .file
  }

  /// All bytes of a block. Throws as ``open(_:)`` and ``DiskBlock/read(_:)`` do.
  public func read(_ id: BlockID) async throws -> [UInt8] {
    let block = try await open(id)
    do {
      let bytes = try await block.read(0..<block.length)
      try await block.close()
      return bytes
    } catch {
      try? await block.close()
      throw error
    }
  }

  /// The blocks that have a file, sorted by its name. Their content is not looked at.
  public func blocks() async throws -> [BlockID] {
    try await context.files.list(directory).compactMap(BlockKey.block(fileName:))
  }

  // MARK: Removing

  /// Removes a block, damaged ones too. Returns whether there was one.
  @discardableResult
  public func remove(_ id: BlockID) async throws -> Bool {
    do {
      try await context.files.remove(path(of: id))
      return true
    } catch let error as FlintError where error.code == .fileNotFound {
      return false
    }
  }

  /// Removes what writers left behind that died. To be called when nobody writes: at a node's start.
  public func removeUnfinished() async throws {
    for name in try await context.files.list(directory) where UnfinishedName.matches(name) {
      try await context.files.remove(directory / name)
    }
  }

  func path(of id: BlockID) -> FilePath { directory / BlockKey(id).fileName }

  /// Where a block's file stands, for tests that harm it.
  package static func path(of id: BlockID, of application: ApplicationID, in workDirectory: FilePath) -> FilePath {
    WorkDirectory.path(of: application, in: workDirectory) / BlockKey(id).fileName
  }
}
