import FoundationEssentials

/// How values that other rooms define are kept in a column: as JSON, so that a row can be read by eye.
enum RecordCoding {
    /// The bytes of a value.
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try encoder.encode(value)
    }

    /// A value from its bytes.
    /// - Throws: ``StoresError`` with code `damaged`; what stood there is not told.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data, of table: String) throws
        -> Value
    {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: bytes)
        } catch {
            throw StoresError(
                .damaged,
                "a row of table `\(table)` does not hold what was written; restore the data folder from a backup"
            )
        }
    }
}
