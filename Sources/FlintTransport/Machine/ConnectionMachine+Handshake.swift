internal import FlintCore
internal import FlintWire

/// Who is let in. Nothing but a hello and its answer is read before.
extension ConnectionMachine {
  mutating func introduce(_ frame: Frame) -> Step {
    switch (side, frame.header.kind) {
    case (.acceptor(let roles), .hello): return receiveHello(frame, serving: roles)
    case (.dialler(let role), .welcome): return receiveWelcome(frame, expecting: role)
    case (.dialler, .refused): return close(.refusedByPeer)
    default: return close(.wrongState(frame.header.kind))
    }
  }

  private mutating func receiveHello(_ frame: Frame, serving roles: [PeerRole]) -> Step {
    let hello: Introduction
    do throws(WireFault) { hello = try Introduction(body: frame.body) } catch { return close(.handshakeFault(error)) }
    if let reason = admission.refusal(of: hello, identity, by: local) { return refuse(reason) }
    guard roles.contains(hello.role) else { return refuse(.wrongRole(hello.role)) }
    open(hello, channel: hello.channel)
    return .welcome
  }

  private mutating func receiveWelcome(_ frame: Frame, expecting role: PeerRole) -> Step {
    let welcome: Introduction
    do throws(WireFault) { welcome = try Introduction(body: frame.body) } catch {
      return close(.handshakeFault(error))
    }
    if let reason = admission.refusal(of: welcome, identity, by: local) { return close(reason) }
    guard welcome.role == role else { return close(.wrongRole(welcome.role)) }
    open(welcome, channel: local.channel)
    return .open
  }

  private mutating func open(_ peer: Introduction, channel: Introduction.Channel) {
    self.peer = peer
    authorisation = Authorisation(local: local.role, peer: peer.role, channel: channel)
    requests = RequestTable(limit: min(limits.requestsInFlight, Int(peer.requestsInFlight)))
    phase = .open
    clock.open()
  }

  private mutating func refuse(_ reason: CloseReason) -> Step {
    end(reason) ? .refuse(reason) : .ignore
  }
}
