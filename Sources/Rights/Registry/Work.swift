/// w
public struct Work: Sendable {}
