import StableHLO

extension GradientRules {
    // MARK: dot products

    /// Each operand's cotangent is the product of the result's cotangent with the other operand.
    static func dotGeneral(_ step: BackwardStep, _ dimensions: DotDimensions) throws -> [Cotangent?] {
        let left = DotSide(step.operands[0], dimensions.leftBatch, dimensions.leftContracting)
        let right = DotSide(step.operands[1], dimensions.rightBatch, dimensions.rightContracting)
        let batch = Array(0..<left.batch.count)
        let leftPlaces = Array(batch.count..<batch.count + left.free.count)
        let rightPlaces = Array(
            batch.count + left.free.count..<batch.count + left.free.count + right.free.count)
        let cotangent = try step.cotangent.converted(to: left.value.elementType)
        return [
            step.wanted[0]
                ? .whole(
                    try left.cotangent(
                        DotSide(cotangent, batch, rightPlaces, free: leftPlaces), other: right)) : nil,
            step.wanted[1]
                ? .whole(
                    try right.cotangent(
                        DotSide(cotangent, batch, leftPlaces, free: rightPlaces), other: left)) : nil,
        ]
    }

    /// One operand of a dot product and the parts its dimensions play.
    private struct DotSide {
        let value: Value
        let batch: [Int]
        let contracting: [Int]
        let free: [Int]

        init(_ value: Value, _ batch: [Int], _ contracting: [Int], free: [Int]? = nil) {
            self.value = value
            self.batch = batch
            self.contracting = contracting
            self.free = free ?? (0..<value.rank).filter { !batch.contains($0) && !contracting.contains($0) }
        }

        /// This operand's cotangent, from the result's, whose `contracting` are the other's free dimensions.
        ///
        /// The product is asked for in the order that needs no transposition, where there is one.
        func cotangent(_ result: DotSide, other: DotSide) throws -> Value {
            // The other's contracting dimensions come out in its own order; name them by ours.
            let summed = zip(other.contracting, contracting).sorted { $0.0 < $1.0 }.map(\.1)
            let ascending = Array(0..<value.rank)
            let resultFirst = batch + free + summed
            let otherFirst = batch + summed + free
            let wide = value.isNarrow ? .f32 : value.elementType
            let product: Value
            let order: [Int]
            if otherFirst == ascending, resultFirst != ascending {
                order = otherFirst
                product = try other.value.dot(
                    result.value,
                    DotDimensions(
                        contracting: (other.free, result.contracting), batch: (other.batch, result.batch)),
                    result: wide)
            } else {
                order = resultFirst
                product = try result.value.dot(
                    other.value,
                    DotDimensions(
                        contracting: (result.contracting, other.free), batch: (result.batch, other.batch)),
                    result: wide)
            }
            let inOrder = try product.transposed(ascending.map { order.firstIndex(of: $0)! })
            return try inOrder.converted(to: value.elementType)
        }
    }

    // MARK: convolutions

    /// Both cotangents are convolutions again, for every stride, padding, dilation and number of groups.
    static func convolution(_ step: BackwardStep, _ dimensions: ConvolutionDimensions) throws -> [Cotangent?]
    {
        let (input, kernel) = (step.operands[0], step.operands[1])
        let backward = ConvolutionBackward(
            input: input, kernel: kernel, cotangent: try step.cotangent.converted(to: input.elementType),
            dimensions: dimensions, result: step.result)
        return [
            step.wanted[0]
                ? .whole(try backward.inputCotangent().converted(to: input.elementType)) : nil,
            step.wanted[1]
                ? .whole(try backward.kernelCotangent().converted(to: kernel.elementType)) : nil,
        ]
    }
}
