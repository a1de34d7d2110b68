import PJRT
import Tensors

/// A call whose operands are not what the kernel was written for: a mistake of the program that makes it.
struct KernelRefusal: Error, CustomStringConvertible {
    let call: String
    var description: String { "\(call) was called with operands of other shapes or types than it takes" }
}

/// Memory for one call, aligned for vectors.
///
/// `@unchecked Sendable`: several threads write it, each in a part of its own; see CKernels.h.
final class Scratch: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer

    init(byteCount: Int) { memory = .allocate(byteCount: byteCount, alignment: 64) }
    deinit { memory.deallocate() }
}

extension PJRT.CustomCall {
    /// Refuses a call with another number of arguments or results, or with one that is not `f32`.
    func requireFloats(_ name: String, arguments argumentCount: Int, results resultCount: Int) throws {
        guard arguments.count == argumentCount, results.count == resultCount,
            (arguments + results).allSatisfy({ $0.type.elementType == .f32 })
        else { throw KernelRefusal(call: name) }
    }

    /// The two arguments, of an element type, and the only result, `f32`.
    /// - Parameter name: what the call is known by.
    func operands(
        of name: String, _ elementType: ElementType = .f32
    ) throws -> (left: Operand, right: Operand, result: Operand) {
        guard arguments.count == 2, arguments.allSatisfy({ $0.type.elementType == elementType }),
            results.count == 1, results[0].type.elementType == .f32
        else { throw KernelRefusal(call: name) }
        return (arguments[0], arguments[1], results[0])
    }
}

extension PJRT.CustomCall.Operand {
    /// The elements of an `f32` operand.
    var floats: UnsafeMutablePointer<Float>? {
        bytes.baseAddress?.assumingMemoryBound(to: Float.self)
    }

    /// The bits of the elements of a `bf16` operand.
    var brainFloats: UnsafeMutablePointer<UInt16>? {
        bytes.baseAddress?.assumingMemoryBound(to: UInt16.self)
    }
}
