import StableHLO

/// The two gradients of a convolution, each as a convolution.
///
/// Along one dimension of space, with stride `s`, padding `l` before, input dilation `a`, kernel dilation `d`:
/// `y[o] = Σ x[p] · w[t]` over all `p · a = o · s + t · d - l`. Solving for `p` and for `t` gives the input's and
/// the kernel's gradient; each exchanges the roles of stride and dilations.
struct ConvolutionBackward {
    let input: Value
    let kernel: Value
    /// The result's cotangent, converted to the operands' element type.
    let cotangent: Value
    let dimensions: ConvolutionDimensions
    /// The forward convolution's result; the gradients are formed in its element type.
    let result: Value

    /// `dx`: the cotangent, `s - 1` zeros between its elements, under the kernel read backwards.
    func inputCotangent() throws -> Value {
        let reversed = try grouped(kernel).reversed(dimensions.kernel.spatial)
        let padding = (0..<2).map { space in
            let (x, k, y) = sizes(space)
            let reach = (k - 1) * dimensions.kernelDilation[space]
            let low = dimensions.padding[space].low
            return ConvolutionDimensions.Padding(
                reach - low,
                (x - 1) * dimensions.inputDilation[space] + low - (y - 1) * dimensions.strides[space])
        }
        return try cotangent.convolved(
            reversed,
            ConvolutionDimensions(
                input: dimensions.output, kernel: dimensions.kernel.renamed(["i": "o", "o": "i"]),
                output: dimensions.input, strides: dimensions.inputDilation, padding: padding,
                inputDilation: dimensions.strides, kernelDilation: dimensions.kernelDilation,
                featureGroups: dimensions.featureGroups),
            result: result.elementType)
    }

    /// `dw`: the input under the cotangent as a kernel; features stand in as the batch and the batch is summed.
    func kernelCotangent() throws -> Value {
        let padding = (0..<2).map { space in
            let (x, k, y) = sizes(space)
            let low = dimensions.padding[space].low
            return ConvolutionDimensions.Padding(
                low,
                (k - 1) * dimensions.kernelDilation[space] + (y - 1) * dimensions.strides[space]
                    - (x - 1) * dimensions.inputDilation[space] - low)
        }
        return try batchInGroups(input).convolved(
            cotangent,
            ConvolutionDimensions(
                input: dimensions.input.renamed(["b": "f", "f": "b"]),
                kernel: dimensions.output.renamed(["b": "i", "f": "o"]),
                output: dimensions.kernel.renamed(["i": "b", "o": "f"]),
                strides: dimensions.kernelDilation, padding: padding,
                inputDilation: dimensions.inputDilation, kernelDilation: dimensions.strides,
                featureGroups: dimensions.featureGroups),
            result: result.elementType)
    }

    /// Sizes of input, kernel and result along one dimension of space.
    private func sizes(_ space: Int) -> (input: Int, kernel: Int, result: Int) {
        (
            input.shape[dimensions.input.spatial[space]], kernel.shape[dimensions.kernel.spatial[space]],
            cotangent.shape[dimensions.output.spatial[space]]
        )
    }

    /// The kernel with each group's outputs along `i` and all groups' inputs along `o`.
    private func grouped(_ kernel: Value) throws -> Value {
        try kernel.movingGroups(
            dimensions.featureGroups, from: dimensions.kernel.index(of: "o")!,
            to: dimensions.kernel.index(of: "i")!)
    }

    /// The input with one group's features along `f` and all groups' batches along `b`.
    private func batchInGroups(_ input: Value) throws -> Value {
        try input.movingGroups(
            dimensions.featureGroups, from: dimensions.input.index(of: "f")!,
            to: dimensions.input.index(of: "b")!)
    }
}

extension Value {
    /// Splits `count` groups off the front of one dimension and puts them in front of another.
    fileprivate func movingGroups(_ count: Int, from source: Int, to target: Int) throws -> Value {
        guard count > 1 else { return self }
        var split = shape.dimensions
        split.replaceSubrange(source...source, with: [count, split[source] / count])
        let places = (0..<rank).map { $0 < source ? $0 : $0 + 1 }
        let order = (0..<rank).flatMap { $0 == target ? [source, places[$0]] : [places[$0]] }
        var merged = shape.dimensions
        merged[source] /= count
        merged[target] *= count
        return try reshaped(to: .init(split)).transposed(order).reshaped(to: .init(merged))
    }
}

extension AxisOrder {
    /// The same order with some letters exchanged for others.
    fileprivate func renamed(_ names: [Character: Character]) -> AxisOrder {
        AxisOrder(stringLiteral: String(letters.map { names[$0] ?? $0 }))
    }
}
