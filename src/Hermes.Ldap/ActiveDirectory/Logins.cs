using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>The names by which accounts log in: their form, and who has one that is taken. A domain has each of them once.</summary>
internal sealed class Logins(DirectoryWriter writer, GuidLocator locator)
{
    private const string Login = "sAMAccountName";
    private const string PrincipalName = "userPrincipalName";
    private const int LongestLogin = 20;

    /// <summary>The attributes that hold them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Login, PrincipalName];

    /// <summary>Refuses what a domain would refuse with a code that says little.</summary>
    /// <exception cref="FormatException">A name has not the form that it must have.</exception>
    public static void Require(EntryImage account)
    {
        foreach (var login in account[Login])
        {
            if (login.ToString() is { Length: > LongestLogin } text)
                throw new FormatException($"'{Login}' has {text.Length} characters, and an account may have {LongestLogin}. Shorten it in the mapping.");
            if (login.ToString().AsSpan().IndexOfAny("\"/\\[]:;|=,+*?<>") >= 0)
                throw new FormatException($"'{Login}' has one of the signs \" / \\ [ ] : ; | = , + * ? < >, which it may not have. Replace them in the mapping.");
        }

        foreach (var name in account[PrincipalName])
        {
            if (name.ToString().Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || name.ToString().Contains(' ', StringComparison.Ordinal))
                throw new FormatException($"'{PrincipalName}' must be of the form login@domain, without blanks. Correct it in the mapping, or UpnSuffix.");
        }
    }

    /// <summary>Runs something that may come upon a name which another object has, and says which.</summary>
    /// <exception cref="LdapRequestException">It failed.</exception>
    /// <exception cref="TargetConflictException">It came upon such a name.</exception>
    public async Task ExplainAsync(EntryImage image, string dn, TargetContext context, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (LdapRequestException failure) when (failure.Code is ResultCodes.EntryAlreadyExists or ResultCodes.ConstraintViolation)
        {
            foreach (var attribute in Names)
            {
                if (image[attribute] is [var value] && await HolderAsync(attribute, value, dn, context, cancellationToken) is { } holder)
                {
                    throw new TargetConflictException(
                        $"{failure.Message} The '{attribute}' is that of {holder.Dn}, which was not touched. Give one of the two another.", holder.Link, failure);
                }
            }

            throw;
        }
    }

    private async Task<FoundObject?> HolderAsync(
        string attribute, Value value, string dn, TargetContext context, CancellationToken cancellationToken)
    {
        var filter = SearchFilter.Equal(attribute, value.ToString());
        if (await writer.FindOneAsync(DomainOf(dn), filter, SearchScope.Subtree, [locator.Attribute], cancellationToken) is not { } found)
            return null;
        var holder = locator.Found(found);
        return DistinguishedName.Same(holder.Dn, dn) || (holder.Link is { } link && link == context.Link) ? null : holder;
    }

    private static string DomainOf(string dn)
    {
        var at = dn;
        while (at.Length > 0 && !at.StartsWith("dc=", StringComparison.OrdinalIgnoreCase))
            at = DistinguishedName.Split(at).Container;
        return at;
    }
}
