import CKernels
import PJRT
import StableHLO
import Tensors

/// Parameter, both means and average, then gradient, its factor and the controls `[4]` make the first four anew, in their
/// own memory.
enum AdamWKernel {
    static let name = KernelLowering.adamWCall
    /// Elements in a part: enough to be worth a thread.
    private static let partSize = 1 << 16

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 7, results: 4)
        let (arguments, results) = (call.arguments, call.results)
        let type = arguments[0].type
        guard (arguments.prefix(5) + results).allSatisfy({ $0.type == type }),
            arguments[5].type.shape == .scalar, arguments[6].type.shape == [4],
            let factor = arguments[5].floats, let controls = arguments[6].floats
        else { throw KernelRefusal(call: name) }
        func number(_ name: String) throws -> Float {
            guard case .real(let number) = call.attributes[name] else { throw KernelRefusal(call: Self.name) }
            return Float(number)
        }
        let step = try CKAdamW(
            firstDecay: number("first_decay"), secondDecay: number("second_decay"),
            epsilon: number("epsilon"), weightDecay: number("weight_decay"),
            learningRate: controls[0] * number("rate_factor"), firstCorrection: controls[1],
            secondCorrection: controls[2], averageDecay: controls[3], gradientFactor: factor[0])
        // The compiler has copied what it could not lend.
        guard zip(arguments, results).allSatisfy({ $0.bytes.baseAddress == $1.bytes.baseAddress }) else {
            throw KernelRefusal(call: name)
        }
        let (count, gradient) = (type.shape.elementCount, arguments[4])
        call.concurrently((count + partSize - 1) / partSize) { part in
            withUnsafePointer(to: step) {
                CKAdamWStep(
                    $0, gradient.floats, results[0].floats, results[1].floats, results[2].floats,
                    results[3].floats, Int64(part * partSize), Int64(min((part + 1) * partSize, count)))
            }
        }
    }
}

/// Any number of operands make the sum of all their elements' squares, `[]`.
enum SumOfSquaresKernel {
    static let name = KernelLowering.sumOfSquaresCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        let operands = call.arguments
        try call.requireFloats(name, arguments: operands.count, results: 1)
        guard call.results[0].type.shape == .scalar, let result = call.results[0].floats else {
            throw KernelRefusal(call: name)
        }
        let scratch = Scratch(byteCount: max(operands.count, 1) * MemoryLayout<Double>.size)
        call.concurrently(operands.count) { index in
            let sums = scratch.memory.assumingMemoryBound(to: Double.self)
            sums[index] = CKSumOfSquares(
                operands[index].floats, Int64(operands[index].type.shape.elementCount))
        }
        // In the operands' order, whichever thread was first.
        let sums = scratch.memory.assumingMemoryBound(to: Double.self)
        result[0] = Float(operands.indices.reduce(0) { $0 + sums[$1] })
    }
}
