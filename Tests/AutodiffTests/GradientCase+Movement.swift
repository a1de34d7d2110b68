import StableHLO
import Tensors

extension GradientCase {
    private static let box = HostTensor.numbers([2, 3, 4], from: -2, to: 2, seed: 7)

    static let movement: [GradientCase] = [
        GradientCase("reshape", [box]) { try $0[0].reshaped(to: [4, 6]) },
        GradientCase("transpose", [box]) { try $0[0].transposed([2, 0, 1]) },
        GradientCase("broadcast a scalar", [.numbers(.scalar, from: 1, to: 2, seed: 8)]) {
            try $0[0].broadcast(to: [2, 3], along: [])
        },
        GradientCase("broadcast in front and behind", [.numbers([3], from: 1, to: 2, seed: 8)]) {
            try $0[0].broadcast(to: [2, 3, 4], along: [1])
        },
        GradientCase("broadcast size 1", [.numbers([2, 1, 3], from: 1, to: 2, seed: 8)]) {
            try $0[0].broadcast(to: [2, 4, 2, 3], along: [0, 2, 3])
        },
        GradientCase("broadcast in another order", [.numbers([3, 1, 2], from: 1, to: 2, seed: 8)]) {
            try $0[0].broadcast(to: [2, 2, 3, 4], along: [2, 0, 1])
        },
        GradientCase("broadcast size 1 to size 1", [.numbers([1, 2], from: 1, to: 2, seed: 8)]) {
            try $0[0].broadcast(to: [1, 3, 2], along: [0, 2])
        },
        GradientCase("slice", [box]) { try $0[0].sliced(from: [0, 1, 1], to: [1, 3, 3]) },
        GradientCase("slice with strides", [box]) {
            try $0[0].sliced(from: [0, 0, 1], to: [2, 3, 4], by: [1, 2, 2])
        },
        GradientCase("slice of nothing", [box]) { inputs in
            let none = try inputs[0].sliced(from: [0, 1, 0], to: [2, 1, 4])
            return try inputs[0].builder.concatenate([none, inputs[0]], along: 1)
        },
        GradientCase("split, all parts used", [box]) {
            let parts = try $0[0].split(2, into: 4)
            return try parts[0] * parts[1] + parts[2] / (parts[3] * parts[3] + 1)
        },
        GradientCase("split, one part unused, one used twice", [box]) {
            let parts = try $0[0].split(2, into: 4)
            return try parts[0] * parts[2] + parts[2].exponential()
        },
        GradientCase("slices that overlap, on two axes, and the whole", [box]) {
            let across = try $0[0].sliced(2, 0..<2) * $0[0].sliced(2, 1..<3) * $0[0].sliced(2, 2..<4)
            let down = try $0[0].sliced(1, 0..<2) * $0[0].sliced(1, 1..<3)
            return try across.sum(over: [1, 2]) + down.sum(over: [1, 2]) + $0[0].sum(over: [1, 2])
        },
        GradientCase("pad", [box]) {
            try $0[0].padded(low: [1, 0, 2], high: [0, 3, 1], interior: [0, 1, 2], with: 5)
        },
        GradientCase("pad by negative amounts", [box]) {
            try $0[0].padded(low: [0, -1, 2], high: [-1, 2, -2], interior: [1, 2, 0])
        },
        GradientCase("pad that cuts into the other side's padding", [box]) {
            try $0[0].padded(low: [-3, 0, 0], high: [4, 0, -3], with: 1)
        },
        GradientCase("concatenate", [box, .numbers([2, 2, 4], from: -1, to: 1, seed: 9)]) {
            let joined = try $0[0].builder.concatenate([$0[0], $0[1], $0[0]], along: 1)
            return try joined * joined
        },
        GradientCase("reverse", [box]) { try $0[0].reversed([0, 2]) },
    ]

    static let reductions: [GradientCase] = [
        GradientCase("sum", [box]) { try $0[0].sum(over: [0, 2]) },
        GradientCase("sum over the middle", [box]) { try $0[0].sum(over: [1]) },
        GradientCase("mean", [box]) { try $0[0].mean(over: [1, 2]) },
        GradientCase("maximum", [box]) { try $0[0].maximum(over: [2, 0]) },
        GradientCase("minimum", [box]) { try $0[0].reduced(.minimum, over: [1]) },
    ]

    private static let table = HostTensor.numbers([5, 2], from: -1, to: 1, seed: 10)

    static let indexing: [GradientCase] = [
        GradientCase("take rows, repeated and outside the table", [table]) {
            let indices = HostTensor([3, 0, 3, -4, 4, 9] as [Int32], shape: [2, 3])
            return try $0[0].rows(at: $0[0].builder.constant(indices))
        },
        GradientCase(
            "add rows, repeated and outside the table",
            [table, .numbers([2, 3, 2], from: -1, to: 1, seed: 11)]
        ) {
            let indices = HostTensor([3, 0, 3, -4, 4, 9] as [Int32], shape: [2, 3])
            let sum = try $0[0].addingRows($0[1], at: $0[0].builder.constant(indices))
            return try sum * sum
        },
        GradientCase("dynamic slice, clamped", [table]) {
            try $0[0].dynamicSlice(at: starts([4, 1], $0[0].builder), sizes: [2, 1])
        },
        GradientCase("dynamic update, clamped", [table, .numbers([2, 1], from: -1, to: 1, seed: 12)]) {
            let written = try $0[0].dynamicUpdate($0[1], at: starts([4, 1], $0[0].builder))
            return try written * written
        },
    ]

    private static func starts(_ numbers: [Double], _ builder: FunctionBuilder) throws -> [Value] {
        try numbers.map { try builder.constant($0, TensorType(.i32, .scalar)) }
    }
}
