import FoundationEssentials
import SwiftASN1
import X509

/// Who a certificate names.
public struct CertificateName: Sendable, Hashable, CustomStringConvertible {
    /// The organization; empty where none is named.
    public let organization: String
    /// The common name; empty where none is named.
    public let commonName: String

    /// Pairs an organization with a name.
    public init(organization: String, commonName: String) {
        self.organization = organization
        self.commonName = commonName
    }

    init(_ name: DistinguishedName) {
        func value(_ type: ASN1ObjectIdentifier) -> String {
            for part in name {
                for attribute in part where attribute.type == type {
                    return String("\(attribute.value)".prefix(200))
                }
            }
            return ""
        }
        organization = value(.RDNAttributeType.organizationName)
        commonName = value(.RDNAttributeType.commonName)
    }

    /// Both, as far as they are named.
    public var description: String {
        switch (organization.isEmpty, commonName.isEmpty) {
        case (false, false): "\(commonName) (\(organization))"
        case (true, true): "nobody"
        default: organization + commonName
        }
    }

    /// The day of a moment as `2026-11-28`.
    static func day(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day())
    }
}
