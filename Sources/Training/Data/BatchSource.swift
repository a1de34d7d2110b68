import Tensors

/// Where batches come from.
///
/// A batch is a function of the step's number: a run that resumes sees the batches it would have seen.
public protocol BatchSource: Sendable {
    /// The tensors of a step's batch, in the order of the objective's inputs.
    func batch(step: Int) throws -> [HostTensor]
}
