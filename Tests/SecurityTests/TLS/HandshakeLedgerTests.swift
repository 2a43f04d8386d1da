import FlintCore
import Testing

@testable import FlintLibuv

@Suite("Which unknown connection goes when there are too many")
struct HandshakeLedgerTests {
  @Test("of one address, the one that has waited longest")
  func perAddress() {
    var ledger = HandshakeLedger(perAddress: 2, total: 10)
    #expect(ledger.arrived(1, from: "a") == nil)
    #expect(ledger.arrived(2, from: "a") == nil)
    #expect(ledger.arrived(3, from: "a") == 1)
    #expect(ledger.arrived(4, from: "b") == nil)
    #expect(ledger.arrived(5, from: "a") == 2)
    #expect(ledger.count == 3)
  }

  @Test("of all, one of the address that has most, so that a crowd makes room and not a single peer")
  func total() {
    var ledger = HandshakeLedger(perAddress: 3, total: 4)
    #expect(ledger.arrived(1, from: "single") == nil)
    for number: UInt64 in 2...4 { #expect(ledger.arrived(number, from: "crowd") == nil) }
    #expect(ledger.arrived(5, from: "other") == 2)
    #expect(ledger.arrived(6, from: "another") == 3)
    // Now all have one: the first of all.
    #expect(ledger.arrived(7, from: "last") == 1)
  }

  @Test("who is known or gone makes room; who leaves twice does no harm")
  func left() {
    var ledger = HandshakeLedger(perAddress: 1, total: 2)
    #expect(ledger.arrived(1, from: "a") == nil)
    ledger.left(1)
    ledger.left(1)
    #expect(ledger.arrived(2, from: "a") == nil)
    #expect(ledger.count == 1)
  }

  @Test("ports of one host are one origin, Unix sockets are told apart by path")
  func origins() {
    let first = Endpoint.tcp(host: "10.0.0.1", port: 1)
    #expect(first.origin == Endpoint.tcp(host: "10.0.0.1", port: 2).origin)
    #expect(first.origin != Endpoint.tcp(host: "10.0.0.2", port: 1).origin)
    #expect(Endpoint.unix(path: "/x").origin != Endpoint.unix(path: "/y").origin)
  }
}
