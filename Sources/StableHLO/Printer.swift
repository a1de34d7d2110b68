import Tensors

/// Writes a function as StableHLO text.
///
/// Kept to the forms that StableHLO 1.13 to 1.24 all read. Values are numbered in order of appearance, so equal
/// programs give equal text.
struct Printer {
    private let function: Function
    private var lines: [String] = []
    private var names: [ValueIdentifier: String] = [:]
    private var nextName = 0
    private var indentation = 1

    init(function: Function) { self.function = function }

    /// The whole function.
    func text() -> String {
        var printer = self
        return printer.print()
    }

    private mutating func print() -> String {
        let parameters = function.arguments.enumerated().map { index, argument in
            let name = "%arg\(index)"
            names[function.argumentIdentifiers[index]] = name
            let alias = function.aliases[index].map { " {tf.aliasing_output = \($0) : i32}" } ?? ""
            return "\(name): \(argument.type)\(alias)"
        }
        for operation in function.operations { write(operation) }
        let results = function.resultIdentifiers
        line("return \(operands(results)) : \(typeList(results))")
        return """
            func.func public @\(function.name)(\(parameters.joined(separator: ", "))) -> (\(typeList(results))) {
            \(lines.joined(separator: "\n"))
            }

            """
    }

    // MARK: values

    private func name(_ value: ValueIdentifier) -> String { names[value] ?? "%undefined" }
    private func operands(_ values: [ValueIdentifier]) -> String { values.map(name).joined(separator: ", ") }
    private func type(_ value: ValueIdentifier) -> String { function.type(of: value).description }
    private func typeList(_ values: [ValueIdentifier]) -> String {
        values.map(type).joined(separator: ", ")
    }

    private mutating func define(_ value: ValueIdentifier) -> String {
        let name = "%\(nextName)"
        nextName += 1
        names[value] = name
        return name
    }

    private mutating func line(_ text: String) {
        lines.append(String(repeating: "  ", count: indentation) + text)
    }

    // MARK: operations

    private mutating func write(_ operation: Operation) {
        if case .countedLoop(let count, let body) = operation.kind {
            return writeLoop(operation, count: count, body: body)
        }
        if case .customCall(let call) = operation.kind { return writeCall(operation, call) }
        if case .detach = operation.kind {
            names[operation.results[0]] = name(operation.operands[0])
            return
        }
        let text = expression(operation)
        let name = define(operation.results[0])
        line("\(name) = \(text)")
    }

    private func expression(_ operation: Operation) -> String {
        let inputs = operation.operands
        let result = operation.results[0]
        let resultType = type(result)
        let signature = "(\(typeList(inputs))) -> \(resultType)"
        let all = operands(inputs)
        switch operation.kind {
        case .constant(let literal):
            let text = literal.text(as: function.type(of: result).elementType)
            return "stablehlo.constant dense<\(text)> : \(resultType)"
        case .iota(let dimension): return "stablehlo.iota dim = \(dimension) : \(resultType)"
        case .unary(.errorFunction): return "chlo.erf \(all) : \(resultType) -> \(resultType)"
        case .unary(let unary): return "\(unary.mnemonic) \(all) : \(resultType)"
        case .binary(let binary): return "\(binary.mnemonic) \(all) : \(resultType)"
        case .compare(let direction): return "stablehlo.compare \(direction.rawValue), \(all) : \(signature)"
        case .select: return "stablehlo.select \(all) : \(type(inputs[0])), \(resultType)"
        case .convert: return "stablehlo.convert \(all) : \(signature)"
        case .reshape: return "stablehlo.reshape \(all) : \(signature)"
        case .dotGeneral(let dimensions): return dot(all, dimensions, signature)
        case .convolution(let dimensions): return convolution(all, dimensions, signature)
        case .reduce(let reduction, let dimensions):
            return """
                stablehlo.reduce(\(name(inputs[0])) init: \(name(inputs[1]))) applies stablehlo.\(reduction.rawValue) \
                across dimensions = \(dimensions) : \(signature)
                """
        case .broadcastInDimensions(let dimensions):
            return "stablehlo.broadcast_in_dim \(all), dims = \(dimensions) : \(signature)"
        case .transpose(let permutation):
            return "stablehlo.transpose \(all), dims = \(permutation) : \(signature)"
        case .slice(let bounds): return "stablehlo.slice \(all) [\(box(bounds))] : \(signature)"
        case .pad(let amounts):
            return """
                stablehlo.pad \(all), low = \(amounts.low), high = \(amounts.high), \
                interior = \(amounts.interior) : \(signature)
                """
        case .concatenate(let dimension):
            return "stablehlo.concatenate \(all), dim = \(dimension) : \(signature)"
        case .reverse(let dimensions): return "stablehlo.reverse \(all), dims = \(dimensions) : \(resultType)"
        case .dynamicSlice(let sizes):
            return "stablehlo.dynamic_slice \(all), sizes = \(sizes) : \(signature)"
        case .dynamicUpdateSlice: return "stablehlo.dynamic_update_slice \(all) : \(signature)"
        case .takeRows: return gather(operation, signature)
        case .addRows: return scatter(operation, signature)
        case .optimizationBarrier: return "stablehlo.optimization_barrier \(all) : \(resultType)"
        case .countedLoop, .customCall, .detach: preconditionFailure("written elsewhere")
        }
    }

