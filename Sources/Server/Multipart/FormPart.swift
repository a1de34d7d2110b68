/// One part of a form.
struct FormPart: Sendable, Hashable {
    /// The field's name.
    let name: String
    /// The file's name as the caller gave it; nil where the part is no file. It is never used as a path.
    let fileName: String?
    /// What is in it.
    let bytes: [UInt8]
}
