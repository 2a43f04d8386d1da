/// Mistakes that the protocol can be given, to prove that the tests find them.
package enum RegisterBug: String, CaseIterable, Sendable {
  /// A replica says that it holds a value before its disk does.
  case acknowledgesBeforeSync = "acknowledge-before-sync"
  /// A reader returns what it saw without making sure that later readers see it too.
  case skipsWriteBack = "skip-write-back"
  /// A client asks once and never again.
  case neverRetries = "no-retry"

  /// What goes wrong.
  package var effect: String {
    switch self {
    case .acknowledgesBeforeSync: "a replica answers before its disk has the value: a crash of the machine loses it"
    case .skipsWriteBack: "a read does not write back what it saw: a later read may see something older"
    case .neverRetries: "a client never repeats a request: a lost message blocks it"
    }
  }
}
