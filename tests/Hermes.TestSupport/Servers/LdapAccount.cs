namespace Hermes.TestSupport.Servers;

/// <summary>A way into a directory.</summary>
/// <param name="Url">The address of the server, with its port.</param>
/// <param name="CaFile">The certificate of the authority to trust; null for an address without TLS.</param>
/// <param name="Suffix">The DN below which all entries are.</param>
/// <param name="Name">Who to bind as.</param>
/// <param name="Password">The password of <paramref name="Name"/>.</param>
public sealed record LdapAccount(string Url, string? CaFile, string Suffix, string Name, string Password);
