/// Tells operators how the floor is: devices, demand, what was turned away.
public protocol FloorService: Sendable {
    /// The floor as it is now, or as soon as it is another than the one seen last.
    ///
    /// Honours cancellation. What it throws is answered with 500.
    ///
    /// - Parameters:
    ///   - number: ``FloorReport/number`` of the report seen last; nil to be answered at once.
    ///   - seconds: the longest to wait; the newest report is then given as it is.
    func floor(after number: UInt64?, waitingSeconds seconds: Double) async throws -> FloorReport
}
