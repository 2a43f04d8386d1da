"""A peer that does not behave, for the tests of live ports.

    hostile.py SCENARIO PORT [ARGUMENT…]

Prints what it saw: "closed" when the other side ended the connection, "open" when that did not happen in time.
"""

import socket
import ssl
import struct
import sys

PATIENCE = 20


def connect(port):
    return socket.create_connection(("127.0.0.1", port), PATIENCE)


def watch(peer):
    """Reads until the other side ends the connection."""
    peer.settimeout(PATIENCE)
    try:
        while peer.recv(4096):
            pass
    except (ConnectionResetError, BrokenPipeError):
        pass
    except TimeoutError:
        return "open"
    return "closed"


def hello(port):
    """The first bytes of an honest client."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        context.wrap_bio(incoming, outgoing).do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def send(port, data):
    """Sends bytes, and waits for the end."""
    peer = connect(port)
    peer.sendall(data)
    return watch(peer)


def flood(port, head, filler):
    """Sends a beginning, and then more and more, until the other side has had enough."""
    peer = connect(port)
    sent = 0
    try:
        peer.sendall(head)
        while sent < 1 << 24:
            peer.sendall(filler)
            sent += len(filler)
    except (ConnectionResetError, BrokenPipeError):
        return "closed"
    return watch(peer)


def drip_forever(port, data):
    """Sends one byte after another, as long as the other side lets it."""
    peer = connect(port)
    peer.settimeout(0.01)
    for byte in data:
        try:
            peer.sendall(bytes([byte]))
            if not peer.recv(1):
                return "closed"
        except TimeoutError:
            pass
        except (ConnectionResetError, BrokenPipeError):
            return "closed"
    return "open"


def reset(port):
    """Cuts the connection in the middle of the first message, without a farewell."""
    peer = connect(port)
    peer.sendall(hello(port)[:100])
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
    return "closed"


def drip(port, certificate, key, authorities, text):
    """An honest peer on a line that carries one byte at a time; prints what the other side echoes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(authorities)
    context.load_cert_chain(certificate, key)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = context.wrap_bio(incoming, outgoing)
    peer = connect(port)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def pump(step):
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                result = None
            for byte in outgoing.read():
                peer.sendall(bytes([byte]))
            if result is not None:
                return result
            incoming.write(peer.recv(1))

    pump(lambda: session.do_handshake() or True)
    pump(lambda: session.write(text.encode()))
    answer = b""
    while len(answer) < len(text):
        answer += pump(lambda: session.read(1024))
    try:
        session.unwrap()
    except ssl.SSLWantReadError:
        peer.sendall(outgoing.read())
    return answer.decode()


def strangers(port, count):
    """Opens many connections and says nothing on them until its input ends."""
    peers = []
    for _ in range(count):
        try:
            peers.append(connect(port))
        except OSError:
            pass
    print("ready", len(peers), flush=True)
    sys.stdin.read()
    return "gone"


scenario, port, *rest = sys.argv[1], int(sys.argv[2]), *sys.argv[3:]
outcome = {
    "plaintext": lambda: send(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    "stall": lambda: send(port, b""),
    "half": lambda: send(port, hello(port)[:50]),
    # A record that claims to be longer than any record is.
    "long-record": lambda: send(port, b"\x16\x03\x01\xff\xff" + b"x" * 100),
    # A greeting of 16 MB, in records that are as long as they say.
    "long-greeting": lambda: flood(
        port, b"\x16\x03\x01\x3e\x80\x01\xff\xff\xff\x03\x03" + b"x" * 15994, b"\x16\x03\x01\x3e\x80" + b"x" * 16000),
    # Empty records for ever.
    "empty-records": lambda: flood(port, b"", b"\x16\x03\x01\x00\x00" * 1000),
    "noise": lambda: send(port, bytes((i * 7919 + 13) % 256 for i in range(5000))),
    "reset": lambda: reset(port),
    "http-stall": lambda: send(port, b"GET /health HTTP/1.1\r\n"),
    "http-drip": lambda: drip_forever(port, b"GET /health HTTP/1.1\r\nX: " + b"x" * 1000),
    "drip": lambda: drip(port, *rest),
    "strangers": lambda: strangers(port, int(rest[0])),
}[scenario]()
print(outcome)
