import CKernels
import PJRT
import StableHLO
import Tensors

/// `query [batch, queries, width]`, `key` and `value` `[batch, keys, width]` make `[batch, queries, width]`.
enum AttentionKernel {
    static let name = KernelLowering.attentionCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 3, results: 1)
        let attention = try CKAttention(call, name)
        let (query, key, value) = (call.arguments[0], call.arguments[1], call.arguments[2])
        let output = call.results[0]
        guard output.type == query.type else { throw KernelRefusal(call: name) }
        call.concurrently(attention.parts) { part in
            withUnsafePointer(to: attention) {
                let scratch = Scratch(byteCount: CKAttentionScratchSize($0))
                CKAttend(
                    $0, query.floats, key.floats, value.floats, output.floats, Int64(part), scratch.memory)
            }
        }
    }
}

/// The same without a gradient, for any depth and many keys: scores are never all in memory.
enum StreamedAttentionKernel {
    static let name = KernelLowering.streamedAttentionCall
    /// A part packs a head's keys and values: with fewer queries than this, packing weighs.
    private static let fewestQueries = 64
    /// Parts for each thread, so that none waits long for the last.
    private static let partsPerThread = 6

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 3, results: 1)
        let (query, key, value) = (call.arguments[0], call.arguments[1], call.arguments[2])
        let (output, queryShape, keyShape) = (call.results[0], query.type.shape, key.type.shape)
        guard case .integer(let heads) = call.attributes["heads"], heads > 0, output.type == query.type,
            queryShape.rank == 3, keyShape.rank == 3, value.type.shape == keyShape,
            queryShape[0] == keyShape[0], queryShape[2] == keyShape[2], queryShape[2] % heads == 0,
            queryShape.elementCount > 0, keyShape[1] > 0
        else { throw KernelRefusal(call: name) }
        let (queries, rows) = (queryShape[1], queryShape[0] * heads)
        let attention = CKAttention(
            batch: Int64(queryShape[0]), heads: Int64(heads), queries: Int64(queries),
            keys: Int64(keyShape[1]), depth: Int64(queryShape[2] / heads), causal: false)
        let wished = (partsPerThread * call.threadCount + rows - 1) / rows
        let slices = max(1, min(wished, queries / fewestQueries))
        let sliceQueries = ((queries + slices - 1) / slices + 7) / 8 * 8
        call.concurrently(rows * slices) { part in
            let first = part % slices * sliceQueries
            guard first < queries else { return }
            withUnsafePointer(to: attention) {
                let scratch = Scratch(byteCount: CKStreamedAttentionScratchSize($0))
                CKAttendStreamed(
                    $0, query.floats, key.floats, value.floats, output.floats, Int64(part / slices),
                    Int64(first),
                    Int64(min(first + sliceQueries, queries)), scratch.memory)
            }
        }
    }
}

/// The operands of ``AttentionKernel`` and the cotangent of its result make the operands' cotangents.
enum AttentionGradientKernel {
    static let name = KernelLowering.attentionGradientCall

    @Sendable static func run(_ call: PJRT.CustomCall) throws {
        try call.requireFloats(name, arguments: 4, results: 3)
        let attention = try CKAttention(call, name)
        let (operands, gradients) = (call.arguments, call.results)
        guard operands[3].type == operands[0].type, gradients.map(\.type) == operands.prefix(3).map(\.type)
        else { throw KernelRefusal(call: name) }
        call.concurrently(attention.parts) { part in
            withUnsafePointer(to: attention) {
                let scratch = Scratch(byteCount: CKAttentionGradientScratchSize($0))
                CKAttentionGradient(
                    $0, operands[0].floats, operands[1].floats, operands[2].floats, operands[3].floats,
                    gradients[0].floats, gradients[1].floats, gradients[2].floats, Int64(part),
                    scratch.memory)
            }
        }
    }
}

extension CKAttention {
    /// The sizes of a call whose first arguments are query, key and value.
    fileprivate init(_ call: PJRT.CustomCall, _ name: String) throws {
        let (query, key) = (call.arguments[0].type.shape, call.arguments[1].type.shape)
        guard case .integer(let heads) = call.attributes["heads"], heads > 0,
            case .bool(let isCausal) = call.attributes["causal"], query.rank == 3, key.rank == 3,
            call.arguments[2].type.shape == key, query[0] == key[0], query[2] == key[2],
            query[2] % (heads * KernelLowering.featureMultiple) == 0, query.elementCount > 0, key[1] > 0,
            !isCausal || query[1] == key[1]
        else { throw KernelRefusal(call: name) }
        self.init(
            batch: Int64(query[0]), heads: Int64(heads), queries: Int64(query[1]), keys: Int64(key[1]),
            depth: Int64(query[2] / heads), causal: isCausal)
    }

    fileprivate var parts: Int { Int(batch * heads) }
}
