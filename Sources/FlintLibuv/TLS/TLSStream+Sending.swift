internal import FlintCore

extension TLSStream {
  var canSend: Bool { if case .open = phase { !isFinishing } else { false } }

  func setMark(_ mark: Int) {
    self.mark = mark
    // The raw stream must tell early enough to keep it busy.
    raw.lowWaterMark = min(mark, Self.ahead / 4)
  }

  func queueGrew() {
    if queued > mark { isAboveMark = true }
    schedulePump()
  }

  /// Encrypts after the current event, so that what is sent in one turn shares records.
  func schedulePump() {
    guard !isPumpScheduled else { return }
    isPumpScheduled = true
    loop.perform { [weak self] in self?.assumeIsolated { $0.pumpScheduled() } }
  }

  private func pumpScheduled() {
    isPumpScheduled = false
    pump()
    settle()
  }

  /// Encrypts and hands over what the raw stream can use now.
  func pump() {
    guard case .open = phase else { return }
    let floor = outgoing.byteCount - Self.perTurn
    while !outgoing.isEmpty, raw.queuedByteCount < Self.ahead {
      guard outgoing.byteCount > floor else { return schedulePump() }
      if let (file, range) = outgoing.unreadFile { return read(file, range) }
      do {
        if outgoing.byteCount < TLSMachine.recordLength { try encryptLittle() } else { try encryptMuch() }
      } catch {
        return fail(error)
      }
    }
  }

  /// Few bytes are copied, so that they share a call of the system with others.
  private func encryptLittle() throws(TLSFailure) {
    let raw = raw
    let capacity = TLSMachine.recordLength + TLSMachine.recordOverhead
    let outcome = withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 16) { room in
      Result { () throws(TLSFailure) in
        let made = try fill(room)
        raw.send(UnsafeRawBufferPointer(rebasing: room[..<made]))
      }
    }
    try outcome.get()
  }

  /// Many bytes go to the system from where they were encrypted.
  private func encryptMuch() throws(TLSFailure) {
    guard let chunk = pool.take() else { return try encryptLittle() }
    let made = try fill(chunk.bytes)
    raw.send(chunk, range: 0..<made)
  }

  /// Encrypts from the queue's start until `room` is full or the queue, up to its next file, is empty.
  private func fill(_ room: UnsafeMutableRawBufferPointer) throws(TLSFailure) -> Int {
    var made = 0
    while !outgoing.isEmpty, outgoing.unreadFile == nil, room.count - made > TLSMachine.recordOverhead {
      let rest = UnsafeMutableRawBufferPointer(rebasing: room[made...])
      try outgoing.takeFirst { (plaintext) throws(TLSFailure) in
        let sent = try machine.send(plaintext, into: rest).get()
        made += sent.made
        return sent.taken
      }
    }
    return made
  }

  private func read(_ file: any OpenFile, _ range: Range<Int64>) {
    guard !isReadingFile else { return }
    isReadingFile = true
    let count = Int(min(Int64(range.count), Int64(Self.filePiece)))
    let start = range.lowerBound
    TLSStream.read(file, count, at: start) { [loop, weak self] outcome in
      loop.perform { [weak self] in self?.assumeIsolated { $0.fileRead(file.path, count, outcome) } }
    }
  }

  /// Not on the loop, which may have ended by the time the disk answers.
  private nonisolated static func read(
    _ file: any OpenFile, _ count: Int, at start: Int64,
    _ end: @escaping @Sendable (Result<[UInt8], any Error>) -> Void
  ) {
    Task {
      do {
        end(.success(try await file.read(count: count, at: start)))
      } catch {
        end(.failure(error))
      }
    }
  }

  private func fileRead(_ path: FilePath, _ count: Int, _ outcome: Result<[UInt8], any Error>) {
    isReadingFile = false
    guard case .open = phase else { return }
    switch outcome {
    case .success(let bytes) where bytes.count == count:
      outgoing.readFile(bytes)
      pump()
      settle()
    case .success: failFile(FlintError(.inputOutput, "\(path) ends before what was to be sent of it"))
    case .failure(let error): failFile(error)
    }
  }

  /// What follows when the queue has become shorter. Not from within a call of the stream's own methods.
  func settle() {
    guard case .open = phase else { return }
    if isFinishing, !hasSentEnd, outgoing.isEmpty {
      hasSentEnd = true
      let raw = raw
      raw.lowWaterMark = 0
      machine.finish { raw.send($0) }
      raw.finishSending()
    }
    if isAboveMark, queued <= mark {
      isAboveMark = false
      receiver?.streamDrained()
    }
    releaseWhenOver()
  }
}