    private func dot(_ operands: String, _ dimensions: DotDimensions, _ signature: String) -> String {
        let batch =
            dimensions.leftBatch.isEmpty
            ? "" : "batching_dims = \(dimensions.leftBatch) x \(dimensions.rightBatch), "
        return """
            stablehlo.dot_general \(operands), \(batch)contracting_dims = \(dimensions.leftContracting) x \
            \(dimensions.rightContracting), precision = [DEFAULT, DEFAULT] : \(signature)
            """
    }

    private func convolution(
        _ operands: String, _ dimensions: ConvolutionDimensions, _ signature: String
    ) -> String {
        let padding = dimensions.padding.map { "[\($0.low), \($0.high)]" }.joined(separator: ", ")
        return """
            stablehlo.convolution(\(operands)) dim_numbers = \(dimensions.input)x\(dimensions.kernel)->\
            \(dimensions.output), window = {stride = \(dimensions.strides), pad = [\(padding)], lhs_dilate = \
            \(dimensions.inputDilation), rhs_dilate = \(dimensions.kernelDilation)} {batch_group_count = 1 : i64, \
            feature_group_count = \(dimensions.featureGroups) : i64} : \(signature)
            """
    }

    private func box(_ bounds: SliceBounds) -> String {
        bounds.starts.indices.map { axis in
            let stride = bounds.strides[axis] == 1 ? "" : ":\(bounds.strides[axis])"
            return "\(bounds.starts[axis]):\(bounds.limits[axis])\(stride)"
        }.joined(separator: ", ")
    }

    private func gather(_ operation: Operation, _ signature: String) -> String {
        let indexRank = function.type(of: operation.operands[1]).rank
        let width = function.type(of: operation.operands[0]).shape[1]
        return """
            "stablehlo.gather"(\(operands(operation.operands))) <{dimension_numbers = #stablehlo.gather<offset_dims = \
            [\(indexRank)], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = \(indexRank)>, \
            slice_sizes = array<i64: 1, \(width)>, indices_are_sorted = false}> : \(signature)
            """
    }

    private func scatter(_ operation: Operation, _ signature: String) -> String {
        let indexRank = function.type(of: operation.operands[1]).rank
        let scalar = TensorType(function.type(of: operation.operands[0]).elementType, .scalar)
        return """
            "stablehlo.scatter"(\(operands(operation.operands))) <{scatter_dimension_numbers = \
            #stablehlo.scatter<update_window_dims = [\(indexRank)], inserted_window_dims = [0], \
            scatter_dims_to_operand_dims = [0], index_vector_dim = \(indexRank)>, indices_are_sorted = false, \
            unique_indices = false}> ({
              ^bb0(%old: \(scalar), %update: \(scalar)):
                %new = stablehlo.add %old, %update : \(scalar)
                stablehlo.return %new : \(scalar)
              }) : \(signature)
            """
    }

    // MARK: several results

