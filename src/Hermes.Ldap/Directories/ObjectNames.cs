using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>The names of a type's objects: renames them, lets them step aside for others, and tells what groups may hold of them.</summary>
/// <param name="layout">The names that the entries should have.</param>
/// <param name="objects">Finds them.</param>
/// <param name="writer">Writes to the directory.</param>
/// <param name="references">What groups hold.</param>
/// <param name="unique">The attributes beside the name of which no two objects of the directory have the same value.</param>
/// <param name="logger">Is told of those that stepped aside.</param>
internal sealed class ObjectNames(
    EntryLayout layout, EntryObjects objects, DirectoryWriter writer, References references, IReadOnlyList<string> unique, ILogger logger)
{
    // The shortest limit of a domain for each of them; that for other names is one of a domain too.
    private const int LongestLogin = 20;
    private const int LongestName = 64;

    /// <summary>Brings the object of a changed entry to the name that it should have: if the change is about it, if the object is aside, or as the options say.</summary>
    /// <returns>The name that it has now.</returns>
    public async Task<string> FollowAsync(FoundObject found, EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var (dn, to) = (found.Dn, layout.DnOf(change.Entry));

        // Not a step: what is done in an earlier attempt says nothing about an object that has stepped aside since.
        if (IsAside(found))
            return await RenameAsync(found, to, change.Entry, context, cancellationToken);
        if ((!layout.KeepsName(change) && !DistinguishedName.IsWrittenAs(dn, to)) || IsToBeRestored(dn, to))
        {
            await context.StepAsync(
                "rename-entry",
                async token =>
                {
                    dn = await RenameAsync(found, to, change.Entry, context, token);
                },
                cancellationToken);
        }

        return dn;
    }

    /// <summary>As <see cref="FollowAsync"/>, for an entry that comes back.</summary>
    public async Task<string> RestoreAsync(FoundObject found, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var to = layout.DnOf(entry);
        return IsAside(found) || IsToBeRestored(found.Dn, to) ? await RenameAsync(found, to, entry, context, cancellationToken) : found.Dn;
    }

    /// <summary>Renames or moves an object.</summary>
    /// <returns>The new name.</returns>
    /// <exception cref="TargetConflictException">Another object has it.</exception>
    /// <exception cref="TargetMissingException">The object is gone.</exception>
    public async Task<string> RenameAsync(FoundObject found, string to, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (DistinguishedName.IsWrittenAs(found.Dn, to))
            return to;
        try
        {
            return await writer.TryMoveAsync(found.Dn, to, cancellationToken) ? to : throw EntryObjects.Missing(found.Dn);
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.EntryAlreadyExists && !DistinguishedName.Same(found.Dn, to))
        {
            throw await objects.TakenAsync(to, entry, context, cancellationToken);
        }
    }

    /// <summary>Gives an object temporary names.</summary>
    public async Task<bool> StepAsideAsync(string link, CancellationToken cancellationToken)
    {
        if (await objects.FindAsync(link, cancellationToken) is not { } found)
            return true;
        DirectoryAttributeModification[] logins =
        [
            .. unique
                .Where(attribute => found.Values(attribute) is [var held] && !AsideNames.Is(held, link))
                .Select(attribute => EntryDifference.Replace(attribute, [AsideNames.Of(found.Values(attribute)[0], link, LongestLogin)])),
        ];
        await writer.ModifyAsync(found.Dn, logins, cancellationToken);
        var aside = AsideOf(found.Name, link);

        // Groups first: after a kill, nobody could tell what they held.
        await references.ReplaceAsync([found.Name], aside, cancellationToken);
        await writer.TryMoveAsync(found.Dn, aside.Dn, cancellationToken);
        Log.SteppedAside(logger, found.Dn, aside.Dn);
        return true;
    }

    /// <summary>What puts the attributes right that an object has only while it is aside.</summary>
    public IEnumerable<DirectoryAttributeModification> LoginsOf(FoundObject found, Entry entry) => IsAside(found)
        ? unique.Select(attribute => EntryDifference.Replace(attribute, layout.ImageOf(entry)[attribute]))
        : [];

    /// <summary>
    /// What groups may hold of an object: the name under which it was found; the one that it should have, which they keep if somebody moved or deleted it and the server
    /// does not correct them, unless another object has it by now; and the one that it may have had while it was aside.
    /// </summary>
    public async Task<IReadOnlyList<ObjectName>> FormerAsync(FoundObject? found, Entry previous, TargetContext context, CancellationToken cancellationToken)
    {
        var names = new List<ObjectName>();
        if (!references.AreAny)
            return names;
        var wanted = layout.NameOf(previous);
        if (found is not null)
            names.Add(found.Name);
        if ((found is not null && DistinguishedName.Same(found.Dn, wanted.Dn)) || await writer.ReadAsync(wanted.Dn, cancellationToken, "1.1") is null)
            names.Add(wanted);
        if (context.Link is { } link && (context.Attempt > 1 || context.IsRedelivery))
            names.Add(AsideOf(wanted, link));
        return names;
    }

    private bool IsToBeRestored(string dn, string to) => layout.WhenMoved == WhenMoved.Restore && !DistinguishedName.Same(dn, to);

    private bool IsAside(FoundObject found) => found.Link is { } link
        && unique.SelectMany(found.Values).Append(DistinguishedName.ValueOf(found.Dn)).Any(name => AsideNames.Is(name, link));

    private ObjectName AsideOf(ObjectName name, string link)
    {
        var aside = AsideNames.Of(DistinguishedName.ValueOf(name.Dn), link, LongestName);
        var dn = DistinguishedName.Below(DistinguishedName.Relative(layout.Naming, aside), DistinguishedName.Split(name.Dn).Container);
        return new(dn, attribute => attribute.Equals(layout.Naming, StringComparison.OrdinalIgnoreCase) ? [aside] : name.Values(attribute));
    }
}

/// <summary>The temporary names of objects that stepped aside for others: what they were called, and a mark that follows from their link.</summary>
internal static class AsideNames
{
    /// <summary>The temporary form of a name, no longer than a server takes. What follows an <c>@</c> stays.</summary>
    public static string Of(string name, string link, int longest)
    {
        if (Is(name, link))
            return name;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var (first, rest) = at < 0 ? (name, "") : (name[..at], name[at..]);
        var mark = MarkOf(link);
        var length = Math.Min(first.Length, longest - mark.Length);
        if (length > 0 && char.IsHighSurrogate(first[length - 1]))
            length--;
        return first[..length] + mark + rest;
    }

    /// <summary>Whether an object with this link has this name only while it is aside.</summary>
    public static bool Is(string name, string link) => name.Split('@')[0].EndsWith(MarkOf(link), StringComparison.OrdinalIgnoreCase);

    private static string MarkOf(string link) => $"-hermes-{string.Concat(link.Where(char.IsAsciiLetterOrDigit).Take(8))}";
}
