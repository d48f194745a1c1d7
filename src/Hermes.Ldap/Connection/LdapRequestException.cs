namespace Hermes.Ldap.Connection;

/// <summary>A request to an LDAP server failed. The message is for administrators and holds no value of the request.</summary>
internal sealed class LdapRequestException(int code, FaultKind fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The LDAP result code, or the client library's own (from 81).</summary>
    public int Code { get; } = code;

    /// <summary>Whether trying again may help.</summary>
    public FaultKind Fault { get; } = fault;
}
