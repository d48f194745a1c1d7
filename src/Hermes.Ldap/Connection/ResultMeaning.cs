namespace Hermes.Ldap.Connection;

/// <summary>What an LDAP result code means.</summary>
/// <param name="Name">Its name in RFC 4511, or in the client library.</param>
/// <param name="Fault">Whether trying again may help.</param>
/// <param name="Advice">What happened and what to do, for an administrator.</param>
internal sealed record ResultMeaning(string Name, FaultKind Fault, string Advice);
