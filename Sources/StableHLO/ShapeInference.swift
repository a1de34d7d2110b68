import Tensors

/// Result types of operations, or why the operands do not fit.
///
/// Source: StableHLO specification, "Constraints" of each operation.
enum ShapeInference {
    static func same(_ operation: String, _ left: TensorType, _ right: TensorType) throws -> TensorType {
        try require(
            left == right, operation,
            "operands differ: \(left) and \(right); broadcast or convert one of them first")
        return left
    }

    static func broadcast(_ operand: TensorType, to shape: Shape, along dimensions: [Int]) throws
        -> TensorType
    {
        let name = "broadcast_in_dim"
        try require(
            dimensions.count == operand.rank, name,
            "\(operand) has \(operand.rank) dimensions, \(dimensions.count) places were given for them")
        try require(
            Set(dimensions).count == dimensions.count, name, "dimensions \(dimensions) name one place twice")
        for (source, target) in dimensions.enumerated() {
            try require(
                (0..<shape.rank).contains(target), name, "there is no dimension \(target) in \(shape)")
            let size = operand.shape[source]
            try require(
                size == 1 || size == shape[target], name,
                "dimension \(source) of \(operand) has size \(size), dimension \(target) of \(shape) has \(shape[target])"
            )
        }
        return operand.with(shape)
    }

    static func reshape(_ operand: TensorType, to shape: Shape) throws -> TensorType {
        try require(
            operand.shape.elementCount == shape.elementCount, "reshape",
            "\(operand) has \(operand.shape.elementCount) elements, \(shape) has \(shape.elementCount)")
        return operand.with(shape)
    }

    static func transpose(_ operand: TensorType, _ permutation: [Int]) throws -> TensorType {
        try require(
            permutation.sorted() == Array(0..<operand.rank), "transpose",
            "\(permutation) is no order of the \(operand.rank) dimensions of \(operand)")
        return operand.with(Shape(permutation.map { operand.shape[$0] }))
    }

    static func slice(_ operand: TensorType, _ bounds: SliceBounds) throws -> TensorType {
        let rank = operand.rank
        try require(
            bounds.starts.count == rank && bounds.limits.count == rank && bounds.strides.count == rank,
            "slice",
            "\(operand) needs \(rank) starts, limits and strides")
        let sizes = try (0..<rank).map { axis in
            let (start, limit, stride) = (bounds.starts[axis], bounds.limits[axis], bounds.strides[axis])
            try require(
                0 <= start && start <= limit && limit <= operand.shape[axis] && stride >= 1, "slice",
                "[\(start):\(limit):\(stride)] does not lie in dimension \(axis) of \(operand)")
            return (limit - start + stride - 1) / stride
        }
        return operand.with(Shape(sizes))
    }

    static func pad(_ operand: TensorType, _ amounts: PaddingAmounts) throws -> TensorType {
        let rank = operand.rank
        try require(
            amounts.low.count == rank && amounts.high.count == rank && amounts.interior.count == rank, "pad",
            "\(operand) needs \(rank) low, high and interior amounts")
        let sizes = try (0..<rank).map { axis in
            let size = operand.shape[axis]
            try require(
                amounts.interior[axis] >= 0, "pad", "interior padding of dimension \(axis) is negative")
            let padded =
                size + amounts.low[axis] + amounts.high[axis] + max(size - 1, 0) * amounts.interior[axis]
            try require(padded >= 0, "pad", "dimension \(axis) of \(operand) would get the size \(padded)")
            return padded
        }
        return operand.with(Shape(sizes))
    }

    static func concatenate(_ operands: [TensorType], along dimension: Int) throws -> TensorType {
        guard let first = operands.first else {
            throw ProgramError("concatenate", "there is nothing to join")
        }
        try require(
            (0..<first.rank).contains(dimension), "concatenate", "\(first) has no dimension \(dimension)")
        var sizes = first.shape.dimensions
        for operand in operands.dropFirst() {
            let agrees =
                operand.elementType == first.elementType && operand.rank == first.rank
                && (0..<first.rank).allSatisfy { $0 == dimension || operand.shape[$0] == first.shape[$0] }
            try require(
                agrees, "concatenate",
                "\(first) and \(operand) may differ only in the size of dimension \(dimension)")
            sizes[dimension] += operand.shape[dimension]
        }
        return first.with(Shape(sizes))
    }

    static func reduce(_ operand: TensorType, over dimensions: [Int]) throws -> TensorType {
        try require(
            Set(dimensions).count == dimensions.count
                && dimensions.allSatisfy { (0..<operand.rank).contains($0) }, "reduce",
            "\(dimensions) are not separate dimensions of \(operand)")
        let kept = (0..<operand.rank).filter { !dimensions.contains($0) }
        return operand.with(Shape(kept.map { operand.shape[$0] }))
    }

