using Hermes.Runtime.Targets;

namespace Hermes.Ldap.Connection;

/// <summary>A request to an LDAP server failed. The message is for administrators and holds no value of the request.</summary>
internal sealed class LdapRequestException(int code, FaultKind fault, string message, Exception? inner = null) : RemoteFaultException(message, fault, inner)
{
    /// <summary>The LDAP result code, or the client library's own (from 81).</summary>
    public int Code { get; } = code;
}
