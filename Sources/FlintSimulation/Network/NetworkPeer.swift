/// A process as the network sees it: one life on one host.
struct NetworkPeer {
  let life: Life
  let host: NetworkHost
}
