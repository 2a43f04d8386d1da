/// An error that another try at the same task would meet again: it ends the job at once.
public protocol NotRetryable: Error {}
