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
