namespace Hermes.Ldap.Directories;

/// <summary>A place that refers to entries of a type: an attribute of the entries below a base.</summary>
/// <param name="Base">Where the referring entries are.</param>
/// <param name="Members">The attribute that refers.</param>
/// <param name="Value">What it holds.</param>
internal sealed record MemberReference(string Base, MemberAttribute Members, MemberValue Value);
