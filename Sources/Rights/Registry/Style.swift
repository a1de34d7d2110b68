/// s
public struct Style: Sendable {}
