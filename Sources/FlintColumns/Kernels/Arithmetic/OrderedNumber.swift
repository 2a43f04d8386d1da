/// A number that knows an order and its zero.
typealias OrderedNumber = BitwiseCopyable & SignedNumeric & Comparable
