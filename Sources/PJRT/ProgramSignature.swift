import Tensors

/// What a program takes and returns.
///
/// Plugins do not check arguments with care: the CPU plugin takes any buffer of as many bytes, so that a `4x8`
/// passes for an `8x4` and integers for floats. Every execution is therefore held against this signature first.
public struct ProgramSignature: Sendable, Hashable {
    /// The arguments of `@main`, in order.
    public let arguments: [TensorType]
    /// The results of `@main`, in order.
    public let results: [TensorType]
    /// Indices of the arguments whose memory the program may reuse, as its text says by `tf.aliasing_output` or
    /// `jax.buffer_donor`. A buffer passed there is used up by the call.
    public let donatedArguments: Set<Int>

    /// Makes a signature.
    /// - Precondition: every index in `donatedArguments` is that of an argument.
    public init(
        arguments: [TensorType], results: [TensorType], donatedArguments: Set<Int> = []
    ) {
        precondition(
            donatedArguments.allSatisfy(arguments.indices.contains),
            "a donated argument's index is out of range: \(donatedArguments.sorted()) of \(arguments.count)")
        self.arguments = arguments
        self.results = results
        self.donatedArguments = donatedArguments
    }

    /// Refuses arguments that do not fit.
    /// - Throws: ``PJRTError`` that names the first argument that does not fit, and how.
    public func check(arguments given: [TensorType]) throws(PJRTError) {
        guard given.count == arguments.count else {
            throw PJRTError(
                .invalidArgument,
                "the program takes \(arguments.count) arguments and was given \(given.count)",
                operation: "check arguments")
        }
        for (index, (expected, actual)) in zip(arguments, given).enumerated() where expected != actual {
            throw PJRTError(
                .invalidArgument,
                "argument \(index) is \(actual) and the program takes \(expected) there",
                operation: "check arguments")
        }
    }

    /// Refuses a compiled program whose results are not those of this signature.
    func check(compiledResults given: [TensorType]) throws(PJRTError) {
        guard given != results else { return }
        throw PJRTError(
            .invalidArgument,
            "the program returns (\(given.map(\.description).joined(separator: ", "))) and its signature says "
                + "(\(results.map(\.description).joined(separator: ", ")))",
            operation: "check results")
    }
}
