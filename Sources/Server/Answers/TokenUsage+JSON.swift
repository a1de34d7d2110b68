extension TokenUsage {
    /// The usage as OpenAI's API writes it.
    var json: JSONValue {
        let input = inputTextTokens + inputImageTokens
        return [
            "input_tokens": .integer(input),
            "input_tokens_details": [
                "image_tokens": .integer(inputImageTokens), "text_tokens": .integer(inputTextTokens),
            ],
            "output_tokens": .integer(outputImageTokens),
            "output_tokens_details": ["image_tokens": .integer(outputImageTokens), "text_tokens": 0],
            "total_tokens": .integer(input + outputImageTokens),
        ]
    }

    /// The usage of several pictures of one request: its prompt and photos count once.
    static func ofRequest(_ usages: [TokenUsage]) -> TokenUsage {
        var sum = usages.first ?? TokenUsage()
        for usage in usages.dropFirst() { sum.outputImageTokens += usage.outputImageTokens }
        return sum
    }
}
