using static Hermes.Abstractions.FaultKind;

namespace Hermes.Ldap.Connection;

/// <summary>The result codes of LDAP (RFC 4511, and the extensions that servers use) and of the client library (81 to 97).</summary>
internal static class ResultCodes
{
    public const int OperationsError = 1;
    public const int Referral = 10;
    public const int AdminLimitExceeded = 11;
    public const int NoSuchAttribute = 16;
    public const int ConstraintViolation = 19;
    public const int AttributeOrValueExists = 20;
    public const int NoSuchObject = 32;
    public const int InvalidDnSyntax = 34;
    public const int InsufficientAccessRights = 50;
    public const int UnwillingToPerform = 53;
    public const int ObjectClassViolation = 65;
    public const int NotAllowedOnNonLeaf = 66;
    public const int EntryAlreadyExists = 68;
    public const int ServerDown = 81;
    public const int Timeout = 85;
    public const int ConnectError = 91;

    private static readonly Dictionary<int, ResultMeaning> Known = new()
    {
        [OperationsError] = new("operationsError", Permanent,
            "The server cannot do this in the state of the connection; most often it wants a bind first. Set BindDn and Password."),
        [2] = new("protocolError", Permanent, "The server does not understand the request. Check that it is an LDAP version 3 server."),
        [3] = new("timeLimitExceeded", Transient,
            "The server's time limit was over. Narrow the base or filter, index the attributes of "
            + "the filter, or raise the limit for this account."),
        [4] = new("sizeLimitExceeded", Permanent,
            "The server returns no more entries to this account. Use paging (PageSize), or raise the account's size limit on the server."),
        [5] = new("compareFalse", Permanent, "The comparison is false."),
        [6] = new("compareTrue", Permanent, "The comparison is true."),
        [7] = new("authMethodNotSupported", Permanent, "The server takes no simple bind with a password. Allow it for this account."),
        [8] = new("strongerAuthRequired", Permanent, "The server wants a protected connection for this. Use an ldaps:// URL."),
        [9] = new("partialResults", Permanent,
            "The server knows only a part of the answer and refers to others. Point the URL at a server that holds all of it."),
        [10] = new("referral", Permanent,
            "The entry is on another server, which this one refers to. Point the URL at the server that holds it."),
        [AdminLimitExceeded] = new("adminLimitExceeded", Permanent,
            "A limit that the server's administrator set was reached. Narrow the search, or raise the limit for this account."),
        [12] = new("unavailableCriticalExtension", Permanent,
            "The server lacks something the request needs, such as paging. With a server that cannot page, set PageSize to 0."),
        [13] = new("confidentialityRequired", Permanent, "The server wants an encrypted connection. Use an ldaps:// URL."),
        [14] = new("saslBindInProgress", Permanent,
            "The server expects the next message of a SASL bind; only simple binds are used. Check the server's configuration."),
        [NoSuchAttribute] = new("noSuchAttribute", Permanent, "The entry does not have this attribute or value."),
        [17] = new("undefinedAttributeType", Permanent,
            "The server's schema does not know an attribute of the request. Check its spelling, or add it to the schema."),
        [18] = new("inappropriateMatching", Permanent, "The filter compares an attribute in a way that its type does not allow."),
        [ConstraintViolation] = new("constraintViolation", Permanent,
            "A value breaks a rule of the server: length, uniqueness, password policy, or more "
            + "than one value of a single-valued attribute."),
        [AttributeOrValueExists] = new("attributeOrValueExists", Permanent, "The entry has this attribute or value already."),
        [21] = new("invalidAttributeSyntax", Permanent, "A value does not have the form that the attribute's type asks for."),
        [NoSuchObject] = new("noSuchObject", Permanent,
            "There is no entry with this DN, or the container that it should be in does not exist. "
            + "Check the base, and that this account may see it."),
        [33] = new("aliasProblem", Permanent, "An alias points at nothing."),
        [34] = new("invalidDNSyntax", Permanent, "A DN is not well-formed. Check the bases and the naming attribute."),
        [35] = new("isLeaf", Permanent, "The entry cannot hold other entries."),
        [36] = new("aliasDereferencingProblem", Permanent, "An alias may not be followed by this account."),
        [48] = new("inappropriateAuthentication", Permanent, "The account cannot bind this way, for example because it has no password."),
        [49] = new("invalidCredentials", Permanent, "The server refuses the bind DN or its password. Check BindDn and Password."),
        [InsufficientAccessRights] = new("insufficientAccessRights", Permanent, "The bind account may not do this. Give it the rights on the server."),
        [51] = new("busy", Transient, "The server is too busy."),
        [52] = new("unavailable", Transient, "The server is starting, stopping or otherwise not available."),
        [UnwillingToPerform] = new("unwillingToPerform", Permanent,
            "The server refuses: the operation, or a value in it, is against one of its rules (a read-only server, a password policy)."),
        [54] = new("loopDetect", Permanent, "Aliases or referrals lead round in a circle."),
        [60] = new("sortControlMissing", Permanent, "The server wants a sort order with this request."),
        [61] = new("offsetRangeError", Permanent, "The request asks for a page that is out of range."),
        [64] = new("namingViolation", Permanent,
            "An entry of this kind may not have this name or stand in this container. Check the naming attribute and the base."),
        [ObjectClassViolation] = new("objectClassViolation", Permanent,
            "The entry would break the schema: an attribute is missing that its object classes "
            + "require, or one is there that they do not allow."),
        [66] = new("notAllowedOnNonLeaf", Permanent, "The entry has entries below it. Remove those first."),
        [67] = new("notAllowedOnRDN", Permanent, "The value is part of the entry's name and changes only by renaming the entry."),
        [EntryAlreadyExists] = new("entryAlreadyExists", Permanent,
            "An entry with this name (or another value that must be unique) exists already."),
        [69] = new("objectClassModsProhibited", Permanent, "The structural object class of an entry cannot be changed."),
        [70] = new("resultsTooLarge", Permanent, "The answer is too large for the server to send."),
        [71] = new("affectsMultipleDSAs", Permanent, "The move would cross servers. Move within one server only."),
        [76] = new("virtualListViewError", Permanent, "The server could not make the requested list view."),
        [80] = new("other", Transient,
            "The server had an internal error. Look into its log (a full disk or database is a frequent cause)."),
        [ServerDown] = new("serverDown", Transient, "The server cannot be reached, or closed the connection."),
        [82] = new("localError", Permanent, "The LDAP library of this machine failed."),
        [83] = new("encodingError", Permanent, "The request cannot be encoded."),
        [84] = new("decodingError", Transient, "The answer of the server cannot be read."),
        [Timeout] = new("timeout", Transient, "The server did not answer in time. Look at its load, or raise Timeout."),
        [86] = new("authUnknown", Permanent, "The LDAP library does not know the way of binding."),
        [87] = new("filterError", Permanent,
            "The search filter is not well-formed. Check its parentheses; write the characters "
            + "* ( ) \\ of a value as \\2a \\28 \\29 \\5c."),
        [88] = new("userCancelled", Transient, "The request was cancelled."),
        [89] = new("paramError", Permanent,
            "The LDAP library refuses a parameter of the request. Check the DN, the filter and the attribute names."),
        [90] = new("noMemory", Transient, "The LDAP library is out of memory."),
        [ConnectError] = new("connectError", Transient, "The connection to the server could not be opened."),
        [92] = new("notSupported", Permanent, "The LDAP library does not support this."),
        [93] = new("controlNotFound", Permanent, "The server left out a control that the request asked for. The answer is not used."),
        [94] = new("noResultsReturned", Permanent, "The server returned nothing at all."),
        [95] = new("moreResultsToReturn", Permanent, "The server returned only a part of the results."),
        [96] = new("clientLoop", Permanent, "Referrals lead round in a circle."),
        [97] = new("referralLimitExceeded", Permanent, "Too many referrals follow one another."),
        [118] = new("canceled", Transient, "The request was cancelled."),
        [119] = new("noSuchOperation", Permanent, "There is no request to cancel."),
        [120] = new("tooLate", Permanent, "The request could not be cancelled any more."),
        [121] = new("cannotCancel", Permanent, "The request cannot be cancelled."),
        [122] = new("assertionFailed", Permanent, "The entry is not in the state that the request asks for."),
        [123] = new("authorizationDenied", Permanent, "The bind account may not act for another."),
    };

    /// <summary>The meaning of a code; one that is not known is permanent.</summary>
    public static ResultMeaning Of(int code) =>
        Known.GetValueOrDefault(code) ?? new($"result code {code}", Permanent, "The server refused with a code that no standard lists. Look into its log.");

    /// <summary>Whether the connection is of no more use after this code.</summary>
    public static bool EndsConnection(int code) => code is >= ServerDown and <= 97 and not 87 and not 89;
}

/// <summary>What an LDAP result code means.</summary>
/// <param name="Name">Its name in RFC 4511, or in the client library.</param>
/// <param name="Fault">Whether trying again may help.</param>
/// <param name="Advice">What happened and what to do, for an administrator.</param>
internal sealed record ResultMeaning(string Name, FaultKind Fault, string Advice);
