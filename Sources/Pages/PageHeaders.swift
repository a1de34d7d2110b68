import HTTPTypes

extension HTTPField.Name {
    static let permissionsPolicy = known("Permissions-Policy")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")

    /// A name that is written here and is known to be one.
    private static func known(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(name)") else { preconditionFailure("not the name of a header") }
        return name
    }
}

/// What browsers are told not to do with our pages. The rest is in every answer of the server: nosniff, no referrer, no
/// frames, no other origins.
///
/// Source: Content Security Policy Level 3; Trusted Types; OWASP, "HTTP Security Response Headers".
enum PageHeaders {
    /// Nothing but our own files; no script or style inside a page; nothing made of text into markup or code.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].joined(separator: "; ")

    /// What the pages never ask a device for.
    static let permissionsPolicy = [
        "camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture",
        "browsing-topics",
    ].map { "\($0)=()" }.joined(separator: ", ")

    static let fields: HTTPFields = [
        .contentSecurityPolicy: contentSecurityPolicy, .permissionsPolicy: permissionsPolicy,
        .openerPolicy: "same-origin",
    ]
}