    private mutating func writeCall(_ operation: Operation, _ call: CustomCall) {
        let inputs = operands(operation.operands)
        let signature = "(\(typeList(operation.operands))) -> (\(typeList(operation.results)))"
        let base = defineAll(operation.results)
        var attributes = [
            "api_version = \(call.interfaceVersion) : i32", "backend_config = \(call.configuration)",
        ]
        if !call.operandLayouts.isEmpty {
            attributes.append("operand_layouts = \(layouts(call.operandLayouts))")
        }
        if !call.resultLayouts.isEmpty {
            attributes.append("result_layouts = \(layouts(call.resultLayouts))")
        }
        if !call.resultAliases.isEmpty {
            attributes.append("output_operand_aliases = [\(aliases(call, operation.results.count))]")
        }
        line(
            "\(base) = stablehlo.custom_call @\(call.target)(\(inputs)) {\(attributes.joined(separator: ", "))} : \(signature)"
        )
    }

    private func aliases(_ call: CustomCall, _ resultCount: Int) -> String {
        call.resultAliases.sorted { $0.key < $1.key }.map { result, operand in
            // Several results are one tuple.
            let place = resultCount > 1 ? "[\(result)]" : "[]"
            return """
                #stablehlo.output_operand_alias<output_tuple_indices = \(place), operand_index = \(operand), \
                operand_tuple_indices = []>
                """
        }.joined(separator: ", ")
    }

    private func layouts(_ layouts: [[Int]]) -> String {
        let texts = layouts.map { layout in
            layout.isEmpty
                ? "dense<> : tensor<0xindex>" : "dense<\(layout)> : tensor<\(layout.count)xindex>"
        }
        return "[\(texts.joined(separator: ", "))]"
    }

    /// Names several results `%n#0`, `%n#1`, … and returns how they are declared.
    private mutating func defineAll(_ results: [ValueIdentifier]) -> String {
        guard results.count > 1 else { return results.first.map { define($0) } ?? "" }
        let base = "%\(nextName)"
        nextName += 1
        for (index, result) in results.enumerated() { names[result] = "\(base)#\(index)" }
        return "\(base):\(results.count)"
    }

    private mutating func writeLoop(_ operation: Operation, count: Int, body: Block) {
        let inputs = operation.operands.map(name)
        let types = operation.operands.map(type)
        let number = nextName
        nextName += 1
        let constants = (
            zero: "%loop\(number)_zero", one: "%loop\(number)_one", count: "%loop\(number)_count"
        )
        line("\(constants.zero) = stablehlo.constant dense<0> : tensor<i32>")
        line("\(constants.one) = stablehlo.constant dense<1> : tensor<i32>")
        line("\(constants.count) = stablehlo.constant dense<\(count)> : tensor<i32>")
        let index = "%loop\(number)_index"
        names[body.arguments[0]] = index
        var carried = ["\(index) = \(constants.zero)"]
        for (position, argument) in body.arguments.dropFirst().enumerated() {
            let name = "%loop\(number)_carried\(position)"
            names[argument] = name
            carried.append("\(name) = \(inputs[position])")
        }
        let allTypes = (["tensor<i32>"] + types).joined(separator: ", ")
        let base = "%loop\(number)"
        let declared = types.isEmpty ? base : "\(base):\(types.count + 1)"
        line("\(declared) = stablehlo.while(\(carried.joined(separator: ", "))) : \(allTypes)")
        line("cond {")
        indentation += 1
        line(
            "\(base)_more = stablehlo.compare LT, \(index), \(constants.count), SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>"
        )
        line("stablehlo.return \(base)_more : tensor<i1>")
        indentation -= 1
        line("} do {")
        indentation += 1
        for inner in body.operations { write(inner) }
        line("\(base)_next = stablehlo.add \(index), \(constants.one) : tensor<i32>")
        line(
            "stablehlo.return \((["\(base)_next"] + body.results.map(name)).joined(separator: ", ")) : \(allTypes)"
        )
        indentation -= 1
        line("}")
        for (position, result) in operation.results.enumerated() { names[result] = "\(base)#\(position + 1)" }
    }
}
