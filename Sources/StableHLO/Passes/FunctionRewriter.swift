import Tensors

/// Goes through a finished function and builds another one with the same arguments and results.
///
/// Values keep their identifiers unless they are replaced, so that what is kept is kept as it was.
final class FunctionRewriter {
    private let original: Function
    private let builder: FunctionBuilder
    private var replacements: [ValueIdentifier: ValueIdentifier] = [:]

    init(_ function: Function) {
        original = function
        builder = FunctionBuilder(continuing: function)
    }

    /// What a value of the original has become.
    func value(_ identifier: ValueIdentifier) -> Value { builder.value(current(identifier)) }

    /// Takes an operation over.
    func keep(_ operation: Operation) { builder.append(renamed(operation)) }

    /// Lets everything after this read `value` instead of a result that no operation makes any more.
    func replace(_ identifier: ValueIdentifier, with value: Value) {
        replacements[identifier] = value.identifier
    }

    /// The function as it is now.
    func finish() -> Function {
        Function(
            name: original.name, arguments: original.arguments,
            argumentIdentifiers: original.argumentIdentifiers, operations: builder.operations,
            resultIdentifiers: original.resultIdentifiers.map(current), aliases: original.aliases,
            types: builder.allTypes)
    }

    private func current(_ identifier: ValueIdentifier) -> ValueIdentifier {
        replacements[identifier] ?? identifier
    }

    private func renamed(_ operation: Operation) -> Operation {
        var kind = operation.kind
        if case .countedLoop(let count, let body) = kind {
            let block = Block(
                arguments: body.arguments, operations: body.operations.map(renamed),
                results: body.results.map(current))
            kind = .countedLoop(count: count, body: block)
        }
        return Operation(
            kind: kind, operands: operation.operands.map(current), results: operation.results)
    }
}
