using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>What groups may hold of an object: its DN, or the value of an attribute.</summary>
/// <param name="Dn">The DN.</param>
/// <param name="Values">The values of an attribute.</param>
internal sealed record ObjectName(string Dn, Func<string, ValueList> Values);