    static func dotGeneral(
        _ left: TensorType, _ right: TensorType, _ dimensions: DotDimensions, result: ElementType
    ) throws -> TensorType {
        let name = "dot_general"
        try require(
            left.elementType == right.elementType, name,
            "operands hold \(left.elementType.rawValue) and \(right.elementType.rawValue); convert one of them"
        )
        try checkDotSide("left", left, dimensions.leftBatch, dimensions.leftContracting)
        try checkDotSide("right", right, dimensions.rightBatch, dimensions.rightContracting)
        try checkPairs("batch", left, dimensions.leftBatch, right, dimensions.rightBatch)
        try checkPairs("contracting", left, dimensions.leftContracting, right, dimensions.rightContracting)
        let batch = dimensions.leftBatch.map { left.shape[$0] }
        return TensorType(
            result,
            Shape(
                batch + freeSizes(left, dimensions.leftBatch + dimensions.leftContracting)
                    + freeSizes(right, dimensions.rightBatch + dimensions.rightContracting)))
    }

    private static func checkDotSide(
        _ side: String, _ type: TensorType, _ batch: [Int], _ contracting: [Int]
    ) throws {
        let named = batch + contracting
        try require(
            Set(named).count == named.count && named.allSatisfy { (0..<type.rank).contains($0) },
            "dot_general",
            "batch \(batch) and contracting \(contracting) are not separate dimensions of the \(side) operand \(type)"
        )
    }

    private static func checkPairs(
        _ role: String, _ left: TensorType, _ leftAxes: [Int], _ right: TensorType, _ rightAxes: [Int]
    ) throws {
        try require(
            leftAxes.count == rightAxes.count, "dot_general",
            "\(leftAxes.count) \(role) dimensions on the left, \(rightAxes.count) on the right")
        for (leftAxis, rightAxis) in zip(leftAxes, rightAxes) {
            try require(
                left.shape[leftAxis] == right.shape[rightAxis], "dot_general",
                """
                \(role) dimension \(leftAxis) of \(left) has size \(left.shape[leftAxis]), \(rightAxis) of \(right) \
                has \(right.shape[rightAxis])
                """)
        }
    }

    private static func freeSizes(_ type: TensorType, _ taken: [Int]) -> [Int] {
        (0..<type.rank).filter { !taken.contains($0) }.map { type.shape[$0] }
    }

    static func convolution(
        _ input: TensorType, _ kernel: TensorType, _ dimensions: ConvolutionDimensions, result: ElementType
    ) throws -> TensorType {
        let name = "convolution"
        try require(
            input.elementType == kernel.elementType, name,
            "input \(input) and kernel \(kernel) hold different types")
        try require(
            input.rank == 4 && kernel.rank == 4, name,
            "input \(input) and kernel \(kernel) need four dimensions each")
        let inputFeatures = input.shape[try axis("f", dimensions.input)]
        let kernelInputs = kernel.shape[try axis("i", dimensions.kernel)]
        let outputs = kernel.shape[try axis("o", dimensions.kernel)]
        try require(
            dimensions.featureGroups >= 1 && inputFeatures == kernelInputs * dimensions.featureGroups
                && outputs % dimensions.featureGroups == 0, name,
            """
            input \(input) has \(inputFeatures) features, the kernel \(kernel) takes \(kernelInputs) in each of \
            \(dimensions.featureGroups) groups and makes \(outputs)
            """)
        var sizes = [Int](repeating: 0, count: 4)
        sizes[try axis("b", dimensions.output)] = input.shape[try axis("b", dimensions.input)]
        sizes[try axis("f", dimensions.output)] = outputs
        for space in 0..<2 {
            let letter = Character("\(space)")
            sizes[try axis(letter, dimensions.output)] = try windowCount(
                space, input: input.shape[try axis(letter, dimensions.input)],
                kernel: kernel.shape[try axis(letter, dimensions.kernel)], dimensions)
        }
        return TensorType(result, Shape(sizes))
    }

    private static func axis(_ letter: Character, _ order: AxisOrder) throws -> Int {
        guard order.letters.count == 4, let index = order.index(of: letter) else {
            throw ProgramError("convolution", "the order of dimensions \(order) lacks '\(letter)'")
        }
        return index
    }

    private static func windowCount(
        _ space: Int, input: Int, kernel: Int, _ dimensions: ConvolutionDimensions
    ) throws -> Int {
        let name = "convolution"
        try require(
            dimensions.strides.count == 2 && dimensions.padding.count == 2
                && dimensions.inputDilation.count == 2
                && dimensions.kernelDilation.count == 2, name,
            "strides, padding and dilations need one entry for rows and one for columns")
        let (stride, padding) = (dimensions.strides[space], dimensions.padding[space])
        let (inputDilation, kernelDilation) = (
            dimensions.inputDilation[space], dimensions.kernelDilation[space]
        )
        try require(
            stride >= 1 && inputDilation >= 1 && kernelDilation >= 1, name, "strides and dilations start at 1"
        )
        let dilatedInput = input == 0 ? 0 : (input - 1) * inputDilation + 1
        let padded = dilatedInput + padding.low + padding.high
        let window = kernel == 0 ? 0 : (kernel - 1) * kernelDilation + 1
        try require(
            padded >= window, name,
            "a window of \(window) does not fit into \(padded) (padded size of dimension \(space) of space)")
        return (padded - window) / stride + 1
    }
}
